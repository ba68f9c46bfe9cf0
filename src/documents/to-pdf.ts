import { childPool, type ChildPool } from '../platform/child.ts'
import { cleanDocument } from './clean.ts'
import { attachmentLabels, chineseDate, DEMO_NOTE, letterheadSize, pictureSize, type Block, type Document, type Table } from './document.ts'
import { currentFaces, type Faces } from './faces.ts'
import type { PdfJob, PdfReply } from './pdf-child.ts'
import { placeCells, type PlacedCell } from './table-grid.ts'

/** 有字体都没有的字；消息里写明是哪些字。 */
export class MissingGlyphs extends Error {
  override name = 'MissingGlyphs'
  readonly characters: readonly string[]
  constructor(characters: readonly string[]) {
    const named = characters.map((c) => `「${c}」（U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`)
    super(`现有字体中没有 ${named.join('、')}，不能排成 PDF。请在 FONT_DIR 所指目录放入收有此字的字体（如 Noto Serif CJK SC）后重启`)
    this.characters = characters
  }
}

let pool: ChildPool<PdfJob, PdfReply> | null = null

// 引擎每排一份新文书约漏 2 MB，故五十件一换（至多约 300 MB）；同时至多两件，免得占满机器
const openPool = (): ChildPool<PdfJob, PdfReply> =>
  (pool ??= childPool({
    entry: 'documents/pdf-child',
    size: 2,
    jobsPerChild: 50,
    maxQueue: 200,
    wallMs: 60_000,
    memoryMb: 1024,
    outputBytes: 128 * 1024 * 1024,
    addons: true,
  }))

/**
 * 排成 PDF（GB/T 9704 版式，带标签，PDF/UA-1）。同样的文书、同样的字体得到逐字节相同的文件。
 * 缺字抛 MissingGlyphs；表格不成格、成文日不成立抛 RangeError；超时等抛 ChildError。
 */
export async function toPdf(document: Document, faces: Faces = currentFaces()): Promise<Buffer> {
  const cleaned = cleanDocument(document)
  const pictures = cleaned.blocks.flatMap((block) => (block.kind === 'picture' ? [block.picture.bytes] : []))
  const reply = await openPool().run({ data: JSON.stringify(toTemplateData(cleaned, faces)), fontFiles: faces.files, pictures })
  if (reply.ok) return Buffer.from(reply.pdf)
  if (reply.missing.length > 0) throw new MissingGlyphs(reply.missing)
  throw new Error(`PDF 排版失败：${reply.message.slice(0, 500)}`)
}

/** 停下排版的子进程；服务停止与测试结束时调用，此后再排即另起。 */
export async function closePdf(): Promise<void> {
  const closing = pool
  pool = null
  await closing?.close()
}

const toDate = (day: string) => {
  const [year, month, date] = day.split('-').map(Number)
  return { year, month, day: date }
}

const toTemplateData = (document: Document, faces: Faces) => ({
  title: document.title,
  issuer: document.issuer ?? null,
  letterhead: document.letterhead ? { number: document.letterhead.number, size: letterheadSize(document.issuer ?? '') } : null,
  creator: document.creator,
  date: toDate(document.datedOn),
  demoNote: document.demo ? DEMO_NOTE : null,
  blocks: numberPictures(tagHeadings(document.blocks)).map(toTemplateBlock),
  faces: faces.chains,
  bold: faces.bold,
})

// PDF/UA 的标题标签须自 1 级起、不得越级；字体仍从文书所写的层次
function tagHeadings(blocks: readonly Block[]): (Block & { tag: number })[] {
  let tag = 0
  return blocks.map((block) => {
    if (block.kind === 'heading') tag = Math.min(block.level, tag + 1)
    return { ...block, tag }
  })
}

// 图另交，模板里以次序指它
function numberPictures<T extends Block>(blocks: readonly T[]): (T & { order: number })[] {
  let order = -1
  return blocks.map((block) => ({ ...block, order: block.kind === 'picture' ? ++order : -1 }))
}

function toTemplateBlock(block: Block & { tag: number; order: number }) {
  switch (block.kind) {
    case 'heading':
      return block
    case 'paragraph':
      return {
        kind: block.kind,
        align: block.align ?? 'left',
        indent: block.indent ?? (block.align ?? 'left') === 'left',
        spans: block.spans.map((span) => ({ strong: false, href: null, ...(typeof span === 'string' ? { text: span } : span) })),
      }
    case 'table':
      return { kind: block.kind, ...toTemplateTable(block.table) }
    case 'signature':
      return { kind: block.kind, name: block.name, on: chineseDate(block.on) }
    case 'attachments':
      return { kind: block.kind, labels: attachmentLabels(block.names) }
    case 'note':
      return block
    case 'picture': {
      const { format, alt } = block.picture
      return { kind: block.kind, file: `picture-${block.order}`, format, alt, ...pictureSize(block.picture) }
    }
  }
}

// 一组至多 12 行、约千字，一页必放得下，才可要求不断开
const GROUP_ROWS = 12
const GROUP_CHARACTERS = 1000
const BODY_WIDTH = 442.2 // 版心宽，点

function toTemplateTable(table: Table) {
  const rows = placeCells(table)
  const lengths = rows.map((row) => Math.max(0, ...row.map((cell) => cell.text.length)))
  const isKept = (cell: PlacedCell) =>
    cell.rowspan <= GROUP_ROWS && lengths.slice(cell.row, cell.row + cell.rowspan).reduce((a, b) => a + b, 0) <= GROUP_CHARACTERS
  const total = table.widths.reduce((a, b) => a + b, 0)
  const toCell = (cell: PlacedCell) => ({
    text: cell.text,
    share: table.widths.slice(cell.column, cell.column + cell.colspan).reduce((a, b) => a + b, 0) / total,
    colspan: cell.colspan,
    rowspan: cell.rowspan,
    align: cell.align,
    breakable: !isKept(cell),
    lines: cell.lines ?? 1,
  })
  return {
    landscape: table.landscape ?? false,
    widths: table.widths,
    largest: largestSize(table, rows.flat()),
    head: rows.slice(0, table.headRows).flat().map(toCell),
    body: rows.slice(table.headRows).flat().map(toCell),
    rowCount: rows.length,
  }
}

// 数字不能折行：字号不得大到数字撑出格外。半角数字宽 0.56 字，左右各留六分之一字
function largestSize(table: Table, cells: readonly PlacedCell[]): number {
  const total = table.widths.reduce((a, b) => a + b, 0)
  const sizes = cells
    .filter((cell) => /^[\d.,+-]+$/.test(cell.text))
    .map((cell) => {
      const width = table.widths.slice(cell.column, cell.column + cell.colspan).reduce((a, b) => a + b, 0)
      return (BODY_WIDTH * width) / total / (0.56 * cell.text.length + 0.33)
    })
  return Math.min(12, ...sizes)
}
