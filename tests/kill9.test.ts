import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { listAudit } from '../src/audit/index.ts'
import { readConfig } from '../src/platform/config.ts'
import { silentLog } from '../src/platform/log.ts'
import { readPostmaster } from '../src/platform/postmaster.ts'
import { openRuntime } from '../src/platform/runtime.ts'
import { readMany } from '../src/platform/timeline.ts'
import { verifyTimelines } from '../src/platform/verify-timelines.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'mc-kill9-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const ENV = { DATA_DIR: dataDir, LOG_LEVEL: 'silent' }
interface Acknowledged {
  bodyId: string
  caseId: string
  key: string
}

async function writeUntilKilled(enough: number, kill: (writerPid: number) => void): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/busy-writer.ts')], {
    env: { ...ENV, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'close')
  let text = ''
  let killed = false
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    if (!killed && text.split('\n').length > enough) {
      killed = true
      kill(child.pid ?? 0)
    }
  })
  await exited
  // 最后一行可能只写了一半，未说完的不算已答应
  return text
    .split('\n')
    .slice(1, -1)
    .map((line): Acknowledged => JSON.parse(line))
}

const writerAlone = (pid: number): void => void process.kill(pid, 'SIGKILL')
const databaseToo = (pid: number): void => {
  const postmaster = readPostmaster(join(dataDir, 'postgres'))
  process.kill(postmaster?.pid ?? 0, 'SIGKILL')
  process.kill(pid, 'SIGKILL')
}

test.each([
  ['the server', writerAlone],
  ['the server and its database', databaseToo],
  ['both again', databaseToo],
])('kill -9 of %s loses nothing that was acknowledged', async (_, kill) => {
  const acknowledged = await writeUntilKilled(300, kill)
  expect(acknowledged.length).toBeGreaterThanOrEqual(299)
  const bodyId = acknowledged[0]?.bodyId ?? ''

  const runtime = await openRuntime(readConfig({ ...ENV }), silentLog(), 'server')
  try {
    const { db, files } = runtime.deps
    for (let at = 0; at < acknowledged.length; at += 500) {
      const part = acknowledged.slice(at, at + 500)
      const found = await readMany(db, { bodyId, caseIds: part.map((a) => a.caseId), stream: 'application' })
      expect(part.filter((a) => found.get(a.caseId)?.length !== 2)).toEqual([])
    }
    for (const { key } of acknowledged) expect(await files.has(key)).toBe(true)
    for (const { caseId } of acknowledged.slice(-20)) {
      expect((await listAudit(db, { bodyId, target: caseId })).entries).toHaveLength(1)
      const jobs = sql<{ n: number }>`select count(*) as n from graphile_worker._private_jobs where payload->>'caseId' = ${caseId}`
      expect((await jobs.execute(db)).rows).toEqual([{ n: 1 }])
    }
    expect(await Array.fromAsync(verifyTimelines(runtime.deps))).toEqual([])
  } finally {
    await runtime.close()
  }
})
