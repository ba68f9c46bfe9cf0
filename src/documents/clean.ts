import { isPlainDate } from '../statute/plain-date.ts'
import type { Block, Document, Picture, Span, Table, TableCell } from './document.ts'

const MAX_BLOCKS = 5000
const MAX_CELLS = 200_000

/**
 * 四种版本共用的入口：查成文日，去掉看不见的字符（控制符、双向控制符、零宽字符，它们在 XML 中非法，也可用来伪装文字），
 * 换行与制表符作空格。超过块数、格数上限或成文日不成立的，抛 RangeError。
 */
export function cleanDocument(document: Document): Document {
  if (!isPlainDate(document.datedOn)) throw new RangeError(`成文日不是日期：${document.datedOn}`)
  if (document.blocks.length > MAX_BLOCKS) throw new RangeError(`文书超过 ${MAX_BLOCKS} 段`)
  const cells = document.blocks.flatMap((b) => (b.kind === 'table' ? b.table.rows.map((row) => row.length) : []))
  if (cells.reduce((sum, n) => sum + n, 0) > MAX_CELLS) throw new RangeError(`文书的表格超过 ${MAX_CELLS} 格`)
  return {
    ...document,
    title: clean(document.title),
    ...(document.issuer !== undefined && { issuer: clean(document.issuer) }),
    ...(document.letterhead && { letterhead: { number: document.letterhead.number === null ? null : clean(document.letterhead.number) } }),
    creator: clean(document.creator),
    blocks: document.blocks.map(cleanBlock),
  }
}

function cleanBlock(block: Block): Block {
  switch (block.kind) {
    case 'heading':
      return { ...block, text: clean(block.text) }
    case 'paragraph':
      return { ...block, spans: block.spans.map(cleanSpan) }
    case 'table':
      return { ...block, table: cleanTable(block.table) }
    case 'signature':
      if (!isPlainDate(block.on)) throw new RangeError(`成文日不是日期：${block.on}`)
      return { ...block, name: clean(block.name) }
    case 'attachments':
      return { ...block, names: block.names.map(clean) }
    case 'note':
      return { ...block, text: clean(block.text) }
    case 'picture':
      return { ...block, picture: cleanPicture(block.picture) }
  }
}

function cleanPicture(picture: Picture): Picture {
  if (!(picture.width > 0 && picture.height > 0)) throw new RangeError('图没有尺寸')
  return { ...picture, alt: clean(picture.alt).trim() || '图片' }
}

const cleanSpan = (span: Span): Span => (typeof span === 'string' ? clean(span) : { ...span, text: clean(span.text) })

const cleanTable = (table: Table): Table => ({
  ...table,
  caption: clean(table.caption),
  rows: table.rows.map((row) => row.map(cleanCell)),
})

function cleanCell(cell: TableCell): TableCell {
  const text = clean(cell.text)
  return text === cell.text ? cell : { ...cell, text }
}

// 绝大多数文字只有 ASCII、汉字与常用标点，无可去掉，问一句就够
const PLAIN = /^[\x20-\x7e\u3001-\u3017\u4e00-\u9fa5\uff01-\uff5e]*$/

function clean(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .toWellFormed()
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cn}]/gu, '')
}

/** 排版前要去掉的字符：换行、控制符、零宽字符等。 */
export const isInvisible = (character: string): boolean => /^[\p{Cc}\p{Cf}\p{Cn}\u2028\u2029]$/u.test(character)
