import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startPostgres } from './embedded-postgres.ts'
import type { LaunchMode } from './postgres-launch.ts'
import { readPostmaster } from './postmaster.ts'

const dirs: string[] = []
const aDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'mc-pg-'))
  dirs.push(dir)
  return join(dir, 'postgres')
}
afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true, force: true })))

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T & pg.QueryResultRow>(text)).rows
  } finally {
    await client.end()
  }
}

test('records outlive a restart; a second process joins the running server and leaves it running', async () => {
  const dataDir = aDir()
  const first = await startPostgres({ dataDir, whenBusy: 'wait' })
  await ask(first.urlOf('postgres'), 'create table kept (n int)')
  const second = await startPostgres({ dataDir, whenBusy: 'adopt' })
  expect(second.adopted).toBe(true)
  await ask(second.urlOf('postgres'), 'insert into kept values (7)')
  await second.stop()
  expect(await ask(first.urlOf('postgres'), 'select n from kept')).toEqual([{ n: 7 }])
  await first.stop()
  const again = await startPostgres({ dataDir, whenBusy: 'wait' })
  expect(await ask(again.urlOf('postgres'), 'select n from kept')).toEqual([{ n: 7 }])
  const [settings] = await ask<Record<string, string>>(again.urlOf('postgres'), `select current_setting('fsync') as fsync, current_setting('listen_addresses') as listens`)
  expect(settings).toEqual({ fsync: 'on', listens: '' })
  await again.stop()
})

test('a server whose owner was killed goes too, and the next start waits for it', async () => {
  const dataDir = aDir()
  const script = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))})
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, whenBusy: 'wait' })
    process.stdout.write('up')`
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(owner.stdout, 'data')
  owner.kill('SIGKILL')
  const next = await startPostgres({ dataDir, whenBusy: 'wait' })
  expect(next.adopted).toBe(false)
  expect(await ask(next.urlOf('postgres'), 'select 1 as n')).toEqual([{ n: 1 }])
  await next.stop()
})

test('what is left of a crash does not stop the start: a stale lock, a half-made directory', async () => {
  const dataDir = aDir()
  mkdirSync(join(dataDir, 'base'), { recursive: true })
  const first = await startPostgres({ dataDir, whenBusy: 'wait' })
  await ask(first.urlOf('postgres'), 'create table kept ()')
  await first.stop()
  // 那个号如今属于一个不相干的进程：就是我们自己
  writeFileSync(join(dataDir, 'postmaster.pid'), `${process.ppid}\n${dataDir}\n1\n5432\n${dataDir}\n\n\nready\n`)
  const again = await startPostgres({ dataDir, whenBusy: 'adopt' })
  expect(again.adopted).toBe(false)
  expect(await ask(again.urlOf('postgres'), 'table kept')).toEqual([])
  await again.stop()
  expect(readPostmaster(dataDir)).toBeNull()
})

test('two that start at the same moment: one runs it, the other finds it running', async () => {
  const dataDir = aDir()
  await (await startPostgres({ dataDir, whenBusy: 'wait' })).stop()
  const both = await Promise.all([startPostgres({ dataDir, whenBusy: 'adopt' }), startPostgres({ dataDir, whenBusy: 'adopt' })])
  expect(both.filter((server) => server.adopted)).toHaveLength(1)
  for (const server of both) expect(await ask(server.urlOf('postgres'), 'select 1 as n')).toEqual([{ n: 1 }])
  for (const server of both.toSorted((a) => (a.adopted ? -1 : 1))) await server.stop()
})

test('another major is told apart, not touched', async () => {
  const dataDir = aDir()
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'PG_VERSION'), '14\n')
  await expect(startPostgres({ dataDir, whenBusy: 'wait' })).rejects.toThrow('属 PostgreSQL 14')
})

test('a deep data directory gets a short socket directory', async () => {
  const dataDir = join(aDir(), 'x'.repeat(100))
  const server = await startPostgres({ dataDir, whenBusy: 'wait' })
  const socketDir = readPostmaster(dataDir)?.socketDir ?? ''
  expect(socketDir).not.toBe(dataDir)
  expect(await ask(server.urlOf('postgres'), 'select 1 as n')).toEqual([{ n: 1 }])
  await server.stop()
  expect(existsSync(socketDir)).toBe(false)
})

const isRoot = process.getuid?.() === 0
const debian = '/usr/lib/postgresql/15/bin'
const others: [string, { mode?: LaunchMode; pgBin?: string }, boolean][] = [
  ['as nobody where user namespaces are refused', { mode: 'setuid' }, isRoot],
  ['the distribution’s own', { pgBin: debian }, existsSync(debian)],
]
test.each(others.filter(([, , possible]) => possible))('%s', async (_, how) => {
  const dataDir = aDir()
  const server = await startPostgres({ dataDir, whenBusy: 'wait', ...how })
  dirs.push(realpathSync(dataDir))
  expect(await ask(server.urlOf('postgres'), `select lower('Ä') = 'ä' as ok`)).toEqual([{ ok: true }])
  await server.stop()
})
