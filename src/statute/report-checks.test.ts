import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkCells, IDENTITIES, type CheckInput } from './report-checks.ts'
import { isBlank } from './report-checks-sums.ts'
import { cellsWith, consistentCells, SAMPLE, zeroCells } from './report-checks.testing.ts'
import { cellsOf, formCells, leafRows, type Edition } from './report-form.ts'

const EDITIONS: Edition[] = ['2019', '2021']
const check = (cells: CheckInput['cells'], more: Partial<CheckInput> = {}) =>
  checkCells({ edition: '2021', year: 2024, cells, ...more })
const named = (findings: ReturnType<typeof checkCells>) => findings.map((one) => `${one.rule} ${one.cell}`)

test('G51: the sample table passes', () => {
  expect(check(cellsWith('2021', SAMPLE))).toEqual([])
})

test('G52: one cell changed breaks its column and its row; the row mended by hand, two columns', () => {
  const cells = { ...cellsWith('2021', SAMPLE), 'R3.1.N': 5 }
  expect(named(check(cells))).toEqual(['K2 R3.7.N', 'K3 R3.1.T'])
  expect(named(check({ ...cells, 'R3.1.T': 7 }))).toEqual(['K2 R3.7.N', 'K2 R3.7.T'])
  expect(check(cells)[0]).toMatchObject({ severity: 'error', expected: '13' })
  expect(check(cells)[0]!.message).toContain('（七）总计 为 12，各办理结果之和为 13')
})

test('G53: last year left one case of a company, this year took none over', () => {
  const previous = { year: 2023, edition: '2021' as const, cells: { ...zeroCells('2021'), 'R4.B': 1 } }
  expect(named(check(zeroCells('2021'), { previous }))).toEqual(['K4 R2.B'])
  expect(check(zeroCells('2021'), { previous })[0]).toMatchObject({ severity: 'error', expected: '1' })
  expect(check(zeroCells('2021'), { previous, explained: true })[0]).toMatchObject({ severity: 'warning' })
})

test('K4 the other way: the next year is given, or a year that does not adjoin', () => {
  const cells = cellsWith('2021', { R1: [2, 0, 0, 0, 0, 0, 2], R4: [2, 0, 0, 0, 0, 0, 2] })
  const next = { year: 2025, edition: '2021' as const, cells: { ...zeroCells('2021'), 'R2.N': 3, 'R2.T': 2 } }
  expect(named(check(cells, { previous: next }))).toEqual(['K4 R4.N'])
  expect(check(zeroCells('2021'), { previous: { ...next, year: 2022 } })).toMatchObject([
    { rule: 'K4', severity: 'warning', cell: null },
  ])
})

test('K4 holds between the 2019 form and the 2021 form; K5 does not', () => {
  const previous = {
    year: 2020,
    edition: '2019' as const,
    cells: { ...zeroCells('2019'), 'T2.norm.total': 9, 'R4.N': 1 },
  }
  expect(named(check(zeroCells('2021'), { year: 2021, previous }))).toEqual(['K4 R2.N'])
})

test('G55: 3 valid last year + 1 made − 2 repealed is 2, not 3', () => {
  const previous = { year: 2023, edition: '2021' as const, cells: { ...zeroCells('2021'), 'T2.norm.valid': 3 } }
  const cells = { ...zeroCells('2021'), 'T2.norm.made': 1, 'T2.norm.repealed': 2, 'T2.norm.valid': 3 }
  expect(check(cells, { previous })).toMatchObject([
    { rule: 'K5', severity: 'warning', cell: 'T2.norm.valid', expected: '2' },
  ])
})

test('G57: a partial disclosure with secrets blacked out counts in R3.2 alone', () => {
  const counted = [
    { caseId: 'a', rows: ['R3.2'] },
    { caseId: 'b', rows: ['R3.2', 'R3.3.4'] },
  ]
  expect(check(zeroCells('2021'), { counted })).toMatchObject([
    { rule: 'K9', severity: 'error', expected: '只计入（二）部分公开' },
  ])
})

