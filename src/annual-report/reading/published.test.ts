import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { cellsOf, T3_COLUMNS } from '../../statute/report-form.ts'
import { readReport } from './read-bytes.ts'
import type { ReadReport } from './read-report.ts'

const bytesOf = (name: string): Promise<Buffer> => readFile(new URL(`fixtures/${name}.txt`, import.meta.url))
const read = async (name: string): Promise<ReadReport> => readReport(await bytesOf(name), `${name}.txt`)
const row = (report: ReadReport, code: string) => T3_COLUMNS.map((column) => report.cells[`${code}.${column.key}`])
const T4 = (report: ReadReport) => cellsOf('2021').filter((code) => code.startsWith('T4')).map((code) => report.cells[code])
const kindsOf = (report: ReadReport) => report.notes.map((note) => [note.kind, note.line, note.code])
const Z = 0

test('武昌区城市运行管理中心 2024: two hundred noughts, thirteen rows a figure short, one row nested wrong', async () => {
  const report = await read('wuchang-2024')
  expect(Object.keys(report.cells)).toEqual(cellsOf('2021'))
  expect(new Set(Object.values(report.cells))).toEqual(new Set([0]))
  expect(report).toMatchObject({ title: '2024 年度政府信息公开工作年度报告', body: '武昌区城市运行管理中心', year: 2024, edition: '2021', format: 'txt' })
  const short = report.notes.filter((note) => note.kind === 'row-too-short')
  expect(short.map((note) => note.line)).toEqual([54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66])
  expect(short.map((note) => note.code).slice(0, 4)).toEqual(['R3.1', 'R3.2', 'R3.3.1', 'R3.3.2'])
  expect(kindsOf(report).filter(([kind]) => kind !== 'row-too-short')).toEqual([
    ['table-split', 68, 'T3'],
    ['row-nested-wrong', 77, 'R4'],
  ])
  expect(report.places['R3.1.T']).toEqual({ line: 54, raw: '', deduced: true })
  expect(report.places['R4.N']).toEqual({ line: 77, raw: '0' })
})

test('武昌: lines keep their numbers and know what they are', async () => {
  const { lines } = await read('wuchang-2024')
  const text = (await bytesOf('wuchang-2024')).toString().split('\n')
  expect(lines.map((line) => line.text)).toEqual(text)
  const of = (kind: string) => lines.filter((line) => line.kind === kind).map((line) => line.number)
  expect(of('heading')).toEqual([5, 7, 9, 13, 17, 21, 25, 45, 79, 88, 96])
  expect(of('prose')).toEqual([3, 11, 15, 19, 23, 27, 47, 81, 90, 92, 94, 98, 100, 102])
  expect(lines.filter((line) => line.table === 'T3').map((line) => line.number)).toEqual([...Array.from({ length: 18 }, (_, i) => 49 + i), ...Array.from({ length: 10 }, (_, i) => 68 + i)])
})

test('淮安市洪泽区 2023: labels over several lines, （六） in one row, totals left at nought', async () => {
  const report = await read('hongze-2023')
  expect(report).toMatchObject({ title: '2023 年政府信息公开工作年度报告', body: '洪泽区人民政府', year: 2023, edition: '2021' })
  expect(report.cells).toMatchObject({
    'T2.reg.valid': 0, 'T2.norm.made': 0, 'T2.norm.repealed': 5, 'T2.norm.valid': 5,
    'T2.license.decisions': 550, 'T2.penalty.decisions': 4119, 'T2.coercion.decisions': 195, 'T2.fee.amountWan': 7730.28,
  })
  const only = (value: number) => [value, Z, Z, Z, Z, Z, value]
  const rows = { R1: 21, R2: 0, 'R3.1': 0, 'R3.2': 4, 'R3.3.1': 1, 'R3.3.2': 0, 'R3.3.6': 1, 'R3.3.7': 1, 'R3.4.1': 10, 'R3.4.2': 3, 'R3.5.1': 1, 'R3.6.1': 0, 'R3.6.2': 0, 'R3.6.3': 0, 'R3.7': 21, R4: 0 }
  for (const [code, value] of Object.entries(rows)) expect([code, ...row(report, code)]).toEqual([code, ...only(value)])
  expect(T4(report)).toEqual([10, 1, Z, Z, Z, Z, Z, Z, Z, Z, 5, Z, Z, Z, Z])
  expect(kindsOf(report)).toEqual([
    ['label-differs', 110, 'R3.3.2'],
    ['row-merged', 133, 'R3.6'],
  ])
  expect(report.notes[0]!.message).toContain('2.其他法律行政止公开')
  expect(report.lines.filter((line) => line.kind === 'furniture').map((line) => line.number)).toEqual([27, 66, 122, 166, 177])
})

