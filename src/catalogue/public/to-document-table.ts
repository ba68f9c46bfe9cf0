import type { Block, TableCell } from '../../documents/index.ts'
import type { Cell, Run, Table } from '../content/body-blocks.ts'

const MOST_COLUMNS = 60
const LANDSCAPE = 9
const [NARROWEST, WIDEST] = [3, 20]

/** 一段里的字，换行作空格，图不算。 */
export const plainText = (runs: readonly Run[]): string => runs.map((run) => (run.kind === 'text' ? run.text : run.kind === 'break' ? ' ' : '')).join('').trim()

interface Placed {
  at: number
  cell: TableCell
}

/** 正文里的表格：补成齐整的格子（各行列数不等的补空格），列宽按各列最长的字数分；列多的横放。 */
export function tableBlock({ caption, headRows, rows }: Table): Extract<Block, { kind: 'table' }> {
  const taken: boolean[][] = rows.map(() => [])
  const placed = rows.map((row, r) => placeRow(row, r, taken))
  const columns = Math.max(1, ...taken.map((row) => row.length))
  const filled = placed.map((cells, r) => {
    const empty = Array.from({ length: columns }, (_, at) => at).filter((at) => taken[r]?.[at] !== true)
    return [...cells, ...empty.map((at): Placed => ({ at, cell: { text: '' } }))].toSorted((a, b) => a.at - b.at)
  })
  return {
    kind: 'table',
    table: {
      caption: plainText(caption) || '表格',
      widths: Array.from({ length: columns }, (_, at) => widthOf(filled.flat().filter((each) => each.at === at && (each.cell.colspan ?? 1) === 1))),
      headRows: headRows < rows.length ? headRows : 0,
      rows: filled.map((cells) => cells.map(({ cell }) => cell)),
      landscape: columns > LANDSCAPE,
    },
  }
}

// 一行各格落在第几列：上面跨下来的格占着的跳过，占了的记下
function placeRow(row: readonly Cell[], r: number, taken: boolean[][]): Placed[] {
  const placed: Placed[] = []
  let at = 0
  for (const { header, colspan, rowspan, align, content } of row) {
    while (taken[r]?.[at] === true) at++
    // 右边已被占着的，不得跨过去
    let wide = 0
    while (wide < Math.min(colspan, MOST_COLUMNS - at) && taken[r]?.[at + wide] !== true) wide++
    if (wide === 0) break
    const high = Math.min(rowspan, taken.length - r)
    for (let y = r; y < r + high; y++) for (let x = at; x < at + wide; x++) (taken[y] ?? [])[x] = true
    placed.push({ at, cell: { text: plainText(content), ...(wide > 1 && { colspan: wide }), ...(high > 1 && { rowspan: high }), ...(header && { head: true }), align: header ? 'center' : align } })
    at += wide
  }
  return placed
}

const widthOf = (cells: readonly Placed[]): number => Math.max(NARROWEST, ...cells.map(({ cell }) => Math.min(WIDEST, Array.from(cell.text).length)))
