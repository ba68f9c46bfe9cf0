import { writeXlsx, type WriteSheet } from 'hucre/xlsx'
import { cleanDocument } from './clean.ts'
import { fullTitle, attachmentLabels, chineseDate, DEMO_NOTE, type Block, type Document, type Table } from './document.ts'
import { fixCoreDates, repackZip } from './repack-zip.ts'
import { placeCells, type PlacedCell } from './table-grid.ts'

type Cells = NonNullable<WriteSheet['cells']>
type Style = NonNullable<NonNullable<ReturnType<Cells['get']>>['style']>

const SONG = '宋体'
const TEXT_WIDTH = 80
const TABLE_WIDTH = 96
const LINE = { style: 'thin' } as const
const BORDER = { top: LINE, right: LINE, bottom: LINE, left: LINE }

/**
 * 写成 XLSX：第一张表为正文，其后每张法定表格一张。数字为数值，其余一律为文本格（`=1+1` 不会成为公式）。
 * 同样的文书得到逐字节相同的文件。
 */
export async function toXlsx(input: Document): Promise<Buffer> {
  const document = cleanDocument(input)
  const tables = document.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []))
  const names = sheetNames(['正文', ...tables.map((table) => table.caption)])
  const day = new Date(`${document.datedOn}T00:00:00Z`)
  const bytes = await writeXlsx({
    defaultFont: { name: SONG, size: 11 },
    properties: { title: fullTitle(document), creator: document.creator, lastModifiedBy: document.creator, created: day, modified: day },
    sheets: [toTextSheet(document, names[0] ?? '正文', names), ...tables.map((table, i) => toTableSheet(table, names[i + 1] ?? '', document))],
  })
  return repackZip(bytes, (name, xml) => (name === 'docProps/core.xml' ? fixCoreDates(xml, document.datedOn) : xml))
}

// 表名至多 31 字，不得含 []:*?/\\，不分大小写不得重名
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name, i) => {
    const plain = name.replace(/[[\]:*?/\\']/g, '').slice(0, 28) || `表${i}`
    const free = taken.has(plain.toLowerCase()) ? `${plain}${i}` : plain
    taken.add(free.toLowerCase())
    return free
  })
}

const pageOf = (document: Document, landscape: boolean, caption = ''): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> => ({
  pageSetup: {
    paperSize: 'a4',
    orientation: landscape ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { top: 0.98, bottom: 0.98, left: 0.79, right: 0.79, header: 0.5, footer: 0.5 },
  },
  headerFooter: { oddFooter: '&C— &P —', oddHeader: `&C${[caption.replaceAll('&', '&&'), document.demo ? DEMO_NOTE : ''].filter(Boolean).join('\n')}` },
})

function toTextSheet(document: Document, name: string, names: readonly string[]): WriteSheet {
  const lines: { text: string; style: Style; height?: number }[] = [
    ...(document.demo ? [{ text: DEMO_NOTE, style: textStyle(11, 'center') }] : []),
    ...(document.issuer === undefined ? [] : [{ text: document.issuer, style: textStyle(18, 'center', true), height: 28 }]),
    ...(document.letterhead?.number == null ? [] : [{ text: document.letterhead.number, style: textStyle(12, 'right') }]),
    { text: document.title, style: textStyle(18, 'center', true), height: 28 },
  ]
  let tables = 0
  for (const block of document.blocks) {
    if (block.kind === 'table') tables += 1
    lines.push(...toLines(block, names[tables] ?? ''))
  }
  return {
    name,
    columns: [{ width: TEXT_WIDTH }],
    rows: lines.map((line) => [line.text]),
    cells: new Map(lines.map((line, i) => [`${i},0`, { value: line.text, type: 'string', style: line.style }])),
    rowDefs: new Map(lines.map((line, i) => [i, { height: line.height ?? heightOf(line.text, TEXT_WIDTH) }])),
    ...pageOf(document, false),
  }
}

