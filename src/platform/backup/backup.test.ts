import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { record, sealAudit, verifyAudit } from '../../audit/index.ts'
import { connect } from '../connect.ts'
import { newId } from '../id.ts'
import { enqueue, runJobsOnce } from '../jobs.ts'
import { silentLog } from '../log.ts'
import { testDb } from '../testing.ts'
import { append, read } from '../timeline.ts'
import { verifyTimelines } from '../verify-timelines.ts'
import { BadBackup, NotEmpty, restoreBackup, writeBackup } from './index.ts'

const source = testDb()
const target = testDb()
const dir = mkdtempSync(join(tmpdir(), 'mc-backup-'))
const [from, into] = [source, target].map(({ url }) => connect(url, { max: 3, namedStatements: false, log: silentLog() }))
afterAll(async () => {
  await from?.close()
  await into?.close()
  rmSync(dir, { recursive: true, force: true })
})

const restore = (path: string, force: boolean) =>
  restoreBackup({ pool: into!.pool, files: target.files, url: target.url, log: silentLog(), force }, path)
const backup = async (name: string) => {
  const path = join(dir, name)
  return { path, ...(await writeBackup({ pool: from!.pool, files: source.files, now: source.deps.clock.now() }, path)) }
}
const ref = { bodyId: newId(), caseId: newId(), stream: 'application' }
const by = { actor: 'system:test', at: source.deps.clock.now() }
const actor = { kind: 'account' as const, accountId: newId(), bodyId: ref.bodyId }
const big = randomBytes(3_000_000)

test('what was backed up comes back whole, into a fresh database', async () => {
  await append(source.db, { ...ref, expectedVersion: 0 }, [{ kind: 'received', on: '2026-01-05', text: '制表\t换行\n反斜\\引"' }], by)
  await record(source.db, actor, 'ledger.exported', ref.caseId)
  await sealAudit(source.db)
  await enqueue(source.db, 'test.note', { n: 7 }, { key: 'k' })
  const { key } = await source.files.put(big, { maxBytes: big.length })
  const made = await backup('a.tar.gz')
  expect(made.files).toBe(1)

  // 迁移自带的行也算数据，故说明是清掉重来
  await restore(made.path, true)
  expect(await read(target.db, ref)).toEqual(await read(source.db, ref))
  expect((await target.files.get(key)).equals(big)).toBe(true)
  expect(await Array.fromAsync(verifyTimelines(target.deps))).toEqual([])
  expect(await Array.fromAsync(verifyAudit(target.deps))).toEqual([])
  const foreignKeys = sql<{ n: number }>`select count(*) as n from pg_constraint where contype = 'f'`
  expect((await foreignKeys.execute(target.db)).rows).toEqual((await foreignKeys.execute(source.db)).rows)
  const done: unknown[] = []
  await runJobsOnce(target.url, target.deps, { 'test.note': async (_, payload) => void done.push(payload) })
  expect(done).toEqual([{ n: 7 }])
})

test.runIf(existsSync('/dev/full'))('a disk that is full ends the backup with that reason, and leaves nothing', async () => {
  symlinkSync('/dev/full', join(dir, 'full.tar.gz.partial'))
  await expect(backup('full.tar.gz')).rejects.toThrow('ENOSPC')
  expect(readdirSync(dir).filter((name) => name.startsWith('full'))).toEqual([])
})

test('a database with records in it is not overwritten unasked', async () => {
  const { path } = await backup('b.tar.gz')
  await append(target.db, { ...ref, caseId: newId(), expectedVersion: 0 }, [{ kind: 'received', on: '2026-01-06' }], by)
  await expect(restore(path, false)).rejects.toBeInstanceOf(NotEmpty)
  expect((await sql<{ n: number }>`select count(*) as n from timeline_event`.execute(target.db)).rows).toEqual([{ n: 2 }])
})

test.each<[string, (tar: Buffer) => Buffer]>([
  ['a changed record', (tar) => replaced(tar, '制表', '制里')],
  ['a changed file', (tar) => replaced(tar, big.subarray(100, 120), Buffer.alloc(20))],
  ['a manifest that lies', (tar) => replaced(tar, sm3(big), sm3(Buffer.from('x')))],
  ['half an archive', (tar) => tar.subarray(0, 2_000_000)],
  ['something else', () => Buffer.from('no archive at all')],
])('%s is refused and nothing is touched', async (_, tamper) => {
  const { path } = await backup('c.tar.gz')
  const before = await sql`select * from timeline_event order by case_id`.execute(target.db)
  writeFileSync(path, gzipSync(tamper(gunzipSync(readFileSync(path)))))
  await expect(restore(path, true)).rejects.toBeInstanceOf(BadBackup)
  expect((await sql`select * from timeline_event order by case_id`.execute(target.db)).rows).toEqual(before.rows)
})

test('a file that is not even gzip is refused', async () => {
  const path = join(dir, 'd.tar.gz')
  writeFileSync(path, 'plain text')
  await expect(restore(path, true)).rejects.toBeInstanceOf(BadBackup)
})

const sm3 = (content: Buffer): string => createHash('sm3').update(content).digest('hex')

function replaced(tar: Buffer, old: string | Buffer, by: string | Buffer): Buffer {
  const at = tar.indexOf(old)
  expect(at).toBeGreaterThan(0)
  const copy = Buffer.from(tar)
  Buffer.from(by).copy(copy, at)
  return copy
}

test('a big table is restored without piling up listeners', async () => {
  const events = Array.from({ length: 400 }, (_, i) => ({ kind: 'noted', on: '2026-01-05', text: randomBytes(8000).toString('hex') + i }))
  await append(source.db, { ...ref, caseId: newId(), expectedVersion: 0 }, events, by)
  const warned: string[] = []
  const hear = (warning: Error) => void warned.push(warning.name)
  process.on('warning', hear)
  await restore((await backup('big.tar.gz')).path, true)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', hear)
  expect(warned).toEqual([])
  expect(await Array.fromAsync(verifyTimelines(target.deps))).toEqual([])
})
