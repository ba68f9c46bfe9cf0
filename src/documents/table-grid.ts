import type { Align, Table, TableCell } from './document.ts'

/** 已就位的一格：所在行、列从 0 起。 */
export interface PlacedCell extends TableCell {
  row: number
  column: number
  colspan: number
  rowspan: number
  align: Align
  /** 表头行里的格 */
  inHead: boolean
  /** 表体里作行标题的格 */
  isRowHead: boolean
}

/** 逐行把格放到位；格与格重叠、有空位或超出的，抛 RangeError，免得各版本错法不一。 */
export function placeCells(table: Table): PlacedCell[][] {
  const width = table.widths.length
  const height = table.rows.length
  const taken = table.rows.map(() => new Array<boolean>(width).fill(false))
  const placed = table.rows.map((cells, row) => cells.map((cell) => placeCell(table, cell, row, taken)))
  const gap = taken.findIndex((row) => row.includes(false))
  if (height > 0 && gap >= 0) throw new RangeError(`表「${table.caption}」第 ${gap + 1} 行缺格`)
  return placed
}

function placeCell(table: Table, cell: TableCell, row: number, taken: boolean[][]): PlacedCell {
  const { colspan = 1, rowspan = 1 } = cell
  const column = taken[row]?.indexOf(false) ?? -1
  const inHead = row < table.headRows
  for (let r = row; r < row + rowspan; r += 1)
    for (let c = column; c < column + colspan; c += 1) {
      if (column < 0 || taken[r]?.[c] !== false) throw new RangeError(`表「${table.caption}」第 ${row + 1} 行多格或重叠`)
      ;(taken[r] as boolean[])[c] = true
    }
  return {
    ...cell,
    row,
    column,
    colspan,
    rowspan,
    inHead,
    isRowHead: !inHead && cell.head === true,
    // 跨行的组名居中，其余从其所写；没写的居中
    align: !inHead && rowspan > 2 ? 'center' : (cell.align ?? 'center'),
  }
}
