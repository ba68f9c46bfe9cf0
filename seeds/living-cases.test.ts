import { afterAll, expect, test } from 'vitest'
import { applicationVerifiers } from '../src/applications/index.ts'
import { closeRedaction } from '../src/redaction/index.ts'
import { reviewVerifiers } from '../src/reviews/index.ts'
import { testDb } from '../src/platform/testing.ts'
import { verifyAll } from '../src/platform/verify.ts'
import { makeExampleBodies } from './example-bodies.ts'
import { loadLivingCases } from './living-cases.ts'

const { db, deps, setToday } = testDb()
afterAll(() => closeRedaction())

test('what is open today: every stage, co-handling in time and late, one merged; corrections at three stages', async () => {
  setToday('2026-11-24')
  await loadLivingCases(deps, await makeExampleBodies(deps))
  const rows = await db.selectFrom('application').select(['status', 'co_handling_due', 'merged_into']).execute()
  expect(new Set(rows.map(({ status }) => status))).toEqual(
    new Set(['received-unconfirmed', 'registered', 'examining', 'correction-requested', 'consulting', 'reason-requested', 'fee-noticed', 'merged', 'deciding', 'approved', 'dispatched', 'served']),
  )
  const due = rows.flatMap((row) => row.co_handling_due ?? [])
  expect([due.some((day) => day < '2026-11-24'), due.some((day) => day >= '2026-11-24')]).toEqual([true, true])
  expect(rows.filter((row) => row.merged_into !== null)).toHaveLength(1)
  const corrections = await db.selectFrom('record_correction').select('status').execute()
  expect(corrections.map(({ status }) => status).toSorted()).toEqual(['open', 'proposed', 'told'])
  const reviews = await db.selectFrom('review_case').select(['status', 'due_on', 'hearing_on']).execute()
  expect(reviews.map(({ status }) => status).toSorted()).toEqual(['answered', 'decided', 'decided', 'received', 'received'])
  // 败诉的一件：重新答复立了，期限还没有到
  const [duty] = await db.selectFrom('dispute_duty').innerJoin('application', 'application.case_id', 'dispute_duty.application_id').select(['kind', 'dispute_duty.due_on', 'status']).execute()
  expect(duty).toEqual({ kind: 'new-answer', due_on: '2026-12-01', status: 'registered' })
  expect(reviews.filter(({ due_on }) => due_on !== null && due_on < '2026-11-24')).toHaveLength(1)
  const suits = await db.selectFrom('litigation_case').select(['status', 'due_on', 'hearing_on']).execute()
  expect(suits.map(({ status }) => status).toSorted()).toEqual(['answered', 'first-instance'])
  expect(await db.selectFrom('dispute_letter').select('status').execute()).toEqual([{ status: 'submitted' }])
  expect((await verifyAll(deps, reviewVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
