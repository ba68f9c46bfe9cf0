import { afterAll, expect, test } from 'vitest'
import { catalogueVerifiers } from '../src/catalogue/index.ts'
import { testDb } from '../src/platform/testing.ts'
import { verifyAll } from '../src/platform/verify.ts'
import { closeRedaction } from '../src/redaction/index.ts'
import { makeExampleBodies } from './example-bodies.ts'
import { loadLivingDuties } from './living-duties.ts'
import { loadLivingItems } from './living-items.ts'

const { db, deps, setToday } = testDb()
afterAll(() => closeRedaction())

test('items under way: every station of the way, one stopped, one late, some just published', async () => {
  const today = '2026-11-24'
  setToday(today)
  const [street] = (await makeExampleBodies(deps)).filter(({ code }) => code === 'sljd')
  if (street === undefined) throw new Error('没有示例街道')
  await loadLivingItems(deps, street, today)
  const rows = await db.selectFrom('info_item').select(['title', 'status', 'awaiting', 'due_on', 'publish_at']).where('body_id', '=', street.bodyId).execute()
  expect(new Set(rows.map(({ awaiting }) => awaiting))).toEqual(new Set([null, 'submit', 'mend', 'check', 'secrecy-review', 'approve', 'publish', 'scheduled']))
  expect(rows.filter(({ status }) => status === 'published')).toHaveLength(3)
  expect(rows.filter((row) => row.due_on !== null && row.due_on < today && row.status !== 'published').map(({ title }) => title)).toEqual(['示例街道2026年9月行政处罚情况'])
  await loadLivingDuties(deps, street, today)
  expect((await db.selectFrom('deposit').select('state').where('body_id', '=', street.bodyId).execute()).map(({ state }) => state).toSorted()).toEqual(['draft', 'handed'])
  expect(await db.selectFrom('duty_scope').select('code').where('body_id', '=', street.bodyId).execute()).toHaveLength(2)
  expect((await db.selectFrom('info_item').select('title').where('body_id', '=', street.bodyId).where('attribute', '=', 'exempt').execute())).toHaveLength(2)
  expect((await verifyAll(deps, catalogueVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
