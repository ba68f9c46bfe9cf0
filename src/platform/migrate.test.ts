import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connect } from './connect.ts'
import { silentLog } from './log.ts'
import { listMigrations, migrate, pendingMigrations } from './migrate.ts'
import type { Migration } from './migrate.ts'
import { testDb } from './testing.ts'

const { db, url } = testDb()
const made = (name: string, text: string, checksum = name): Migration => ({ name, sql: text, checksum })

test('the test database is up to date', async () => {
  expect(await pendingMigrations(db)).toEqual([])
  expect(await migrate(db)).toEqual([])
})

test('of processes that migrate at once, each file is done once', async () => {
  const files = [made('9001_a.sql', 'create table moved (n int); insert into moved values (1)'), made('9002_b.sql', 'insert into moved values (2)')]
  const connections = [1, 2, 3].map(() => connect(url, { max: 1, namedStatements: false, log: silentLog() }))
  const done = await Promise.all(connections.map((each) => migrate(each.db, files)))
  await Promise.all(connections.map((each) => each.close()))
  expect(done.flat().toSorted()).toEqual(['9001_a.sql', '9002_b.sql'])
  expect((await sql`select n from moved order by n`.execute(db)).rows).toEqual([{ n: 1 }, { n: 2 }])
})

test('a file that fails leaves nothing of itself; one that changed is refused', async () => {
  const failing = made('9003_c.sql', 'insert into moved values (3); select no_such_thing()')
  await expect(migrate(db, [failing])).rejects.toThrow('9003_c.sql')
  expect((await sql`select n from moved where n = 3`.execute(db)).rows).toEqual([])
  await expect(migrate(db, [made('9001_a.sql', 'select 1', 'other')])).rejects.toThrow('被改动过')
})

test('files are numbered without a number twice', async () => {
  const numbers = (await listMigrations()).map((migration) => migration.name.slice(0, 4))
  expect(new Set(numbers).size).toBe(numbers.length)
})