test('G58: a district body makes no regulations', () => {
  const cells = { ...zeroCells('2021'), 'T2.reg.made': 1 }
  expect(check(cells, { bodyLevel: 'district' })).toMatchObject([
    { rule: 'K15', severity: 'error', cell: 'T2.reg.made' },
  ])
  expect(check(cells, { bodyLevel: 'city' })).toEqual([])
})

test('K15: a power the body does not have', () => {
  const cells = { ...zeroCells('2021'), 'T2.penalty.decisions': 4, 'T2.license.decisions': 4 }
  expect(check(cells, { powers: { penalty: false } })).toMatchObject([
    { rule: 'K15', severity: 'warning', cell: 'T2.penalty.decisions' },
  ])
})

test('K6: 行政复议 total 0 though its parts are 11', () => {
  const cells = { ...zeroCells('2021'), 'T4.rv.upheld': 10, 'T4.rv.corrected': 1 }
  expect(check(cells)).toMatchObject([{ rule: 'K6', cell: 'T4.rv.total', expected: '11' }])
})

test('K7: halves of a case, negative counts, a fee with seven decimals, letters', () => {
  const cells = {
    ...zeroCells('2021'),
    'T2.license.decisions': 1.5,
    'T2.penalty.decisions': -1,
    'T2.fee.amountWan': 0.1234567,
    'T2.coercion.decisions': null,
  }
  const raw = { ...Object.fromEntries(cellsOf('2021').map((code) => [code, '0'])), 'T2.coercion.decisions': '若干' }
  expect(named(check(cells, { raw }))).toEqual([
    'K7 T2.license.decisions', 'K7 T2.penalty.decisions', 'K7 T2.coercion.decisions', 'K7 T2.fee.amountWan',
  ])
  expect(check({ ...zeroCells('2021'), 'T2.fee.amountWan': 7730.28 })).toEqual([])
  expect(checkCells({ edition: '2019', year: 2020, cells: { ...zeroCells('2019'), 'T2.license.change': -3 } })).toEqual([])
})

test('K8: a blank, a dash and a stroke each by itself; sums take them as 0; a cell that is not in the text is not blank', () => {
  const cells = { ...cellsWith('2021', { R1: [2, 0, 0, 0, 0, 0, 2], 'R3.1': [2, 0, 0, 0, 0, 0, 2], 'R3.7': [2, 0, 0, 0, 0, 0, 2] }) }
  const raw: Record<string, string> = Object.fromEntries(cellsOf('2021').map((code) => [code, String(cells[code])]))
  for (const [code, text] of [['R1.B', '　'], ['R1.R', '-'], ['R1.P', '／']] as const) {
    cells[code] = null
    raw[code] = text
  }
  cells['R1.O'] = null
  delete raw['R1.O']
  expect(named(check(cells, { raw }))).toEqual(['K8 R1.B', 'K8 R1.R', 'K8 R1.P'])
  expect(['', ' \u00a0', '—', '－', '/', '\\', '无'].every(isBlank)).toBe(true)
  expect(['0', '０', '1', '若干'].some(isBlank)).toBe(false)
})

test('parts that are all blank are named one by one, not added up', () => {
  const cells = cellsWith('2021', { R1: [3, 0, 0, 0, 0, 0, 3], 'R3.1': [3, 0, 0, 0, 0, 0, 3], 'R3.7': [3, 0, 0, 0, 0, 0, 3] })
  for (const column of 'NBRPLO') cells[`R3.1.${column}`] = null
  expect(named(check(cells)).filter((one) => !one.startsWith('K8'))).toEqual(['K2 R3.7.N'])
})

test('a blank total is one finding, not two', () => {
  const cells = cellsWith('2021', SAMPLE)
  cells['R1.T'] = null
  expect(named(check(cells))).toEqual(['K8 R1.T'])
})

