import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../src/platform/config.ts'
import { silentLog } from '../src/platform/log.ts'
import { readPostmaster } from '../src/platform/postmaster.ts'
import { openRuntime } from '../src/platform/runtime.ts'
import { testDb } from '../src/platform/testing.ts'
import { serve, servedApp } from '../src/serve.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'mc-away-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const { db, deps, url } = testDb()

const LEAKS = /\bat .*:\d+:\d+|postgres|ECONN|ENOENT|\/tmp|\.sock/i

test('the database killed under the server: a clear answer meanwhile, the same address works again by itself', async () => {
  const runtime = await openRuntime(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), silentLog(), 'server')
  try {
    await runtime.migrate()
    const app = servedApp(runtime, null)
    expect((await app.request('/annual-reports')).status).toBe(200)
    process.kill(readPostmaster(join(dataDir, 'postgres'))?.pid ?? 0, 'SIGKILL')
    const statuses = new Set<number>()
    for (let tried = 0; tried < 600; tried++) {
      const [page, desk, ready] = await Promise.all([app.request('/annual-reports'), app.request('/desk', { headers: { cookie: 'mc=x' } }), app.request('/readyz')])
      for (const response of [page, desk]) {
        statuses.add(response.status)
        const text = await response.text()
        expect(text).not.toMatch(LEAKS)
        if (response.status === 503) expect(text).toContain('数据库暂时连不上')
      }
      if (statuses.has(503) && page.status === 200 && ready.status === 200) break
      await sleep(50)
    }
    expect(statuses).toEqual(new Set([503, 200, 303]))
    expect((await app.request('/readyz')).status).toBe(200)
  } finally {
    await runtime.close()
  }
  expect(readPostmaster(join(dataDir, 'postgres'))).toBeNull()
}, 120_000)

test('a port already taken ends the start, and nothing of it goes on running', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const config = readConfig({ DATABASE_URL: url, DATA_DIR: deps.config.dataDir, PORT: String(port), MINGCHUANG_MODE: 'production', SECRET_KEY: randomBytes(32).toString('base64'), LOG_LEVEL: 'silent' })
  await expect(serve(config, silentLog(), () => {})).rejects.toThrow('EADDRINUSE')
  const left = sql<{ n: number }>`select count(*) as n from pg_stat_activity where datname = current_database() and application_name = 'mingchuang-jobs'`
  let jobs = -1
  for (let tried = 0; tried < 100 && jobs !== 0; tried++, await sleep(50)) jobs = (await left.execute(db)).rows[0]?.n ?? -1
  expect(jobs).toBe(0)
  taken.close()
})
