import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from './id.ts'
import { testDb } from './testing.ts'
import { append, appendMany } from './timeline.ts'
import { verifyTimelines } from './verify-timelines.ts'

const { db, deps } = testDb()
const by = { actor: 'system:test', at: deps.clock.now() }
const problems = () => Array.fromAsync(verifyTimelines(deps))

test('many whole timelines are found whole', async () => {
  const bodyId = newId()
  const cases = Array.from({ length: 1500 }, () => ({ bodyId, caseId: newId(), events: [1, 2, 3].map((n) => ({ kind: 'noted', on: '2026-01-05', n })) }))
  await appendMany(db, 'item', cases, by)
  expect(await problems()).toEqual([])
})

test.each([
  ['data', `data = '{"n":9}'`, '第 2 条：内容'],
  ['the day', `on_day = '2026-01-04'`, '第 2 条：内容'],
  ['the instant', `at = at + interval '1 ms'`, '第 2 条：内容'],
  ['who', `actor = 'system:other'`, '第 2 条：内容'],
  ['the kind', `kind = 'other'`, '第 2 条：内容'],
  ['the hash', `hash = sha256('x')`, '第 2 条：内容'],
  ['the order', 'version = 9', '第 3 条：缺第 2 条'],
])('a change of %s is found, at its first place only', async (_, change, said) => {
  const ref = { bodyId: newId(), caseId: newId(), stream: 'item' }
  await append(db, { ...ref, expectedVersion: 0 }, [1, 2, 3].map((n) => ({ kind: 'noted', on: '2026-01-05', n })), by)
  await sql`update timeline_event set ${sql.raw(change)} where case_id = ${ref.caseId} and version = 2`.execute(db)
  const found = await problems()
  expect(found.map((p) => `${p.where}：${p.message}`).join()).toContain(said)
  expect(found).toHaveLength(1)
  expect(found[0]?.where).toContain(ref.caseId)
  await sql`delete from timeline_event where case_id = ${ref.caseId}`.execute(db)
})
