import { LIMITS } from './limits.ts'
import { UnreadableReport } from './unreadable.ts'
import type { SourceCell, SourceLine } from './source-line.ts'

/** 表中一格，被跨行跨列盖住的格不写。 */
export interface GridCell {
  text: string
  colspan: number
  rowspan: number
}

const MOST_SPAN = 1000
const MOST_COLUMNS = 1000

/** 有跨行跨列的表 → 行：每格得到真实的列号；行的文字各列以制表符分隔，被盖住的为空。 */
export function expandGrid(rows: readonly (readonly GridCell[])[], firstNumber: number): SourceLine[] {
  const covered: number[] = [] // 各列还被上方的格盖住几行
  let total = 0
  return rows.map((row, index) => {
    const cells: SourceCell[] = []
    const texts: string[] = []
    let column = 0
    const skipCovered = () => {
      while ((covered[column] ?? 0) > 0) covered[column++]!--
    }
    for (const cell of row) {
      skipCovered()
      const span = clamp(cell.colspan)
      const down = clamp(cell.rowspan)
      if (column + span > MOST_COLUMNS) throw tooWide()
      cells.push({ text: cell.text, column, span })
      texts[column] = cell.text
      for (let i = 0; i < span; i++) covered[column + i] = Math.max(covered[column + i] ?? 0, down - 1)
      column += span
    }
    for (; column < covered.length; column++) if (covered[column]! > 0) covered[column]!--
    const width = covered.length
    total += width
    if (total > LIMITS.gridCells) throw new UnreadableReport('too-large', `表格超过 ${LIMITS.gridCells} 格，不像一份年度报告`)
    const text = Array.from({ length: width }, (_, at) => texts[at] ?? '').join('\t')
    return { number: firstNumber + index, text, layout: 'grid', cells }
  })
}

const tooWide = (): UnreadableReport => new UnreadableReport('too-large', `表格超过 ${MOST_COLUMNS} 列，不像一份年度报告`)

const clamp = (span: number): number => (Number.isInteger(span) && span >= 1 ? Math.min(span, MOST_SPAN) : 1)
