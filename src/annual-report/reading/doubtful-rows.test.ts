import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formTable } from '../../statute/report-table.ts'
import { displayWidth } from './fold.ts'
import { readReport } from './read-bytes.ts'
import { aReportText, atEnd, consistentNumbers, spread, tabs, type Numbers, type Shape } from './testing.ts'

const read = (text: string) => readReport(Buffer.from(text), 'report.txt')
const RUNS = { numRuns: 8, endOnFailure: true }
const base: Numbers = fc.sample(consistentNumbers('2021'), { numRuns: 1, seed: 11 })[0]!

// 只改表 3 的某几行
const withRows = (change: (row: string[], index: number) => string): Shape => (rows, table) =>
  table === 'T3' ? spread(rows).map((row, index) => change(row, index)) : tabs(rows, table)
const labelOf = (row: readonly string[]) => row.slice(0, 3).filter((text) => text !== '').at(-1) ?? ''
const padded = (text: string) => text + ' '.repeat(Math.max(2, 80 - displayWidth(text)))
const zero: Numbers = Object.fromEntries(Object.keys(base).map((code) => [code, 0]))

test('26000002 6: read by the total, and said so', async () => {
  const numbers = { ...zero, 'R1.N': 26, 'R1.T': 26, 'R3.1.N': 26, 'R3.1.T': 26, 'R3.7.N': 26, 'R3.7.T': 26 }
  const glued = withRows((row) => `${labelOf(row)} ${row.slice(3).join('').replace(/(\d)$/, ' $1')}`)
  const report = await read(aReportText(numbers, '2021', glued))
  expect(report.cells).toEqual(numbers)
  expect(report.notes.filter((note) => note.code === 'R1')).toEqual([
    { kind: 'digits-run-together', line: expect.any(Number), code: 'R1', message: '「一、本年新收政府信息公开申请数量」的数字连写为「26000002 6」，按合计的勾稽关系断开为 26、0、0、0、0、0、26' },
  ])
})

test('one way to break the digits: read as it stands, though the total is wrong', async () => {
  const report = await read(aReportText({ ...zero, 'R3.1.T': 5 }, '2021', withRows((row) => `${labelOf(row)} ${row.slice(3).join('')}`)))
  expect(report.cells).toMatchObject({ 'R3.1.N': 0, 'R3.1.O': 0, 'R3.1.T': 5 })
})

test('two ways that both add up: the columns settle it where they can, else a blank that names the readings', async () => {
  const numbers = { ...zero, 'R3.1.N': 1, 'R3.1.B': 1, 'R3.1.R': 11, 'R3.1.T': 13 }
  const glue = withRows((row) => (labelOf(row).includes('予以公开') ? `${labelOf(row)} ${row.slice(3).join('')}` : row.join('\t')))
  const totals = { 'R3.7.N': 1, 'R3.7.B': 1, 'R3.7.R': 11, 'R3.7.T': 13, 'R1.N': 1, 'R1.B': 1, 'R1.R': 11, 'R1.T': 13 }
  expect((await read(aReportText({ ...numbers, ...totals }, '2021', glue))).cells).toEqual({ ...numbers, ...totals })
  const open = await read(aReportText(numbers, '2021', glue))
  expect(open.cells).toMatchObject({ 'R3.1.N': null, 'R3.1.B': null, 'R3.1.R': null, 'R3.1.P': null, 'R3.1.L': 0, 'R3.1.T': 13 })
  expect(open.notes).toEqual([{ kind: 'digits-run-together', line: expect.any(Number), code: 'R3.1', message: expect.stringContaining('可读为 1、1、1、10、0、0、13，或 1、1、11、0、0、0、13') }])
})

const LAYOUTS: Record<string, (row: string[]) => string[]> = {
  'covered cells in place': (row) => row,
  'covered cells at the end': (row) => atEnd(row),
}

