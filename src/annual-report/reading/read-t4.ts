import { LIMITS } from './limits.ts'
import { valueKind } from './parse-value.ts'
import { emptyReading, readMatched, type TableReading } from './read-table.ts'
import { toValueRows, type ValueRow } from './value-rows.ts'
import type { TableSpec } from './form-rows.ts'
import type { SourceLine } from './source-line.ts'

const COUNT = 15

/** 表 4 只有一行十五格：找出这一行，或由拆成两张的表拼出。 */
export function readT4(spec: TableSpec, lines: readonly SourceLine[]): TableReading {
  const rows = toValueRows(lines, COUNT, LIMITS.tableRows).filter(hasFigures)
  const found = rows.find((row) => row.values.length === COUNT) ?? joined(rows) ?? mostDigits(rows)
  if (!found) return emptyReading()
  // 数字左边有「件数」之类的行名，不是格式的标签
  const row = { ...found, labels: [], before: [], after: [] }
  return readMatched(spec, rows, new Map([['T4', row]]))
}

const hasFigures = (row: ValueRow): boolean =>
  row.values.some((value) => ['number', 'mark'].includes(valueKind(value.raw))) || (row.explicit && row.values.length === COUNT)

// 行政复议五格、行政诉讼十格，或三组各五格，分写在几行里
function joined(rows: readonly ValueRow[]): ValueRow | null {
  for (let from = 0; from < rows.length; from++)
    for (let to = from + 2; to <= Math.min(rows.length, from + 3); to++) {
      const values = rows.slice(from, to).flatMap((row) => row.values)
      if (values.length === COUNT && rows.slice(from, to).every((row) => row.values.length % 5 === 0)) return { ...rows[from]!, values }
    }
  return null
}

function mostDigits(rows: readonly ValueRow[]): ValueRow | null {
  const size = (row: ValueRow) => row.values.map((value) => value.raw.replace(/\D/g, '')).join('').length
  return rows.toSorted((a, b) => size(b) - size(a))[0] ?? null
}
