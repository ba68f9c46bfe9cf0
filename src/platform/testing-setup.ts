import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connect } from './connect.ts'
import { startPostgres } from './embedded-postgres.ts'
import { migrateJobs } from './jobs.ts'
import { silentLog } from './log.ts'
import { migrate } from './migrate.ts'
import { ownerState, readPostmaster } from './postmaster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** 管理用的连接串：可建库、删库 */
    adminUrl: string
    /** 已迁移好的模板库 */
    template: string
  }
}

// 一次测试只起一个数据库；断电也无所谓，故关掉落盘
const UNSAFE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_connections: '100',
  autovacuum: 'off',
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer()
  const template = `mc_template_${randomBytes(5).toString('hex')}`
  await makeTemplate(server.adminUrl, template).catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  project.provide('adminUrl', server.adminUrl)
  project.provide('template', template)
  return async () => {
    await admin(server.adminUrl, `drop database if exists ${template} with (force)`)
    await server.close()
  }
}

async function makeTemplate(adminUrl: string, template: string): Promise<void> {
  await admin(adminUrl, `create database ${template}`)
  const url = withDatabase(adminUrl, template)
  const { db, close } = connect(url, { max: 1, namedStatements: false, log: silentLog() })
  try {
    await migrate(db)
    await migrateJobs(url, silentLog())
  } finally {
    await close()
  }
}

async function openServer(): Promise<{ adminUrl: string; close(): Promise<void> }> {
  const given = process.env['DATABASE_URL']
  if (given) return { adminUrl: given, close: async () => {} }
  sweep()
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX))
  const server = await startPostgres({ dataDir, whenBusy: 'wait', settings: UNSAFE })
  return {
    adminUrl: server.urlOf('postgres'),
    close: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

// 被强行中断的测试留下的目录：超过一小时、已没有数据库在用的
const PREFIX = 'mc-test-'
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name)
    const owner = readPostmaster(dir)
    const old = Date.now() - (statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 3_600_000
    if (old && (!owner || ownerState(dir, owner.pid) !== 'alive')) rmSync(dir, { recursive: true, force: true })
  }
}

/** 换一个库名的连接串。 */
export const withDatabase = (url: string, database: string): string => url.replace(/^([a-z]+:\/\/[^/]*\/)[^?]*/, `$1${database}`)

/** 在管理库上执行一句。 */
export async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
