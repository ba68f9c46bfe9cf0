import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { sqlState, transaction } from './connect.ts'
import type { Db, Tx } from './db.ts'
import { root } from './paths.ts'

export interface Migration {
  name: string
  sql: string
  checksum: string
}

/** migrations/ 下编了号的文件，按名排序。 */
export async function listMigrations(dir: string = join(root, 'migrations')): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).toSorted()
  const bad = names.find((name) => !/^\d{4}_[a-z0-9_-]+\.sql$/.test(name))
  if (bad) throw new Error(`迁移文件名不合规：${bad}`)
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(dir, name), 'utf8')
      return { name, sql: text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/**
 * 迁移到最新，返回这次做了的文件名。每个文件一个事务；多个进程同时迁移时以一行锁排队。
 * 做过的文件若改了内容，报错：迁移只往前走。
 */
export async function migrate(db: Db, migrations?: readonly Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await listMigrations())
  await prepare(db)
  const done: string[] = []
  for (const migration of wanted) if (await apply(db, migration)) done.push(migration.name)
  return done
}

/** 尚未做的迁移；空即已是最新。 */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const wanted = await listMigrations()
  const applied = await appliedChecksums(db)
  return wanted.filter((m) => applied.get(m.name) !== m.checksum).map((m) => m.name)
}

async function prepare(db: Db): Promise<void> {
  try {
    await transaction(db, async (tx) => {
      await sql`create table if not exists schema_migration (
        name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(tx)
      await sql`create table if not exists schema_migration_lock (id int primary key check (id = 1))`.execute(tx)
      await sql`insert into schema_migration_lock values (1) on conflict do nothing`.execute(tx)
    })
  } catch (error) {
    // 两个进程同时首次建表，后到的撞上唯一键：表已由先到的建好
    if (sqlState(error) !== '23505' && sqlState(error) !== '42P07') throw error
    await prepare(db)
  }
}

const apply = (db: Db, migration: Migration): Promise<boolean> =>
  transaction(db, async (tx) => {
    await sql`select id from schema_migration_lock for update`.execute(tx)
    const known = (await appliedChecksums(tx)).get(migration.name)
    if (known === migration.checksum) return false
    if (known !== undefined) throw new Error(`迁移 ${migration.name} 在执行之后被改动过`)
    await sql.raw(migration.sql).execute(tx).catch((error: unknown) => {
      throw new Error(`迁移 ${migration.name} 未成功：${error instanceof Error ? error.message : ''}`, { cause: error })
    })
    await sql`insert into schema_migration (name, checksum) values (${migration.name}, ${migration.checksum})`.execute(tx)
    return true
  })

async function appliedChecksums(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from schema_migration`.execute(tx)
  return new Map(rows.map((row) => [row.name, row.checksum]))
}
