import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { toCsv } from '../platform/ledger/testing.ts'
import { testDb } from '../platform/testing.ts'
import { runCli } from '../run-command.ts'

const { db, deps, url } = testDb()
const folder = mkdtempSync(join(tmpdir(), 'mc-import-'))
const before = process.env
beforeAll(() => aDistrict(deps))
beforeEach(() => {
  process.env = { PATH: before['PATH'], DATABASE_URL: url, DATA_DIR: deps.config.dataDir, LOG_LEVEL: 'silent' }
})
afterEach(() => {
  process.env = before
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await runCli(['import', ...args], { out: (t) => void (said.out += `${t}\n`), err: (t) => void (said.err += `${t}\n`) })
  return { code, ...said }
}
const put = (name: string, rows: readonly (readonly string[])[]): string => {
  writeFileSync(join(folder, name), toCsv(rows))
  return join(folder, name)
}
const count = async (): Promise<number> => (await db.selectFrom('normative_document').select('document_id').execute()).length

const HEAD = ['文号', '文件名称', '公布日期', '有效期至']
const GOOD = [HEAD, ['示例规〔2024〕1号', '甲办法', '2024-03-01', ''], ['示例规〔2024〕2号', '乙办法', '2024年4月1日', '2029/3/31']]

test('a dry run accounts for the file and writes nothing; the import writes all; again nothing changes', async () => {
  await aBody(deps, { code: 'one', name: '示例一局' })
  const file = put('good.csv', GOOD)
  expect(await run('normative-documents', file, '--dry-run')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('共 2 行，没有问题') })
  expect(await count()).toBe(0)
  expect(await run('normative-documents', file)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('已导入 示例一局：新增 2，更新 0，未变 0') })
  expect(await run('normative-documents', file)).toMatchObject({ code: 0, out: expect.stringContaining('新增 0，更新 0，未变 2') })
  expect(await count()).toBe(2)
})

test('one wrong line: it is named with its column, value and remedy, and nothing is written', async () => {
  const before = await count()
  const file = put('bad.csv', [...GOOD, ['示例规〔2024〕3号', '丙办法', '2024-02-30', '']])
  const { code, out } = await run('normative-documents', file)
  expect(code).toBe(1)
  expect(out).toContain('第 4 行 公布日期「2024-02-30」：不是日期。写成 2024-01-31')
  expect(out).toContain('一行也没有导入')
  expect(await count()).toBe(before)
})

test('what cannot be read or was not said well ends with 2 and the reason on standard error', async () => {
  const file = put('x.csv', GOOD)
  writeFileSync(join(folder, 'x.xls'), Buffer.from('d0cf11e0a1b11ae1', 'hex'))
  expect(await run('normative-documents', join(folder, 'x.xls'))).toMatchObject({ code: 2, out: '', err: expect.stringContaining('.xlsx') })
  expect(await run('nothing', file)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('主动公开台账') })
  expect(await run('items', join(folder, 'none.csv'))).toMatchObject({ code: 2, err: expect.stringContaining('读不到文件') })
  expect(await run('items')).toMatchObject({ code: 2, err: expect.stringContaining('用法') })
  await aBody(deps, { code: 'two' })
  expect(await run('normative-documents', file)).toMatchObject({ code: 2, err: expect.stringContaining('one、two') })
  expect(await run('normative-documents', file, '--body', 'none')).toMatchObject({ code: 2, err: expect.stringContaining('none') })
})
