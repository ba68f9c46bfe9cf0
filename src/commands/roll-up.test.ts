import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FilesRollUp } from '../annual-report/roll-up/index.ts'
import { cellsOf, HEADINGS } from '../statute/report-form.ts'
import { rollUpCommand } from './roll-up.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`../annual-report/checker/fixtures/${name}.txt`, import.meta.url))

async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await rollUpCommand.run(args, { out: (t) => void (said.out += `${t}\n`), err: (t) => void (said.err += `${t}\n`) })
  return { code, ...said }
}
const sumOf = (out: string) => JSON.parse(out) as FilesRollUp

let folder: string
const dir = async (name: string, files: readonly string[]): Promise<string> => {
  const at = join(folder, name)
  await mkdir(at)
  for (const file of files) await copyFile(fixture(file), join(at, `${file}.txt`))
  return at
}
const reportOf = (name: string, year: number, value: number) => ({
  schema: 'mingchuang/annual-report/1', title: `${name}${year}年政府信息公开工作年度报告`, body: { code: 'x', name }, year, form: '2021', edition: 1, asOf: `${year}-12-31`, datedOn: `${year}-12-31`, demo: false,
  cells: Object.fromEntries(cellsOf('2021').map((code) => [code, /^(R1|R3\.1|R3\.7)\.[NT]$/.test(code) ? value : 0])), introduction: [], parts: HEADINGS.map((heading, i) => ({ heading, blocks: i > 0 && i < 4 ? [{ kind: 'form', table: `T${i + 1}` }] : [] })), items: { total: 0, byKind: [] }, correctionReason: null,
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roll-up-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a folder of JSON reports: each is added, nothing wrong, exit 0', async () => {
  const at = await dir('clean', [])
  await writeFile(join(at, 'a.json'), JSON.stringify(reportOf('甲区人民政府', 2024, 3)))
  await writeFile(join(at, 'b.json'), JSON.stringify(reportOf('乙区人民政府', 2024, 4)))
  const { code, out, err } = await run(at, '--json')
  expect([code, err]).toEqual([0, ''])
  expect(sumOf(out)).toMatchObject({ year: 2024, form: '2021', cells: { 'R1.T': 7, 'R3.1.N': 7, 'R4.T': 0 }, unknown: [], findings: [] })
})

test('every file has its account: summed, another year, the same body twice, not readable', async () => {
  const at = await dir('mixed', ['huaian-2024', 'wuchang-2024', 'hongze-2023'])
  await copyFile(fixture('huaian-2024'), join(at, 'huaian-copy.txt'))
  await writeFile(join(at, 'junk.pdf'), '%PDF-1.7 not really')
  await writeFile(join(at, 'notes.md'), 'notes')
  const { code, out, err } = await run(at, '--json')
  expect(code).toBe(2)
  expect(err).toContain('notes.md：不是能读的文件')
  const { files, cells, year } = sumOf(out)
  expect(year).toBe(2024)
  expect(files.map(({ file, result }) => [file.slice(at.length + 1), result])).toEqual([
    ['hongze-2023.txt', 'other-year'],
    ['huaian-2024.txt', 'summed'],
    ['huaian-copy.txt', 'same-body'],
    ['junk.pdf', 'unreadable'],
    ['wuchang-2024.txt', 'summed'],
  ])
  expect(cells['R1.N']).toBeGreaterThan(2000)
})

test('a sum of others is not added to them, a folder inside is not passed over in silence', async () => {
  const at = await dir('sums', [])
  await writeFile(join(at, 'a.json'), JSON.stringify(reportOf('甲局', 2024, 3)))
  const sum = reportOf('甲区', 2024, 3)
  await writeFile(join(at, 'b.json'), JSON.stringify({ ...sum, title: `${sum.title}汇总` }))
  await mkdir(join(at, '乙局'))
  const { code, out, err } = await run(at, '--json')
  expect([code, sumOf(out).cells['R1.T'], sumOf(out).files.map(({ result }) => result)]).toEqual([1, 3, ['summed', 'is-sum']])
  expect(err).toContain('里面的 1 个文件夹没有看')
})

test('in words: how many, who was left out and why; exit 1', async () => {
  const at = await dir('words', ['huaian-2024', 'hongze-2023'])
  const { code, out } = await run(at, '--year', '2024')
  expect(code).toBe(1)
  expect(out).toContain('2024 年度，2021 版格式：2 个文件，加进来 1 个')
  expect(out).toContain('没有加')
  expect(out).toContain('是 2023 年度的，汇总的是 2024 年度')
})

test('a blank cell is never 0: the sum is unknown there, and by whom is said', async () => {
  const at = await dir('blank', ['shuyang-fgj-2023', 'hongze-2023'])
  const { code, out } = await run(at, '--json')
  expect(code).toBe(1)
  const { cells, unknown } = sumOf(out)
  expect(cells['R1.B']).toBeNull()
  expect(unknown.find((one) => one.code === 'R1.B')?.who).toEqual(['沭阳县发展和改革局'])
})

test.each([[[]], [['--wat']], [['a', 'b']], [['--year', '1999']], [['/nowhere/at/all']]])('arguments %j: said on stderr, exit 2', async (args) => {
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).not.toBe('')
})
