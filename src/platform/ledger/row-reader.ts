import { readDay } from './cell-values.ts'
import type { RowProblem } from './definition.ts'

/** 边读一行边记问题：各读法认不出的记一处并给 null，读完看 `problems` 是否为空。 */
export interface RowReader<K extends string> {
  readonly problems: RowProblem[]
  of(column: K): string
  wrong(column: K | null, message: string, mend?: string): void
  /** 文字；空的为 null，必填的空则记一处 */
  text(column: K, options: { most: number; required?: boolean }): string | null
  /** 日期；`notAfter` 之后的记一处 */
  day(column: K, options?: { required?: boolean; notAfter?: string }): string | null
  /** 可选之列的一个：写键或写名称都认；空的为 fallback */
  pick<V extends string, F extends V | null>(column: K, names: Readonly<Record<V, string>>, fallback: F): V | F
}

export function rowReader<K extends string>(values: Readonly<Record<string, string>>): RowReader<K> {
  const problems: RowProblem[] = []
  const of = (column: K): string => values[column] ?? ''
  const wrong: RowReader<K>['wrong'] = (column, message, mend) => void problems.push({ column, message, mend })
  return {
    problems,
    of,
    wrong,
    text(column, { most, required }) {
      const value = of(column)
      if (value === '' && required) wrong(column, '未填')
      if (value.length > most) wrong(column, `超过 ${most} 字`)
      return value === '' ? null : value
    },
    day(column, { required, notAfter } = {}) {
      if (of(column) === '') {
        if (required) wrong(column, '未填')
        return null
      }
      const day = readDay(of(column))
      if (day === null) wrong(column, '不是日期', '写成 2024-01-31')
      else if (notAfter !== undefined && day > notAfter) wrong(column, '晚于今日')
      return day
    },
    pick<V extends string, F extends V | null>(column: K, names: Readonly<Record<V, string>>, fallback: F): V | F {
      if (of(column) === '') return fallback
      const known = Object.keys(names) as V[]
      const found = known.find((key) => key === of(column) || names[key] === of(column))
      if (found !== undefined) return found
      wrong(column, '不在可选之列', `填 ${Object.values(names).join('、')}`)
      return fallback
    },
  }
}