test('淮安市 2024: every cell, no note', async () => {
  const report = await read('huaian-2024')
  expect(report).toMatchObject({ body: '淮安市人民政府', year: 2024, edition: '2021', notes: [] })
  expect(cellsOf('2021').filter((code) => code.startsWith('T2')).map((code) => report.cells[code])).toEqual([1, 0, 11, 8, 26, 66, 447228, 3985758, 88283, 96171.6])
  const rows: Record<string, number[]> = {
    R1: [3001, 53, 0, 0, 61, 4, 3119], R2: [34, 0, 0, 0, 0, 0, 34],
    'R3.1': [1288, 21, 0, 0, 50, 3, 1362], 'R3.2': [447, 7, 0, 0, 0, 0, 454],
    'R3.3.1': [2, 0, 0, 0, 0, 0, 2], 'R3.3.2': [30, 1, 0, 0, 0, 0, 31], 'R3.3.3': [5, 0, 0, 0, 0, 0, 5], 'R3.3.4': [6, 0, 0, 0, 0, 0, 6],
    'R3.3.5': [7, 1, 0, 0, 0, 0, 8], 'R3.3.6': [12, 0, 0, 0, 0, 0, 12], 'R3.3.7': [9, 0, 0, 0, 0, 0, 9], 'R3.3.8': [105, 0, 0, 0, 0, 0, 105],
    'R3.4.1': [746, 12, 0, 0, 10, 1, 769], 'R3.4.2': [11, 0, 0, 0, 0, 0, 11], 'R3.4.3': [1, 0, 0, 0, 0, 0, 1],
    'R3.5.1': [56, 6, 0, 0, 0, 0, 62], 'R3.5.2': [25, 0, 0, 0, 0, 0, 25], 'R3.5.3': [0, 0, 0, 0, 0, 0, 0], 'R3.5.4': [0, 0, 0, 0, 0, 0, 0], 'R3.5.5': [1, 0, 0, 0, 0, 0, 1],
    'R3.6.1': [67, 3, 0, 0, 1, 0, 71], 'R3.6.2': [6, 0, 0, 0, 0, 0, 6], 'R3.6.3': [108, 2, 0, 0, 0, 0, 110],
    'R3.7': [2932, 53, 0, 0, 61, 4, 3050], R4: [103, 0, 0, 0, 0, 0, 103],
  }
  for (const [code, values] of Object.entries(rows)) expect([code, ...row(report, code)]).toEqual([code, ...values])
  expect(T4(report)).toEqual([72, 64, 178, 37, 351, 13, 4, 8, 1, 26, 12, 1, 1, 6, 20])
})

test('沭阳县发展和改革局 2023: a blank cell is not nought', async () => {
  const report = await read('shuyang-fgj-2023')
  expect(report).toMatchObject({ title: '沭阳县发展和改革局2023年政府信息公开年度报告', body: '沭阳县发展和改革局', year: 2023, edition: '2021' })
  expect(Object.values(report.cells).filter((value) => value === null)).toHaveLength(125)
  expect(row(report, 'R1')).toEqual([26, null, null, null, null, null, 26])
  expect(row(report, 'R3.7')).toEqual([26, null, null, null, null, null, 26])
  expect(report.places['R1.B']).toEqual({ line: 36, raw: ' ' })
  expect(report.cells).toMatchObject({ 'T2.norm.made': 8, 'T2.norm.valid': 18, 'T4.rv.pending': 1, 'T4.rv.total': 1 })
  expect(kindsOf(report)).toEqual([['label-differs', 19, 'T2.norm']])
})

test('any encoding gives the same report', async () => {
  const text = (await bytesOf('huaian-2024')).toString()
  const plain = await read('huaian-2024')
  const be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  const encodings = [Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(text, 'utf16le'), be, Buffer.from(text.replaceAll('\n', '\r\n')), gb18030(text)]
  for (const bytes of encodings) expect(await readReport(bytes, 'huaian-2024.txt')).toEqual(plain)
})

// Node 只会解 GB18030，不会编：以双字节区逐一解码得到反查表
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, number[]>()
  for (let a = 0x81; a <= 0xfe; a++) for (let b = 0x40; b <= 0xfe; b++) codes.set(decoder.decode(Buffer.from([a, b])), [a, b])
  return Buffer.from(Array.from(text).flatMap((char) => (char < '\u0080' ? [char.charCodeAt(0)] : codes.get(char)!)))
}
