import { LIMITS } from '../limits.ts'
import { damaged, Unredactable } from '../unredactable.ts'
import { numberer } from './docx-numbering.ts'
import { spansOf, type HiddenKind } from './docx-run.ts'
import { openPackage, partText } from './open-package.ts'
import { childOf, childrenOf, descendants, parseXml, type Element } from './xml.ts'
import type { Block } from '../mark.ts'
import type { DocxModel, Paragraph, Piece, Table, TableCell } from './docx-model.ts'

export interface ReadDocx {
  model: DocxModel
  blocks: Block[]
  hidden: string[]
}

const ALIGNS: Record<string, Paragraph['align']> = { center: 'center', right: 'right', end: 'right', both: 'both', distribute: 'both' }

/** DOCX → 定稿的读者所见的各段，与其外还带着什么。 */
export async function readDocx(bytes: Uint8Array): Promise<ReadDocx> {
  const parts = await openPackage(bytes, 'word/document.xml', 'DOCX')
  const text = (name: string) => partText(parts, name)
  const body = childOf(childOf(parseXml(text('word/document.xml') ?? ''), 'document'), 'body')
  if (!body) throw damaged('DOCX 文件')
  const styles = text('word/styles.xml')
  const reader = pieceReader(hiddenStyles(styles), numberer(text('word/numbering.xml'), styles))
  const named = (pattern: RegExp) => [...parts.keys()].filter((name) => pattern.test(name)).toSorted()
  const pieces = (names: readonly string[], root: string, place: string) => names.flatMap((name) => reader.read(childOf(parseXml(text(name) ?? ''), root), place))
  const header = pieces(named(/^word\/header\d*\.xml$/), 'hdr', '页眉')
  const main = reader.read(body, '')
  const notes = [...reader.notes(text('word/footnotes.xml'), 'footnotes', 'footnote', '注'), ...reader.notes(text('word/endnotes.xml'), 'endnotes', 'endnote', '尾注')]
  const footer = pieces(named(/^word\/footer\d*\.xml$/), 'ftr', '页脚')
  return { model: { header, body: [...main, ...notes], footer }, blocks: reader.blocks, hidden: [...reader.hidden(), ...besides(parts, text)] }
}

/** 样式里设了隐藏的，连同基于它们的。 */
function hiddenStyles(styles: string | null): Set<string> {
  const hidden = new Set<string>()
  if (styles === null) return hidden
  for (const style of childrenOf(childOf(parseXml(styles), 'styles'), 'style')) {
    const vanish = childOf(childOf(style, 'rPr'), 'vanish')
    const based = childOf(style, 'basedOn')?.attributes['val'] ?? ''
    if (vanish ? !/^(?:0|false)$/.test(vanish.attributes['val'] ?? '') : hidden.has(based)) hidden.add(style.attributes['styleId'] ?? '')
  }
  return hidden
}