test('其他处理 left as one row in the 2021 form still adds up', () => {
  const cells = cellsWith('2021', { R1: [2, 0, 0, 0, 0, 0, 2], 'R3.6': [2, 0, 0, 0, 0, 0, 2], 'R3.7': [2, 0, 0, 0, 0, 0, 2] })
  const raw: Record<string, string> = Object.fromEntries(Object.keys(cells).map((code) => [code, '0']))
  for (const code of cellsOf('2021').filter((each) => each.startsWith('R3.6.'))) {
    cells[code] = null
    delete raw[code]
  }
  cells['R3.6.N'] = 2
  cells['R3.6.T'] = 2
  expect(check(cells, { raw })).toEqual([])
})

test('K10: the report says 3, the records count 2', () => {
  const cells = zeroCells('2021')
  expect(check({ ...cells, 'R1.N': 3, 'R1.T': 3, 'R4.N': 3, 'R4.T': 3 }, { recount: cells }).map((one) => one.rule)).toEqual([
    'K10', 'K10', 'K10', 'K10',
  ])
})

test('K13: a refusal of 2024 sued at once', () => {
  const directSuits = [
    { caseId: 'x', replyRow: 'R3.3.7', repliedOn: '2024-01-01' },
    { caseId: 'y', replyRow: 'R3.3.8', repliedOn: '2024-05-01' },
    { caseId: 'z', replyRow: 'R3.3.1', repliedOn: '2023-12-31' },
  ]
  const found = check(zeroCells('2021'), { directSuits })
  expect(found).toHaveLength(1)
  expect(found[0]!.message).toContain('案件 x')
})

test('K14: cases pending last year that are nowhere this year', () => {
  const previous = { year: 2023, edition: '2021' as const, cells: { ...zeroCells('2021'), 'T4.la.pending': 2, 'T4.la.total': 2 } }
  const cells = { ...zeroCells('2021'), 'T4.la.upheld': 1, 'T4.la.total': 1 }
  expect(named(check(cells, { previous }))).toEqual(['K14 T4.la.total'])
})

test.each(EDITIONS)('any consistent year of the %s form has no finding', (edition) => {
  fc.assert(
    fc.property(consistentCells(edition), (cells) => {
      expect(checkCells({ edition, year: 2024, cells })).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test.each(EDITIONS)('one cell of tables 3, 4 changed in the %s form is found, by identities that contain it', (edition) => {
  const codes = formCells(edition).filter((cell) => cell.table !== 'T2').map((cell) => cell.code)
  fc.assert(
    fc.property(consistentCells(edition), fc.constantFrom(...codes), fc.integer({ min: 1, max: 99 }), (cells, code, by) => {
      const found = checkCells({ edition, year: 2024, cells: { ...cells, [code]: cells[code]! + by } })
      expect(new Set(named(found))).toEqual(new Set(identitiesOf(code, edition)))
    }),
    { numRuns: 100 },
  )
})

/** 含某一格的等式，按规则号与所记的格。 */
function identitiesOf(code: string, edition: Edition): string[] {
  const column = code.slice(code.lastIndexOf('.') + 1)
  const row = code.slice(0, code.lastIndexOf('.'))
  if (code.startsWith('T4.')) return [`K6 ${row}.total`]
  const inRow = [`K3 ${row}.T`]
  if (row === 'R3.7') return [`K1 R1.${column}`, `K2 ${code}`, ...inRow]
  if (leafRows(edition).includes(row)) return [`K2 R3.7.${column}`, ...inRow]
  return [`K1 R1.${column}`, ...inRow]
}

test('each finding tells what is wrong, what is due and how to mend it, under a listed rule', () => {
  const cells = { ...cellsWith('2021', SAMPLE), 'R3.1.N': 5, 'T4.rv.total': 1, 'R4.O': null, 'T2.reg.made': 1 }
  const previous = { year: 2023, edition: '2021' as const, cells: { ...zeroCells('2021'), 'T4.ld.pending': 1 } }
  for (const one of check(cells, { previous, bodyLevel: 'district' })) {
    expect(Object.keys(IDENTITIES)).toContain(one.rule)
    expect(one.message).toMatch(/[\d空]/)
    expect(one.expected).toBeTruthy()
    expect(one.mend).toBeTruthy()
  }
})
