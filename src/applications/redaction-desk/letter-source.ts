import '../tables.ts'
import { documentTexts, MissingGlyphs, toPdf } from '../../documents/index.ts'
import type { Block as DocumentBlock, Document } from '../../documents/index.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { openSource } from '../../redaction/index.ts'
import type { Block } from '../../redaction/index.ts'
import { issuedDocument } from '../letter-desk/letter-files.ts'
import { getLetter } from '../letter-desk/letter-store.ts'
import { GROUNDS } from './grounds.ts'
import type { DeskMark } from './marks.ts'
import type { Made } from './run-production.ts'

/** 文书里有字库没有的字，出不成 PDF。 */
export class MissingText extends Error {
  override name = 'MissingText'
}

/** 本机关发出的一件文书，由文号找到；没有的为 null。 */
export async function findLetterDocument(tx: Tx, keys: FieldKeys, bodyId: string, docNo: string): Promise<Document | null> {
  const row = await tx.selectFrom('application_letter').select(['letter_id', 'case_id']).where('body_id', '=', bodyId).where('doc_no', '=', docNo).where('status', '=', 'issued').executeTakeFirst()
  if (row === undefined) return null
  const { issued } = await getLetter(tx, keys, bodyId, row.case_id, row.letter_id)
  return issued === null ? null : issuedDocument(issued.model)
}

/** 文书里可以遮盖的文字，一段一格各一条；`write` 写回改过的。 */
interface Slot {
  text: string
  place: string
}

/** 逐段走一遍：`rewrite` 得到每一段的文字，返回改后的。次序固定，序号即段的编号。 */
function walk(document: Document, rewrite: (slot: Slot) => string): Document {
  const put = (text: string, place: string): string => rewrite({ text, place })
  const block = (each: DocumentBlock): DocumentBlock => {
    switch (each.kind) {
      case 'heading':
        return { ...each, text: put(each.text, '标题') }
      case 'paragraph':
        return { ...each, spans: [put(each.spans.map((span) => (typeof span === 'string' ? span : span.text)).join(''), '正文')] }
      case 'table':
        return { ...each, table: { ...each.table, rows: each.table.rows.map((row, r) => row.map((cell, c) => ({ ...cell, href: undefined, text: put(cell.text, `第${r + 1}行第${c + 1}格`) }))) } }
      case 'attachments':
        return { ...each, names: each.names.map((name) => put(name, '附件名称')) }
      case 'signature':
        return { ...each, name: put(each.name, '署名') }
      case 'note':
        return { ...each, text: put(each.text, '附注') }
      case 'picture':
        // 文书从来没有图；有了就不能遮盖，不可放过
        throw new Error('文书里有图，不能照文字遮盖')
    }
  }
  const title = put(document.title, '题名')
  const number = document.letterhead?.number ?? null
  const letterhead = document.letterhead === undefined ? {} : { letterhead: { number: number === null ? null : put(number, '文号') } }
  return { ...document, ...letterhead, title, blocks: document.blocks.map(block) }
}

/** 文书的各段，供标记。 */
export function letterBlocks(document: Document): Block[] {
  const blocks: Block[] = []
  walk(document, ({ text, place }) => {
    blocks.push({ id: blocks.length, text, place })
    return text
  })
  return blocks
}

const COVER = '████'

/** 在数据里遮盖：所标的字换成定长的黑块与依据，不显原来几个字。 */
export function redactLetter(document: Document, marks: readonly DeskMark[]): Document {
  let id = -1
  return walk(document, ({ text }) => {
    id += 1
    return cover(text, marks.filter((mark) => mark.kind === 'text' && mark.block === id))
  })
}

function cover(text: string, marks: readonly DeskMark[]): string {
  const spans = marks.flatMap((mark) => (mark.kind === 'text' ? [{ from: mark.from, to: mark.to, ground: GROUNDS[mark.ground].short }] : [])).toSorted((a, b) => a.from - b.from)
  let [out, at] = ['', 0]
  for (const { from, to, ground } of spans) {
    if (to <= at) continue
    // 与前一处相接、相叠的并作一处
    out += from > at || at === 0 ? `${text.slice(at, from)}${COVER}〔${ground}〕` : ''
    at = to
  }
  return out + text.slice(at)
}

/** 重出 PDF，再读回来看：所遮的文字出现的次数，不得多于没有遮盖的地方本来就有的。 */
export async function produceLetter(original: Uint8Array, marks: readonly DeskMark[]): Promise<Made> {
  // 由本系统写入、带校验的密文，其形可信
  const document = JSON.parse(Buffer.from(original).toString('utf8')) as Document
  const redacted = redactLetter(document, marks)
  const bytes = await pdfOf(redacted)
  const { view } = await openSource(bytes, 'pdf')
  const shown = plain(view.shape === 'pages' ? view.pages.flatMap((page) => page.words.map((word) => word.text)).join('') : '')
  const kept = plain(documentTexts(redacted).join('\n'))
  const blocks = new Map(letterBlocks(document).map((block) => [block.id, block.text]))
  const findings = marks.flatMap((mark) => {
    const text = mark.kind === 'text' ? plain((blocks.get(mark.block) ?? '').slice(mark.from, mark.to)) : ''
    return text.length >= LEAST && countOf(shown, text) > countOf(kept, text) ? [`第 ${mark.id} 处遮盖的文字在生成的文件里仍读得出`] : []
  })
  return { bytes, type: 'pdf', findings }
}

// 一个字的到处都有，数不出名堂
const LEAST = 2
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '')
const countOf = (text: string, part: string): number => text.split(part).length - 1

async function pdfOf(document: Document): Promise<Uint8Array> {
  try {
    return await toPdf(document)
  } catch (error) {
    if (error instanceof MissingGlyphs) throw new MissingText(error.message)
    throw error
  }
}
