import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connect, transaction } from './connect.ts'
import { silentLog } from './log.ts'
import { testDb } from './testing.ts'

const { db, url } = testDb()

test('days stay text, whole numbers are numbers, decimals stay text', async () => {
  const { rows } = await sql`select date '2026-02-28' as day, 9007199254740991::bigint as big, 1.10::numeric as dec,
    array[date '2026-01-01'] as days, array[7::bigint] as bigs, ${'x'}::text as given, null::date as none`.execute(db)
  expect(rows).toEqual([{ day: '2026-02-28', big: 9007199254740991, dec: '1.10', days: ['2026-01-01'], bigs: [7], given: 'x', none: null }])
  await expect(sql`select 9007199254740992::bigint`.execute(db)).rejects.toThrow(RangeError)
})

test('transactions that the server turns back are done over, within bounds', async () => {
  await sql`create table counted (id int primary key, n int)`.execute(db)
  await sql`insert into counted values (1, 0)`.execute(db)
  let tries = 0
  // 头一回都读过了再写，必有一个被退回
  const bothHaveRead = Promise.withResolvers<void>()
  const addOne = () =>
    transaction(db, async (tx) => {
      tries += 1
      const turn = tries
      await sql`set transaction isolation level serializable`.execute(tx)
      const { rows } = await sql<{ n: number }>`select n from counted where id = 1`.execute(tx)
      if (turn === 2) bothHaveRead.resolve()
      await bothHaveRead.promise
      await sql`update counted set n = ${(rows[0]?.n ?? 0) + 1} where id = 1`.execute(tx)
    })
  await Promise.all([addOne(), addOne()])
  expect((await sql`select n from counted`.execute(db)).rows).toEqual([{ n: 2 }])
  expect(tries).toBe(3)
  let failures = 0
  const hopeless = transaction(db, async (tx) => {
    failures += 1
    await sql`do $$ begin raise exception 'x' using errcode = '40001'; end $$`.execute(tx)
  })
  await expect(hopeless).rejects.toMatchObject({ code: '40001' })
  expect(failures).toBe(5)
})

test.each([true, false])('statements are named or not, as set: %s', async (namedStatements) => {
  const connection = connect(url, { max: 1, namedStatements, log: silentLog() })
  await sql`select ${1}::int as once`.execute(connection.db)
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_prepared_statements where statement like '%as once%'`.execute(connection.db)
  expect(rows[0]?.n).toBe(namedStatements ? 1 : 0)
  await connection.close()
})

test('a connection that the server ends is replaced', async () => {
  const connection = connect(url, { max: 2, namedStatements: true, log: silentLog() })
  await sql`select 1`.execute(connection.db)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(db)
  const again = async (): Promise<unknown> => sql`select 1 as n`.execute(connection.db).then((r) => r.rows, again)
  expect(await again()).toEqual([{ n: 1 }])
  await connection.close()
})
