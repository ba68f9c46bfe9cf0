import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { testDb } from './platform/testing.ts'
import { serve } from './serve.ts'

const { db, deps } = testDb()

test('it starts, tells where it is, answers for its health, and stops clean', async () => {
  const said: string[] = []
  const { port, stop } = await serve({ ...deps.config, port: 0, mode: 'production' }, deps.log, (line) => said.push(line))
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
  expect(said.join('\n')).toContain(`http://localhost:${port}/`)
  expect((await get('/healthz')).status).toBe(200)
  expect(await (await get('/readyz')).json()).toEqual({ ok: true, checks: { database: 'ok', migrations: 'ok', jobs: 'ok' } })
  expect((await get('/no-such-page')).status).toBe(404)
  const metrics = await (await get('/metrics')).text()
  expect(metrics).toContain('http_request_duration_seconds_count{method="GET",route="/healthz",status="200"} 1')
  expect(metrics).toContain('db_pool_connections{state="total"}')
  expect(metrics).toContain('jobs{state="waiting"}')
  expect(metrics).toContain('mail{state="waiting"} 0')
  expect(metrics).toContain('mail{state="failed"} 0')
  expect((await get('/metrics', { 'X-Forwarded-For': '203.0.113.9' })).status).toBe(404)

  await sql`update schema_migration set checksum = 'other' where name like '0001%'`.execute(db)
  const notReady = await get('/readyz')
  expect(notReady.status).toBe(503)
  expect(await notReady.json()).toMatchObject({ ok: false, checks: { database: 'ok', migrations: 'fail' } })
  await stop()
  await expect(get('/healthz')).rejects.toThrow()
})
