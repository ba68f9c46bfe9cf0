import * as fc from 'fast-check'
import { cellsOf, formCells, leafRows, T3_COLUMNS, T4_COLUMNS, T4_GROUPS, type Cells, type Edition } from './report-form.ts'

type Mutable = Record<string, number | null>

/** 全为 0 的一份报表。 */
export const zeroCells = (edition: Edition): Mutable => Object.fromEntries(cellsOf(edition).map((code) => [code, 0]))

/** 由「行 → 七列」写成的表 3，其余为 0。 */
export function cellsWith(edition: Edition, rows: Record<string, readonly number[]>): Mutable {
  const cells = zeroCells(edition)
  for (const [row, values] of Object.entries(rows))
    T3_COLUMNS.forEach((column, index) => (cells[`${row}.${column.key}`] = values[index]!))
  return cells
}

const count = fc.nat({ max: 5000 })
const PARTS = T3_COLUMNS.slice(0, -1)

/** 任意一份勾稽相符的报表：先有各类申请的件数，再算总计与结转。 */
export const consistentCells = (edition: Edition): fc.Arbitrary<Cells> => {
  const leaves = leafRows(edition)
  const size = PARTS.length * leaves.length
  return fc
    .record({
      results: fc.array(count, { minLength: size, maxLength: size }),
      // 每类申请人的收件合计不少于办结
      left: fc.array(count, { minLength: PARTS.length, maxLength: PARTS.length }),
      carriedShare: fc.array(fc.nat({ max: 100 }), { minLength: PARTS.length, maxLength: PARTS.length }),
      reviews: fc.array(count, { minLength: 12, maxLength: 12 }),
      table2: fc.array(count, { minLength: 30, maxLength: 30 }),
      cents: fc.nat({ max: 10_000_000_000 }),
    })
    .map(({ results, left, carriedShare, reviews, table2, cents }) => {
      const cells = zeroCells(edition)
      PARTS.forEach(({ key }, c) => {
        let done = 0
        leaves.forEach((row, r) => {
          const value = results[c * leaves.length + r]!
          cells[`${row}.${key}`] = value
          done += value
        })
        const come = done + left[c]!
        const carried = Math.floor((come * carriedShare[c]!) / 100)
        cells[`R3.7.${key}`] = done
        cells[`R4.${key}`] = left[c]!
        cells[`R2.${key}`] = carried
        cells[`R1.${key}`] = come - carried
      })
      for (const row of ['R1', 'R2', ...leaves, 'R3.7', 'R4'])
        cells[`${row}.T`] = PARTS.reduce((sum, { key }) => sum + cells[`${row}.${key}`]!, 0)
      T4_GROUPS.forEach((group, g) => {
        const parts = reviews.slice(g * 4, g * 4 + 4)
        T4_COLUMNS.slice(0, -1).forEach((column, i) => (cells[`T4.${group.key}.${column.key}`] = parts[i]!))
        cells[`T4.${group.key}.total`] = parts.reduce((a, b) => a + b, 0)
      })
      formCells(edition)
        .filter((cell) => cell.table === 'T2')
        .forEach((cell, i) => (cells[cell.code] = cell.unit === '万元' ? cents / 1_000_000 : table2[i]!))
      return cells
    })
}

/** 附录样表（黄金用例 G51）。 */
export const SAMPLE = {
  R1: [12, 3, 1, 0, 2, 0, 18],
  R2: [1, 1, 0, 0, 0, 0, 2],
  'R3.1': [4, 1, 0, 0, 1, 0, 6],
  'R3.2': [1, 1, 0, 0, 0, 0, 2],
  'R3.3.4': [1, 0, 0, 0, 0, 0, 1],
  'R3.3.5': [1, 0, 0, 0, 0, 0, 1],
  'R3.3.6': [1, 1, 0, 0, 0, 0, 2],
  'R3.4.1': [2, 0, 1, 0, 0, 0, 3],
  'R3.5.1': [1, 0, 0, 0, 0, 0, 1],
  'R3.6.1': [1, 0, 0, 0, 0, 0, 1],
  'R3.6.3': [0, 0, 0, 0, 1, 0, 1],
  'R3.7': [12, 3, 1, 0, 2, 0, 18],
  R4: [1, 1, 0, 0, 0, 0, 2],
} as const