function pieceReader(styles: ReadonlySet<string>, number: (style: Element | undefined) => string) {
  const counts = new Map<HiddenKind, number>()
  const note = (kind: HiddenKind, count = 1) => void counts.set(kind, (counts.get(kind) ?? 0) + count)
  const blocks: Block[] = []
  let [tables, paragraphs, length] = [0, 0, 0]

  const paragraph = (element: Element, place: string): Piece[] => {
    const style = childOf(element, 'pPr')
    if (style && [...descendants(style)].some((each) => each.name.endsWith('Change') || each.name === 'ins' || each.name === 'del')) note('revision')
    const boxes: Element[] = []
    const spans = spansOf(element, { hiddenStyles: styles, note, boxes })
    const label = spans.length > 0 && !styles.has(childOf(style, 'pStyle')?.attributes['val'] ?? '') ? number(style) : ''
    const shown = styles.has(childOf(style, 'pStyle')?.attributes['val'] ?? '') ? (note('vanish'), []) : spans
    const all = label === '' ? shown : [{ text: label, bold: shown[0]?.bold ?? false, size: shown[0]?.size ?? null }, ...shown]
    const id = blocks.length
    if (place === '') paragraphs += 1
    const text = all.map((span) => span.text).join('')
    length += text.length
    blocks.push({ id, text, place: place === '' ? `第${paragraphs}段` : place })
    if (blocks.length > LIMITS.blocks || length > LIMITS.textLength) throw new Unredactable('too-large', '文件的文字过多，请拆成几份')
    const indent = childOf(style, 'ind')?.attributes ?? {}
    return [
      { kind: 'paragraph', id, spans: all, align: ALIGNS[childOf(style, 'jc')?.attributes['val'] ?? ''] ?? 'left', indent: Number(indent['firstLineChars'] ?? 0) > 0 || Number(indent['firstLine'] ?? 0) > 0 },
      ...boxes.flatMap((box) => read(box, place === '' ? '文本框' : `${place}的文本框`)),
    ]
  }

  const table = (element: Element, place: string): Table => {
    const at = `${place}第${(tables += 1)}张表`
    const rows = layers(element).filter((each) => each.name === 'tr').filter((row) => !isDeleted(row))
    return { kind: 'table', rows: rows.map((row, r) => layers(row).filter((each) => each.name === 'tc').map((cell, c) => tableCell(cell, `${at}第${r + 1}行第${c + 1}列`))) }
  }

  const isDeleted = (row: Element): boolean => {
    if (!childOf(childOf(row, 'trPr'), 'del')) return false
    note('revision')
    return true
  }

  const tableCell = (cell: Element, place: string): TableCell => {
    const style = childOf(cell, 'tcPr')
    const merge = childOf(style, 'vMerge')
    const down = merge ? (merge.attributes['val'] === 'restart' ? 'start' : 'continue') : 'none'
    const colspan = Math.min(60, Math.max(1, Number(childOf(style, 'gridSpan')?.attributes['val'] ?? 1) || 1))
    if (down !== 'continue') return { colspan, down, pieces: read(cell, place) }
    // 被上格盖住的，读者看不见
    if ([...descendants(cell)].some((each) => each.name === 't')) note('covered')
    return { colspan, down, pieces: [] }
  }

  const read = (element: Element | undefined, place: string): Piece[] =>
    layers(element).flatMap((child): Piece[] => {
      if (child.name === 'p') return paragraph(child, place)
      return child.name === 'tbl' ? [table(child, place)] : []
    })

  const notes = (text: string | null, root: string, name: string, label: string): Piece[] =>
    text === null
      ? []
      : childrenOf(childOf(parseXml(text), root), name)
          .filter((each) => each.attributes['type'] === undefined || each.attributes['type'] === 'normal')
          .flatMap((each) => {
            const first = blocks.length
            const pieces = read(each, label === '注' ? '脚注' : '尾注')
            return pieces.map((piece): Piece => {
              if (piece.kind !== 'paragraph' || piece.id !== first) return piece
              const mark = `〔${label}${each.attributes['id'] ?? ''}〕`
              blocks[first] = { ...blocks[first]!, text: `${mark}${blocks[first]!.text}` }
              return { ...piece, spans: [{ text: mark, bold: false, size: null }, ...piece.spans] }
            })
          })

  const hidden = () => {
    const say = (kind: HiddenKind, what: string, unit = '处') => (counts.has(kind) ? [`${what} ${counts.get(kind)} ${unit}`] : [])
    return [...say('revision', '修订'), ...say('vanish', '隐藏文字'), ...say('white', '白色文字（已按普通文字列出）'), ...say('covered', '合并格盖住的文字'), ...say('picture', '图片（不带入遮盖后的文件）', '幅'), ...say('object', '嵌入的对象', '个')]
  }
  return { read, notes, blocks, hidden }
}

// 内容控件、自定义标记、插入的行都只是外壳，穿过去看
const SHELLS = new Set(['sdt', 'sdtContent', 'customXml', 'smartTag', 'ins', 'moveTo', 'mc:AlternateContent', 'mc:Choice'])
const layers = (element: Element | undefined): Element[] => childrenOf(element).flatMap((child) => (SHELLS.has(child.name) ? layers(child) : [child]))

function besides(parts: ReadonlyMap<string, Uint8Array>, text: (name: string) => string | null): string[] {
  const names = [...parts.keys()]
  const comments = childrenOf(childOf(parseXml(text('word/comments.xml') ?? '<comments/>'), 'comments'), 'comment').length
  const count = (pattern: RegExp) => names.filter((name) => pattern.test(name)).length
  return [
    comments > 0 ? `批注 ${comments} 处` : '',
    count(/^word\/embeddings\//) > 0 ? `嵌入的文件 ${count(/^word\/embeddings\//)} 个` : '',
    count(/vbaProject/) > 0 ? '宏' : '',
    count(/^customXml\/item\d+\.xml$/) > 0 ? `自定义数据 ${count(/^customXml\/item\d+\.xml$/)} 份` : '',
    count(/^docProps\//) > 0 ? '文件属性（作者、单位、时间等）' : '',
    count(/^word\/glossary\//) > 0 ? '自动图文集' : '',
  ].filter((each) => each !== '')
}
