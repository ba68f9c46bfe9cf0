import { formCells, type CellCode, type Cells, type Edition, type FormCell } from '../../statute/report-form.ts'

/** 相加的一份：谁的、各格。 */
export interface Addend {
  name: string
  cells: Cells
}

/** 算不出的一格，与空着这一格的各家。 */
export interface UnknownCell {
  code: CellCode
  who: readonly string[]
}

export interface CellSum {
  /** 该版的全部格；有一家空着即为 null，空格从不当作 0 */
  cells: Cells
  unknown: readonly UnknownCell[]
}

const MILLIONTHS = 1_000_000 // 万元至多 6 位小数，化为整数恰以分计，相加不走样

const scaleOf = ({ unit }: FormCell): number => (unit === '万元' || unit === '金额' ? MILLIONTHS : 1)

/** 逐格相加。一份都没有的，各格为 0。 */
export function sumCells(form: Edition, addends: readonly Addend[]): CellSum {
  const unknown: UnknownCell[] = []
  const cells: Record<CellCode, number | null> = {}
  for (const cell of formCells(form)) {
    const scale = scaleOf(cell)
    let sum = 0
    const who: string[] = []
    for (const { name, cells: own } of addends) {
      const value = own[cell.code]
      if (value === null || value === undefined) who.push(name)
      else sum += scale === 1 ? value : Math.round(value * scale)
    }
    cells[cell.code] = who.length > 0 ? null : sum / scale
    if (who.length > 0) unknown.push({ code: cell.code, who })
  }
  return { cells, unknown }
}
