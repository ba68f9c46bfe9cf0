import './tables.ts'
import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Verifier } from '../platform/verify.ts'
import { VERIFY_PAGE, verifyRows } from '../platform/verify-rows.ts'
import type { After, KeptRow } from '../platform/verify-rows.ts'
import { LITIGATION_STREAM, toLitigationRow } from './litigation-store.ts'
import { foldLitigation } from './litigation.ts'
import type { LitigationEvent } from './litigation.ts'
import { REVIEW_STREAM, toReviewRow } from './review-store.ts'
import { foldReview } from './review.ts'
import type { ReviewEvent } from './review.ts'

// 期限随后来载入的节假日通知而变，不在此比
export const reviewVerifiers: readonly Verifier[] = [
  {
    name: '行政复议案件',
    verify: async function* ({ db }) {
      const calendar = await getCalendar(db)
      yield* verifyRows<ReviewEvent>(db, REVIEW_STREAM, (after) => reviewPage(db, after), (events) => {
        const state = foldReview(events)
        if (state.status === 'new') return null
        const { answer_due_on: _, ...rest } = toReviewRow(state, calendar)
        return rest
      })
    },
  },
  {
    name: '行政诉讼案件',
    verify: async function* ({ db }) {
      const calendar = await getCalendar(db)
      yield* verifyRows<LitigationEvent>(db, LITIGATION_STREAM, (after) => litigationPage(db, after), (events) => {
        const state = foldLitigation(events)
        if (state.status === 'new') return null
        const { answer_due_on: _, ...rest } = toLitigationRow(state, calendar)
        return rest
      })
    },
  },
]

async function reviewPage(tx: Tx, after: After): Promise<KeptRow[]> {
  const query = tx.selectFrom('review_case').selectAll().orderBy('body_id').orderBy('review_id').limit(VERIFY_PAGE)
  const from = after ? query.where((eb) => eb(eb.refTuple('body_id', 'review_id'), '>', eb.tuple(after.bodyId, after.caseId))) : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.review_id, version: row.version, row: { ...row } }))
}

async function litigationPage(tx: Tx, after: After): Promise<KeptRow[]> {
  const query = tx.selectFrom('litigation_case').selectAll().orderBy('body_id').orderBy('litigation_id').limit(VERIFY_PAGE)
  const from = after ? query.where((eb) => eb(eb.refTuple('body_id', 'litigation_id'), '>', eb.tuple(after.bodyId, after.caseId))) : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.litigation_id, version: row.version, row: { ...row } }))
}
