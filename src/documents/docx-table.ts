import { AlignmentType, HeightRule, LineRuleType, Paragraph, Table as DocxTable, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType } from 'docx'
import type { Table } from './document.ts'
import { BODY_WIDTH, FONTS, fontOf, LANDSCAPE_WIDTH, LINE } from './docx-measures.ts'
import { placeCells, type PlacedCell } from './table-grid.ts'

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const
// 一页放得下的表整表不断开；长表只使组名与其各行同页
const WHOLE_ROWS = 40
const GROUP_ROWS = 12

// 由疏到密：字号为半点，行距与上下边距为二十分之一点；小四号只给列少的表
interface Fitting {
  size: number
  line: number
  pad: number
}
const ROOMY: Fitting = { size: 24, line: 340, pad: 80 }
const FITTINGS: readonly Fitting[] = [
  { size: 21, line: 300, pad: 60 },
  { size: 21, line: 280, pad: 40 },
  { size: 21, line: 260, pad: 20 },
  { size: 18, line: 240, pad: 30 },
  { size: 18, line: 230, pad: 10 },
  { size: 15, line: 200, pad: 10 },
]
const SIDE_PAD = 40
// 一页 22 行，留一行给表前的标题，再留一行的余地：各家软件的断行略有出入
const ROOM = 20 * LINE

/** 法定表格：宋体，取一页放得下的最大字号；表头跨页重复，行不断开，一组的行不与组名分离。 */
export function toDocxTable(table: Table): DocxTable {
  const rows = placeCells(table)
  const full = table.landscape ? LANDSCAPE_WIDTH : BODY_WIDTH
  const total = table.widths.reduce((a, b) => a + b, 0)
  const widths = table.widths.map((width) => Math.floor((full * width) / total))
  const fitting = fittingOf(rows, widths)
  const kept = rows.length <= WHOLE_ROWS ? rows.map((_, i) => i < rows.length - 1) : withinGroups(rows)
  return new DocxTable({
    columnWidths: widths,
    width: { size: widths.reduce((a, b) => a + b, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    rows: rows.map(
      (cells, i) =>
        new TableRow({
          ...(i < table.headRows && { tableHeader: true }), // 写作 false 的，有的读取程序也当作表头
          cantSplit: true,
          ...heightFor(cells, fitting),
          keepNext: kept[i] ?? false,
          children: cells.map((cell) => toCell(cell, spanWidth(cell, widths), fitting)),
        }),
    ),
  })
}

// 留给人填写的行，至少高几行
const heightFor = (cells: readonly PlacedCell[], { size }: Fitting) => {
  const lines = Math.max(1, ...cells.map((cell) => cell.lines ?? 1))
  return lines === 1 ? {} : { height: { value: Math.round(lines * size * 16), rule: HeightRule.ATLEAST } }
}

const spanWidth = (cell: PlacedCell, widths: readonly number[]): number =>
  widths.slice(cell.column, cell.column + cell.colspan).reduce((a, b) => a + b, 0)

function fittingOf(rows: readonly (readonly PlacedCell[])[], widths: readonly number[]): Fitting {
  const ways = widths.length <= 6 ? [ROOMY, ...FITTINGS] : FITTINGS
  return ways.find((way) => heightOf(rows, widths, way) <= ROOM) ?? { size: 18, line: 240, pad: 30 }
}

// 估算表高：跨行的格由所跨各行分担，不单独撑高
const heightOf = (rows: readonly (readonly PlacedCell[])[], widths: readonly number[], way: Fitting): number =>
  rows.reduce((sum, row) => {
    const lines = row.filter((cell) => cell.rowspan === 1).map((cell) => linesOf(cell.text, spanWidth(cell, widths), way))
    return sum + Math.max(1, ...lines) * way.line + 2 * way.pad + 10
  }, 0)

function linesOf(text: string, width: number, { size }: Fitting): number {
  const perLine = Math.max(1, Math.floor((width - 2 * SIDE_PAD) / (size * 10)))
  const length = Array.from(text).reduce((sum, c) => sum + (c <= '\u024f' ? 0.55 : 1), 0)
  return Math.ceil(length / perLine)
}

function withinGroups(rows: readonly (readonly PlacedCell[])[]): boolean[] {
  const kept = rows.map(() => false)
  for (const cell of rows.flat())
    if (cell.rowspan > 1 && cell.rowspan <= GROUP_ROWS) kept.fill(true, cell.row, cell.row + cell.rowspan - 1)
  return kept
}

const toCell = (cell: PlacedCell, width: number, { size, line, pad }: Fitting) =>
  new TableCell({
    columnSpan: cell.colspan,
    rowSpan: cell.rowspan,
    width: { size: width, type: WidthType.DXA },
    margins: { left: SIDE_PAD, right: SIDE_PAD, top: pad, bottom: pad, marginUnitType: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: [
      new Paragraph({
        alignment: ALIGN[cell.align],
        spacing: { line, lineRule: LineRuleType.EXACT },
        children: [new TextRun({ text: cell.text, font: fontOf(FONTS.song), size })],
      }),
    ],
  })
