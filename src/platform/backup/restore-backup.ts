import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { CopyStreamQuery } from 'pg-copy-streams'
import { overClient } from '../connect.ts'
import type { Db } from '../db.ts'
import type { FileStore } from '../files.ts'
import { migrateJobs } from '../jobs.ts'
import type { Log } from '../log.ts'
import { listMigrations, migrate } from '../migrate.ts'
import { BadBackup, JOBS_PART } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { checkBackup, readParts } from './read-backup.ts'
import { columnList, listForeignKeys, listTables, quoted } from './schema.ts'
import type { TableShape } from './schema.ts'

export interface RestoreInto {
  pool: Pool
  files: FileStore
  url: string
  log: Log
  /** 库里已有数据也清掉重来 */
  force: boolean
}

/** 库里已有数据而没有说 --force。 */
export class NotEmpty extends Error {
  override name = 'NotEmpty'
}

const MAX_FILE = 4 * 1024 * 1024 * 1024

/**
 * 恢复：先通读核对整个备份，再在一个事务里建表装数据，然后迁移到最新；不成则库如未动。
 * 库须为空，或 force。文件按内容寻址，先放好，多放了无害。
 */
export async function restoreBackup(into: RestoreInto, path: string): Promise<Manifest> {
  const manifest = await checkBackup(path)
  const migrations = await knownMigrations(manifest)
  await restoreFiles(into.files, path)
  await inTransaction(into.pool, async (client, db) => {
    await clear(client, into.force)
    await migrate(db, migrations)
    await load(client, manifest, path)
    await migrate(db)
  })
  await migrateJobs(into.url, into.log)
  await inTransaction(into.pool, (client) => loadJobs(client, path))
  return manifest
}

async function knownMigrations(manifest: Manifest) {
  const ours = await listMigrations()
  return manifest.migrations.map(({ name, checksum }) => {
    const known = ours.find((each) => each.name === name)
    if (known?.checksum !== checksum) throw new BadBackup(`备份来自另一版本的程序（迁移 ${name} 不同），请用备份时的版本恢复`)
    return known
  })
}

async function restoreFiles(files: FileStore, path: string): Promise<void> {
  for await (const { name, content } of readParts(path)) {
    if (!name.startsWith('files/')) {
      await skip(content)
      continue
    }
    const { key } = await files.put(content, { maxBytes: MAX_FILE })
    if (`files/${key}` !== name) throw new BadBackup(`文件 ${name} 的内容与其名不符`)
  }
}

// 迁移与装数据须在同一个事务、同一条连接上
async function inTransaction(pool: Pool, work: (client: PoolClient, db: Db) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  const db = overClient(client)
  try {
    await db.transaction().execute((tx) => work(client, tx))
  } finally {
    client.release(true)
  }
}

async function clear(client: PoolClient, force: boolean): Promise<void> {
  const tables = await listTables(client)
  if (!force)
    for (const { name } of tables) {
      const { rows } = await client.query(`select 1 from public.${quoted(name)} limit 1`)
      if (rows.length > 0) throw new NotEmpty(`库里已有数据（${name}）；确要清掉重来，请加 --force`)
    }
  const all = [...tables.map((table) => table.name), 'schema_migration']
  for (const name of all) await client.query(`drop table if exists public.${quoted(name)} cascade`)
  const { rows } = await client.query(`select to_regclass('graphile_worker._private_jobs') is not null as there`)
  if (rows[0]?.there) await client.query('delete from graphile_worker._private_jobs')
}

async function load(client: PoolClient, manifest: Manifest, path: string): Promise<void> {
  const keys = await listForeignKeys(client)
  for (const { drop } of keys) await client.query(drop)
  // 迁移可能自带几行，一律以备份为准
  for (const { name } of await listTables(client)) await client.query(`truncate public.${quoted(name)}`)
  const shapes = new Map(manifest.tables.map((table) => [table.name, table]))
  let current: { table: string; copy: Copy } | null = null
  for await (const { name, content } of readParts(path)) {
    const table = /^tables\/([a-z_][a-z0-9_]*)\/\d{6}\.copy$/.exec(name)?.[1] ?? null
    if (current && current.table !== table) {
      await end(current.copy)
      current = null
    }
    if (table === null) {
      await skip(content)
      continue
    }
    current ??= { table, copy: start(client, shapes.get(table)) }
    await pour(content, current.copy)
  }
  if (current) await end(current.copy)
  for (const { add } of keys) await client.query(add)
}

interface Copy {
  stream: CopyStreamQuery
  /** 写完或出错；只听一次，每次等 drain 都另听的话，大表恢复下来听的人越积越多 */
  ended: Promise<void>
}

function start(client: PoolClient, shape: TableShape | undefined): Copy {
  if (!shape) throw new BadBackup('备份里有目录未列的表')
  return startCopy(client, `copy ${columnList(shape)} from stdin`)
}

function startCopy(client: PoolClient, statement: string): Copy {
  const stream = client.query(copyFrom(statement))
  const ended = finished(stream)
  // 出错由 pour、end 抛出
  ended.catch(() => {})
  return { stream, ended }
}

async function pour(content: AsyncIterable<Buffer>, { stream, ended }: Copy): Promise<void> {
  for await (const chunk of content) {
    if (stream.errored) throw stream.errored
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended])
  }
}

async function end({ stream, ended }: Copy): Promise<void> {
  stream.end()
  await ended
}

async function loadJobs(client: PoolClient, path: string): Promise<void> {
  await client.query(`create temp table restored_job (n int generated always as identity, identifier text, payload json,
    run_at timestamptz, max_attempts int, key text) on commit drop`)
  for await (const { name, content } of readParts(path)) {
    if (name !== JOBS_PART && !/^jobs-\d+\.copy$/.test(name)) {
      await skip(content)
      continue
    }
    const copy = startCopy(client, 'copy restored_job (identifier, payload, run_at, max_attempts, key) from stdin')
    await pour(content, copy)
    await end(copy)
  }
  await client.query(`select graphile_worker.add_job(identifier => identifier, payload => payload, run_at => run_at,
    max_attempts => max_attempts, job_key => key) from (select * from restored_job order by n) j`)
}

async function skip(content: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of content);
}
