import fc from 'fast-check'
import { expect, test } from 'vitest'
import './tables.ts'
import { testDb } from './testing.ts'
import { upsertRows } from './upsert-rows.ts'

const { db } = testDb()

const aRow = (wish: object) => ({
  body_id: '00000000-0000-7000-8000-000000000001',
  case_id: '00000000-0000-7000-8000-000000000002',
  version: 1,
  stream: 'item',
  kind: 'made',
  on_day: '2024-02-29',
  at: new Date('2024-02-29T04:05:06.789Z'),
  actor: '某',
  data: {},
  hash: Buffer.alloc(32, 7),
  ...wish,
})
const write = (rows: readonly object[], keep: readonly string[] = []) => upsertRows(db, 'timeline_event', ['body_id', 'case_id', 'version'], rows, keep)
const readAll = () => db.selectFrom('timeline_event').selectAll().orderBy('version').execute()

test('whatever is written is read back the same: text, bytes, instants, days, JSON', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((s) => !s.includes('\0') && s.isWellFormed())
  await fc.assert(
    fc.asyncProperty(text, fc.uint8Array({ minLength: 32, maxLength: 32 }), text, async (actor, hash, title) => {
      const row = aRow({ actor, hash: Buffer.from(hash), data: { title, codes: [title, null, 1] } })
      await write([row])
      expect(await readAll()).toEqual([row])
    }),
    { numRuns: 50 },
  )
})

test('more rows than one batch: the new are added, the known replaced', async () => {
  await write(Array.from({ length: 1500 }, (_, i) => aRow({ version: i + 1 })))
  await write(Array.from({ length: 1501 }, (_, i) => aRow({ version: i + 1, actor: '乙' })))
  const rows = await readAll()
  expect(rows.length).toBe(1501)
  expect(new Set(rows.map((row) => row.actor))).toEqual(new Set(['乙']))
  await write([])
})

test('a kept column without a value stays as it was; with one it changes', async () => {
  await db.schema.alterTable('timeline_event').alterColumn('hash', (column) => column.dropNotNull()).execute()
  await write([aRow({ version: 1, hash: null, actor: '丙' })], ['hash'])
  const first = await db.selectFrom('timeline_event').selectAll().where('version', '=', 1).executeTakeFirstOrThrow()
  expect(first).toEqual(aRow({ actor: '丙' }))
  await write([aRow({ version: 1, hash: Buffer.alloc(32, 9) })], ['hash'])
  expect((await readAll())[0]?.hash).toEqual(Buffer.alloc(32, 9))
})