function toLines(block: Block, tableName: string): { text: string; style: Style }[] {
  switch (block.kind) {
    case 'heading':
      return [{ text: block.text, style: textStyle(block.level === 1 ? 14 : 12, 'left', block.level < 3) }]
    case 'paragraph':
      return [{ text: block.spans.map((span) => (typeof span === 'string' ? span : span.text)).join(''), style: textStyle(12, block.align ?? 'left') }]
    case 'table':
      return [{ text: `（见工作表「${tableName}」）`, style: textStyle(12, 'left') }]
    case 'signature':
      return [block.name, chineseDate(block.on)].map((text) => ({ text, style: textStyle(12, 'right') }))
    case 'attachments':
      return attachmentLabels(block.names).map((label) => ({ text: `附件：${label}`, style: textStyle(12, 'left') }))
    case 'note':
      return [{ text: `（${block.text}）`, style: textStyle(12, 'left') }]
    case 'picture':
      return [{ text: `（图：${block.picture.alt}）`, style: textStyle(12, 'center') }]
  }
}

const textStyle = (size: number, horizontal: 'left' | 'center' | 'right', bold = false): Style => ({
  font: { name: SONG, size, bold },
  alignment: { horizontal, vertical: 'center', wrapText: true },
})

function toTableSheet(table: Table, name: string, document: Document): WriteSheet {
  const placed = placeCells(table)
  const page = pageOf(document, table.landscape ?? false, table.caption)
  const total = table.widths.reduce((a, b) => a + b, 0)
  const widths = table.widths.map((width) => Math.max(5, (TABLE_WIDTH * width) / total))
  const rows = placed.map((row) => {
    const values: (string | number | null)[] = table.widths.map(() => null)
    for (const cell of row) values[cell.column] = valueOf(cell)
    return values
  })
  return {
    name,
    columns: widths.map((width) => ({ width })),
    rows,
    cells: new Map(placed.flat().flatMap(toStyledCells)),
    merges: placed.flat().flatMap(({ row, column, rowspan, colspan }) =>
      rowspan > 1 || colspan > 1 ? [{ startRow: row, startCol: column, endRow: row + rowspan - 1, endCol: column + colspan - 1 }] : [],
    ),
    rowDefs: new Map(placed.map((row, i) => [i, { height: Math.max(18, ...row.filter((c) => c.rowspan === 1).map((c) => Math.max(18 * (c.lines ?? 1), heightOf(c.text, spanWidth(widths, c))))) }])),
    ...page,
    ...(table.headRows > 0 && { freezePane: { rows: table.headRows }, pageSetup: { ...page.pageSetup, printTitlesRow: `1:${table.headRows}` } }),
    a11y: { summary: table.caption },
  }
}

// 合并区的每一格都要有边框，否则打印缺线
const toStyledCells = (cell: PlacedCell): [string, { value: string | number | null; type: 'string' | 'number' | 'empty'; style: Style }][] =>
  Array.from({ length: cell.rowspan * cell.colspan }, (_, i) => {
    const value = i === 0 ? valueOf(cell) : null
    return [
      `${cell.row + Math.floor(i / cell.colspan)},${cell.column + (i % cell.colspan)}`,
      {
        value,
        type: value === null ? 'empty' : typeof value === 'number' ? 'number' : 'string',
        style: { font: { name: SONG, size: 11 }, border: BORDER, alignment: { horizontal: cell.align, vertical: 'center', wrapText: true } },
      },
    ]
  })

// 「007」之类写法不同于数值的仍是文本
function valueOf(cell: PlacedCell): string | number {
  const isNumber = cell.head !== true && /^-?\d{1,15}(\.\d+)?$/.test(cell.text) && String(Number(cell.text)) === cell.text
  return isNumber ? Number(cell.text) : cell.text
}

const spanWidth = (widths: readonly number[], cell: PlacedCell): number =>
  widths.slice(cell.column, cell.column + cell.colspan).reduce((a, b) => a + b, 0)

// 电子表格不会为合并格自动定行高：按字数估行数。列宽单位约为一个半角字
const heightOf = (text: string, width: number): number => {
  const length = Array.from(text).reduce((sum, c) => sum + (c <= '\u024f' ? 1.1 : 2.2), 0)
  return Math.min(400, Math.max(1, Math.ceil(length / width)) * 16 + 4)
}
