import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { record, sealAudit } from './audit/index.ts'
import { newId } from './platform/id.ts'
import { testDb } from './platform/testing.ts'
import { append } from './platform/timeline.ts'
import { runCli } from './run-command.ts'

const { db, deps, url } = testDb()
const dir = mkdtempSync(join(tmpdir(), 'mc-cli-'))
const before = { ...process.env }
// 测试工具自己设了 BASE_URL 之类，故从头来
beforeEach(() => {
  process.env = { PATH: before['PATH'], DATABASE_URL: url, DATA_DIR: deps.config.dataDir, LOG_LEVEL: 'silent' }
})
afterAll(() => {
  process.env = before
  rmSync(dir, { recursive: true, force: true })
})

async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await runCli(args, { out: (t) => void (said.out += `${t}\n`), err: (t) => void (said.err += `${t}\n`) })
  return { code, ...said }
}

test.each([[[]], [['no-such']], [['constructor']]])('%j: the usage, nothing on standard output, exit 2', async (args) => {
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([2, ''])
  for (const name of ['due', 'verify', 'backup', 'restore', 'migrate', 'serve', 'worker', 'seed']) expect(err).toContain(`  ${name}`)
})

test('a wrong setting stops a command and is named', async () => {
  process.env['DATABASE_URL'] = 'mysql://x'
  expect(await run('verify')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('DATABASE_URL') })
})

test('a database that is not there is told in words', async () => {
  process.env['DATABASE_URL'] = 'postgres://nobody@127.0.0.1:1/none'
  expect(await run('verify')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('未能完成') })
})

test('migrate says when there is nothing to do', async () => {
  expect(await run('migrate')).toEqual({ code: 0, out: '已是最新\n', err: '' })
})

test('verify names the first bad place and exits 1; backup then restore brings the good state back', async () => {
  const ref = { bodyId: newId(), caseId: newId(), stream: 'test-case' }
  const by = { actor: 'system:test', at: deps.clock.now() }
  await append(db, { ...ref, expectedVersion: 0 }, [{ kind: 'received', on: '2026-01-05' }], by)
  await record(db, { kind: 'account', accountId: newId(), bodyId: ref.bodyId }, 'ledger.exported', ref.caseId)
  await sealAudit(db)
  expect(await run('verify', '--json')).toMatchObject({ code: 0, out: expect.stringContaining('"ok":true') })
  const file = join(dir, 'backup.tar.gz')
  expect(await run('backup', file)).toMatchObject({ code: 0, err: '' })

  await sql`update timeline_event set on_day = '2026-01-04' where case_id = ${ref.caseId}`.execute(db)
  await sql`update audit_event set target = 'x' where body_id = ${ref.bodyId}`.execute(db)
  const broken = await run('verify')
  expect(broken.code).toBe(1)
  expect(broken.out).toContain(`${ref.bodyId}/${ref.caseId} 第 1 条`)
  expect(broken.out).toContain(`留痕 ${ref.bodyId} 第 1 块`)

  expect(await run('restore', file)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--force') })
  expect(await run('restore', file, '--force')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('时间线：无误') })
  expect(await run('verify')).toMatchObject({ code: 0 })
})

test.each([['backup'], ['restore']])('%s without a file: its usage, exit 2', async (name) => {
  expect(await run(name)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('FILE') })
  expect(await run(name, 'a', 'b')).toMatchObject({ code: 2 })
})
