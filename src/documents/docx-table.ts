import { AlignmentType, LineRuleType, Paragraph, Table as DocxTable, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType } from 'docx'
import type { Table } from './document.ts'
import { BODY_WIDTH, FONTS, fontOf, LANDSCAPE_WIDTH } from './docx-measures.ts'
import { placeCells, type PlacedCell } from './table-grid.ts'

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const
// 一页放得下的表整表不断开；长表只使组名与其各行同页
const WHOLE_ROWS = 40
const GROUP_ROWS = 12

/** 法定表格：五号宋体，表头跨页重复，行不断开，一组的行不与组名分离。 */
export function toDocxTable(table: Table): DocxTable {
  const rows = placeCells(table)
  const full = table.landscape ? LANDSCAPE_WIDTH : BODY_WIDTH
  const total = table.widths.reduce((a, b) => a + b, 0)
  const widths = table.widths.map((width) => Math.floor((full * width) / total))
  const kept = rows.length <= WHOLE_ROWS ? rows.map((_, i) => i < rows.length - 1) : withinGroups(rows)
  return new DocxTable({
    columnWidths: widths,
    width: { size: widths.reduce((a, b) => a + b, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    rows: rows.map(
      (cells, i) =>
        new TableRow({ tableHeader: i < table.headRows, cantSplit: true, keepNext: kept[i] ?? false, children: cells.map((cell) => toCell(cell, widths)) }),
    ),
  })
}

function withinGroups(rows: readonly (readonly PlacedCell[])[]): boolean[] {
  const kept = rows.map(() => false)
  for (const cell of rows.flat())
    if (cell.rowspan > 1 && cell.rowspan <= GROUP_ROWS) kept.fill(true, cell.row, cell.row + cell.rowspan - 1)
  return kept
}

const toCell = (cell: PlacedCell, widths: readonly number[]) =>
  new TableCell({
    columnSpan: cell.colspan,
    rowSpan: cell.rowspan,
    width: { size: widths.slice(cell.column, cell.column + cell.colspan).reduce((a, b) => a + b, 0), type: WidthType.DXA },
    margins: { left: 70, right: 70, top: 40, bottom: 40, marginUnitType: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: [
      new Paragraph({
        alignment: ALIGN[cell.align],
        spacing: { line: 280, lineRule: LineRuleType.EXACT },
        children: [new TextRun({ text: cell.text, font: fontOf(FONTS.song), size: 21 })],
      }),
    ],
  })
