import { cellsOf, findCell, type CellCode, type Cells, type Edition } from '../../statute/report-form.ts'

/** 换到另一版格式的各格。 */
export interface ConvertedCells {
  /** 目标一版的全部格；换不出的为 null */
  cells: Cells
  /** 目标一版有而换不出的格 */
  missing: readonly CellCode[]
  /** 原来一版有数（不为 0）而目标一版没有地方写的格 */
  lost: readonly CellCode[]
}

const OTHERWISE = ['1', '2', '3'] as const
const ROW_2019 = /^R3\.6\.([A-Z])$/
const ROW_2021 = /^R3\.6\.([123])\.([A-Z])$/

/**
 * 2019、2021 两版之间换格：意义相同的格代码相同，照搬；「（六）其他处理」2019 版只有一行，
 * 换到 2021 版时为 0 的各小项都是 0，不为 0 的分不出；换到 2019 版时三小项相加。其余各有各的格，不猜。
 */
export function convertCells(cells: Cells, from: Edition, to: Edition): ConvertedCells {
  if (from === to) return { cells, missing: [], lost: [] }
  const entries = cellsOf(to).map((code): [CellCode, number | null] => [code, valueIn(cells, from, code)])
  const missing = entries.filter(([, value]) => value === null).map(([code]) => code)
  const lost = cellsOf(from).filter((code) => (cells[code] ?? 0) !== 0 && !hasPlace(code, to))
  return { cells: Object.fromEntries(entries), missing, lost }
}

function valueIn(cells: Cells, from: Edition, code: CellCode): number | null {
  if (findCell(code, from) !== null) return cells[code] ?? null
  const single = ROW_2021.exec(code)
  if (single !== null) return cells[`R3.6.${single[2]}`] === 0 ? 0 : null
  const merged = ROW_2019.exec(code)
  if (merged === null) return null
  const parts = OTHERWISE.map((row) => cells[`R3.6.${row}.${merged[1]}`] ?? null)
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}

// 其他处理的格换了写法仍有地方
const hasPlace = (code: CellCode, to: Edition): boolean => findCell(code, to) !== null || (to === '2019' && ROW_2021.test(code))
