import { beforeAll, expect, test } from 'vitest'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { testDb } from '../platform/testing.ts'
import { recomputeItemDue } from '../catalogue/index.ts'
import { anItem } from '../catalogue/testing.ts'
import { recomputeAnswerDue } from './index.ts'
import { aReview } from './testing.ts'


const { db, deps } = testDb()
beforeAll(() => aDistrict(deps))

test('a new holiday notice moves the open due dates, and each move is on record', async () => {
  const { bodyId } = await aBody(deps, { code: 'own' })
  const open = await anItem(db, bodyId, { formedOn: '2026-01-05', publishedOn: null })
  const done = await anItem(db, bodyId, { formedOn: '2026-01-05', publishedOn: '2026-01-06' })
  const reviewId = await aReview(db, bodyId, { facts: { receivedOn: '2026-01-12' } })
  const due = async (id: string) =>
    (await db.selectFrom('info_item').select('due_on').where('body_id', '=', bodyId).where('item_id', '=', id).executeTakeFirstOrThrow()).due_on
  expect([await due(open), await due(done)]).toEqual(['2026-02-02', '2026-02-02'])
  expect([await recomputeItemDue(db), await recomputeAnswerDue(db)]).toEqual([0, 0])

  const year = { year: 2026, revision: 1, doc_no: null, title: '试', issued_on: null, work_days: '[]', notice: '', loaded_by: 'system:testing', loaded_at: new Date() }
  await db.insertInto('calendar_year').values({ ...year, off_days: JSON.stringify(['2026-01-19', '2026-01-20']) }).execute()
  expect([await recomputeItemDue(db), await recomputeAnswerDue(db)]).toEqual([1, 1])
  expect([await due(open), await due(done)]).toEqual(['2026-02-04', '2026-02-02'])
  const rows = await db.selectFrom('review_case').select('answer_due_on').where('review_id', '=', reviewId).execute()
  expect(rows).toEqual([{ answer_due_on: '2026-01-28' }])
  const moves = await db.selectFrom('audit_event').select(['action', 'target']).where('action', 'like', '%.due-moved').orderBy('action').execute()
  expect(moves).toEqual([{ action: 'item.due-moved', target: open }, { action: 'review.due-moved', target: reviewId }])
  expect([await recomputeItemDue(db), await recomputeAnswerDue(db)]).toEqual([0, 0])
})
