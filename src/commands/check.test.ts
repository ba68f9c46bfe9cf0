import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellsOf } from '../statute/report-form.ts'
import { check, type CheckedReport } from './check.ts'

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../annual-report/checker/fixtures/${name}.txt`, import.meta.url))

async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await check.run(args, { out: (t) => void (said.out += `${t}\n`), err: (t) => void (said.err += `${t}\n`) })
  return { code, ...said }
}
const reportsOf = (out: string) => (JSON.parse(out) as { reports: CheckedReport[] }).reports

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a report without errors: exit 0, all 200 cells in form order', async () => {
  const { code, out, err } = await run(fixture('huaian-2024'), '--json')
  expect([code, err]).toEqual([0, ''])
  const [report] = reportsOf(out)
  expect(report).toMatchObject({ file: fixture('huaian-2024'), body: '淮安市人民政府', year: 2024, form: '2021', findings: [] })
  expect(Object.keys(report!.cells)).toEqual(cellsOf('2021'))
  expect(report!.cells).toMatchObject({ 'R1.T': 3119, 'R3.6.1.N': 67, 'T2.fee.amountWan': 96171.6, 'T4.la.total': 20 })
})

test('errors: exit 1; a blank cell is null', async () => {
  const { code, out } = await run('--json', fixture('shuyang-fgj-2023'))
  expect(code).toBe(1)
  const [report] = reportsOf(out)
  expect(report!.cells).toMatchObject({ 'R1.N': 26, 'R1.B': null })
  expect(report!.findings.find((one) => one.cell === 'R1.B')).toMatchObject({ rule: 'K8', severity: 'error', line: 36 })
})

test('unreadable files: exit 2, each said on stderr, the others still checked, stdout still JSON', async () => {
  const junk = join(folder, 'junk.pdf')
  await writeFile(junk, '%PDF-1.7 not really')
  const { code, out, err } = await run(junk, fixture('hongze-2023'), join(folder, 'nowhere.txt'), folder, '--json')
  expect(code).toBe(2)
  expect(reportsOf(out).map((report) => report.year)).toEqual([2023])
  expect(err).toContain('junk.pdf：')
  expect(err).toContain('nowhere.txt：没有这个文件')
  expect(err).toContain(`${folder}：是文件夹`)
})

test('last year beside this year: what was carried over is checked', async () => {
  const { code, out } = await run(fixture('wuchang-2024'), '--previous', fixture('shuyang-fgj-2023'), '--json')
  expect(code).toBe(1)
  const found = reportsOf(out)[0]!.findings.filter((one) => ['K4', 'K5', 'K14'].includes(one.rule))
  expect(found).toMatchObject([
    { rule: 'K4', severity: 'warning', cell: null, message: expect.stringContaining('沭阳县发展和改革局') as string },
    { rule: 'K5', cell: 'T2.norm.valid', expected: '18' },
    { rule: 'K14', cell: 'T4.rv.total' },
  ])
})

test('an unreadable previous report is said, and the report checked without it', async () => {
  const { code, out, err } = await run(fixture('huaian-2024'), '--previous', join(folder, 'gone.txt'), '--json')
  expect(code).toBe(2)
  expect(err).toContain('gone.txt')
  expect(reportsOf(out)).toHaveLength(1)
})

test('in words: grouped, with lines, what is due and how to mend it', async () => {
  const { code, out } = await run(fixture('hongze-2023'))
  expect(code).toBe(1)
  expect(out).toContain('洪泽区人民政府，2023 年度，2021 版格式')
  expect(out).toContain('【错误】K6')
  expect(out).toContain('总计 为 0，结果维持 10＋结果纠正 1＋其他结果 0＋尚未审结 0＝11')
  expect(out).toContain('应当：11')
  expect(out.indexOf('【错误】')).toBeLessThan(out.indexOf('【提醒】'))
})

test.each([[[]], [['--wat', 'x']], [['--json']]])('arguments %j: usage on stderr, exit 2', async (args) => {
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('用法：check')
})
