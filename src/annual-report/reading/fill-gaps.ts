import { parseValue } from './parse-value.ts'
import type { LabelledRow } from './align-rows.ts'
import type { ValueRow } from './value-rows.ts'

/**
 * 标签丢失的行：两行已对上的行之间，格式缺几行，表中正好有几行没有标签的数字，便按次序认。
 * @returns 补上的行的下标
 */
export function fillGaps(form: readonly (LabelledRow & { cells: readonly string[] })[], rows: readonly ValueRow[], matched: (number | null)[]): number[] {
  const filled: number[] = []
  let from = 0
  while (from < form.length) {
    if (matched[from] !== null) {
      from++
      continue
    }
    let to = from
    while (to < form.length && matched[to] === null) to++
    const missing = range(from, to).filter((index) => !form[index]!.optional)
    const low = from === 0 ? -1 : matched[from - 1]!
    const high = matched[to] ?? rows.length
    const free = range(low + 1, high).filter((at) => isNumbersOnly(rows[at]!))
    const fits = free.length === missing.length && missing.every((index, i) => numbersIn(rows[free[i]!]!) === form[index]!.cells.length)
    if (fits) for (const [i, index] of missing.entries()) {
      matched[index] = free[i]!
      filled.push(index)
    }
    from = to
  }
  return filled
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
const numbersIn = (row: ValueRow): number => row.values.filter((value) => parseValue(value.raw) !== null).length
const isNumbersOnly = (row: ValueRow): boolean => row.labels.length === 0 && numbersIn(row) > 0