test.each(Object.keys(LAYOUTS))('a lost column is deduced or left blank, never wrong: %s', async (layout) => {
  const lost = withRows((row, index) => LAYOUTS[layout]!(index > 4 && index < 18 ? row.slice(0, -1) : row).join('\t'))
  await fc.assert(
    fc.asyncProperty(consistentNumbers('2021'), async (numbers) => {
      const report = await read(aReportText(numbers, '2021', lost))
      for (const [code, value] of Object.entries(report.cells)) if (value !== null) expect([code, value]).toEqual([code, numbers[code]])
      expect(report.notes.filter((note) => note.kind === 'row-too-short')).toHaveLength(13)
    }),
    RUNS,
  )
})

test.each(Object.keys(LAYOUTS))('blank cells stay blank, in their places: %s', async (layout) => {
  const shape = withRows((row) => LAYOUTS[layout]!(row).join('\t'))
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(4)), async (draws) => {
      const holes = Object.keys(base).filter((code) => /^R.*[A-S]$/.test(code) && draws.next().value === 0)
      const report = await read(aReportText({ ...base, ...(Object.fromEntries(holes.map((code) => [code, ''])) as unknown as Numbers) }, '2021', shape))
      expect(report.cells).toEqual({ ...base, ...Object.fromEntries(holes.map((code) => [code, null])) })
    }),
    RUNS,
  )
})

test('blank cells among spaces are placed by their columns', async () => {
  const numbers = { ...zero, 'R3.2.P': 7, 'R3.2.T': 7 }
  const shape = withRows((row) => padded(labelOf(row)) + row.slice(3).map((text) => (labelOf(row).includes('部分公开') && text === '0' ? '' : text).padStart(9)).join(''))
  const report = await read(aReportText(numbers, '2021', shape))
  const blank = ['N', 'B', 'R', 'L', 'O'].map((column) => [`R3.2.${column}`, null])
  expect(report.cells).toEqual({ ...numbers, ...Object.fromEntries(blank) })
  expect(report.notes).toMatchObject([{ kind: 'row-too-short', code: 'R3.2', message: expect.stringContaining('按各列的位置') }])
})

test('marks and blanks are not nought; full-width, thousands and inner spaces are numbers', async () => {
  const written: Record<string, string> = { 'R1.N': '１２', 'R1.B': '-', 'R1.R': '／', 'R1.P': ' ', 'R1.L': '3,001', 'R1.O': '1 024', 'R1.T': '无' }
  const rows = formTable('2021', 'T3', (code) => ({ text: written[code] ?? '0' }))
  const report = await read(aReportText(zero, '2021', (own, table) => tabs(table === 'T3' ? rows : own, table)))
  expect(Object.keys(written).map((code) => report.cells[code])).toEqual([12, null, null, null, 3001, 1024, null])
  expect(report.places['R1.R']).toMatchObject({ raw: '／' })
})

// 各格一行；空着的格不见
const lines: Shape = (rows) => rows.flatMap((row) => row.map((cell) => cell.text).filter((text) => text !== ''))
const blanked = (codes: readonly string[], numbers = base): Numbers => ({ ...numbers, ...(Object.fromEntries(codes.map((code) => [code, ''])) as unknown as Numbers) })
const neverWrong = (cells: Readonly<Record<string, number | null>>, numbers: Numbers) => {
  for (const [code, value] of Object.entries(cells)) if (value !== null) expect([code, value]).toEqual([code, numbers[code]])
}

test('one cell a line: a row left empty does not take the figures of a later row', async () => {
  const empty = Object.keys(base).filter((code) => code.startsWith('R3.3.'))
  const { cells } = await read(aReportText(blanked(empty), '2021', lines))
  neverWrong(cells, blanked(empty))
  expect(cells).toMatchObject({ 'R3.3.1.N': null, 'R3.4.1.N': base['R3.4.1.N'], 'R3.4.1.T': base['R3.4.1.T'] })
})

