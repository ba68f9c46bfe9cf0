import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkCells } from './report-checks.ts'
import { cellsOf, leafRows, type Edition } from './report-form.ts'
import { completeCells } from './report-totals.ts'

const KINDS = ['N', 'B', 'R', 'P', 'L', 'O'] as const

const record = (edition: Edition) =>
  fc.record({
    kind: fc.constantFrom(...KINDS),
    fresh: fc.boolean(),
    row: fc.option(fc.constantFrom(...leafRows(edition)), { nil: null }),
  })

const count = (records: readonly { kind: string; fresh: boolean; row: string | null }[]): Record<string, number> => {
  const counted: Record<string, number> = {}
  for (const { kind, fresh, row } of records)
    for (const code of [`${fresh ? 'R1' : 'R2'}.${kind}`, `${row ?? 'R4'}.${kind}`]) counted[code] = (counted[code] ?? 0) + 1
  return counted
}

test.each(['2019', '2021'] as const)('%s 版：任意台账补成的报告都满足勾稽关系', (edition) => {
  fc.assert(
    fc.property(fc.array(record(edition), { maxLength: 60 }), fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }), (records, reviews) => {
      const groups = ['rv', 'ld', 'la'].flatMap((group) => ['upheld', 'corrected', 'other', 'pending'].map((result) => `T4.${group}.${result}`))
      const table2 = Object.fromEntries(cellsOf(edition).filter((code) => code.startsWith('T2.')).map((code) => [code, 0]))
      const counted = { ...table2, ...count(records), ...Object.fromEntries(groups.map((code, i) => [code, reviews[i] ?? 0])) }
      const cells = completeCells(edition, counted)
      expect(checkCells({ edition, year: edition === '2019' ? 2020 : 2024, cells })).toEqual([])
      expect(cells['R1.T']).toBe(records.filter((one) => one.fresh).length)
      expect(cells['R3.7.T']).toBe(records.filter((one) => one.row !== null).length)
    }),
  )
})

test('没有记录即为 0；表二数不出的格留空', () => {
  const cells = completeCells('2021', {})
  expect(cells['R3.3.4.N']).toBe(0)
  expect(cells['T4.la.total']).toBe(0)
  expect(cells['T2.norm.made']).toBeNull()
})

test('2021 版的三行其他处理并入 2019 版的一行', () => {
  expect(completeCells('2019', { 'R1.N': 3, 'R3.6.1.N': 1, 'R3.6.3.N': 2 })['R3.6.N']).toBe(3)
})