test.each(['lines', 'one line'])('figures apart are not joined and broken anew: %s', async (name) => {
  const numbers = { ...zero, 'R3.1.N': 258, 'R3.1.B': 12, 'R3.1.L': 1, 'R3.1.O': 1, 'R3.1.T': 272 }
  const holes = blanked(['R3.1.R', 'R3.1.P', 'R3.1.T'], numbers)
  const { cells } = await read(aReportText(holes, '2021', name === 'lines' ? lines : (rows) => rows.map((row) => row.map((cell) => cell.text).join(' '))))
  expect(cells['R3.1.N']).toBeNull()
  neverWrong(cells, holes)
})

test('totals left blank, the covered cells in place: the blanks are the totals', async () => {
  const totals = Object.keys(base).filter((code) => /^R.*T$/.test(code))
  const { cells } = await read(aReportText(blanked(totals), '2021', withRows((row) => row.join('\t'))))
  expect(cells).toEqual({ ...base, ...Object.fromEntries(totals.map((code) => [code, null])) })
})

test('one cell too many and blanks at both ends: no guess', async () => {
  const numbers = { ...zero, 'R3.1.N': 258, 'R3.1.B': 12 }
  const bar = withRows((row) => (row[1] === '（一）予以公开' ? `三、本年度办理结果\t（一）予以公开\t\t258\t12\t\t\t1\t1\t` : row.filter((text, index) => index > 2 || text !== '').join('\t')))
  const { cells, notes } = await read(aReportText(numbers, '2021', bar))
  expect(cells).toMatchObject({ 'R3.1.N': null, 'R3.1.B': null, 'R3.1.T': null })
  expect(notes).toMatchObject([{ kind: 'row-too-long', code: 'R3.1', message: expect.stringContaining('可读为 空、258、12') }])
})

test('spaces that line nothing up place nothing', async () => {
  const numbers = { ...zero, 'R3.2.P': 7, 'R3.2.T': 7 }
  const shape = withRows((row) => row.filter((text) => text !== '' && !(labelOf(row).includes('部分公开') && text === '0')).join('    '))
  const { cells } = await read(aReportText(numbers, '2021', shape))
  expect(cells).toMatchObject({ 'R3.2.P': null, 'R3.2.T': 7 })
  neverWrong(cells, numbers)
})

test('a repeated head in mid-table is passed over and told', async () => {
  const torn: Shape = (rows, table) => {
    const lines = tabs(rows, table)
    return table === 'T3' ? [...lines.slice(0, 14), '', '- 3 -', '', ...lines.slice(0, 3), ...lines.slice(14)] : lines
  }
  const report = await read(aReportText(base, '2021', torn))
  expect(report.cells).toEqual(base)
  expect(report.notes).toMatchObject([{ kind: 'table-split', code: 'T3' }])
})

test('（六） in one row that is not nought leaves its three parts unknown', async () => {
  const numbers = { ...zero, 'R3.6.3.N': 2, 'R3.6.3.T': 2 }
  const merged = (rows: Parameters<Shape>[0], table: Parameters<Shape>[1]) =>
    tabs(rows, table).flatMap((line) => (/^2\.申请人逾期|^（六）/.test(line) ? [] : [line.replace(/^3\.其他/, '（六）其他处理')]))
  const report = await read(aReportText(numbers, '2021', merged))
  expect(report.cells).toMatchObject({ 'R3.6.1.N': null, 'R3.6.2.N': null, 'R3.6.3.N': null, 'R3.6.1.B': 0, 'R3.6.3.T': null })
  expect(report.notes).toMatchObject([{ kind: 'row-merged', code: 'R3.6', message: expect.stringContaining('无从得知') }])
})

test('a missing table and a missing row are told', async () => {
  const report = await read(aReportText(base, '2021', (rows, table) => (table === 'T4' ? ['本年度无行政复议、诉讼。'] : tabs(rows, table).filter((line) => !line.startsWith('2.重复申请')))))
  expect(report.notes.map((note) => [note.kind, note.code])).toEqual(expect.arrayContaining([['table-missing', 'T4'], ['label-missing', 'R3.5.2']]))
  expect(report.cells['R3.5.2.N']).toBeNull()
  expect(report.cells['R3.5.3.N']).toBe(base['R3.5.3.N'])
})
