import './tables.ts'
import { record } from '../audit/index.ts'
import { getCalendar } from '../bodies/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Db } from '../platform/db.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { reviewTerm } from '../statute/review-clocks.ts'

const RECOMPUTER = { kind: 'system', name: 'recompute-due' } as const
// 一个区同时等着答复、答辩的案子以百计；更多的次日再办
const MOST = 10_000

/** 载入新的节假日通知之后，重算还没有答复、答辩的案件的期限；每一件的变动留痕。可以重办。返回移动了的件数。 */
export function recomputeAnswerDue(db: Db): Promise<number> {
  return transaction(db, async (tx) => {
    const calendar = await getCalendar(tx)
    const reviews = await tx.selectFrom('review_case').select(['body_id', 'review_id', 'procedure', 'received_on', 'answer_due_on']).where('status', '=', 'received').limit(MOST).execute()
    const suits = await tx.selectFrom('litigation_case').select(['body_id', 'litigation_id', 'received_on', 'answer_due_on']).where('status', '=', 'filed').limit(MOST).execute()
    let moved = 0
    for (const row of reviews) {
      const term = row.procedure === 'summary' ? 'REVIEW_ANSWER_SUMMARY' : 'REVIEW_ANSWER_ORDINARY'
      const due = reviewTerm(term, row.received_on, calendar).dueOn
      if (due === row.answer_due_on) continue
      await tx.updateTable('review_case').set({ answer_due_on: due }).where('body_id', '=', row.body_id).where('review_id', '=', row.review_id).execute()
      await record(tx, RECOMPUTER, 'review.due-moved', { bodyId: row.body_id, target: row.review_id }, { before: row.answer_due_on, after: due })
      moved += 1
    }
    for (const row of suits) {
      const due = reviewTerm('SUIT_ANSWER', row.received_on, calendar).dueOn
      if (due === row.answer_due_on) continue
      await tx.updateTable('litigation_case').set({ answer_due_on: due }).where('body_id', '=', row.body_id).where('litigation_id', '=', row.litigation_id).execute()
      await record(tx, RECOMPUTER, 'litigation.due-moved', { bodyId: row.body_id, target: row.litigation_id }, { before: row.answer_due_on, after: due })
      moved += 1
    }
    return moved
  })
}

export const reviewJobs: JobHandlers = {
  'reviews.recompute-due': async ({ db }) => {
    await recomputeAnswerDue(db)
  },
}
export const reviewCrons: readonly CronEntry[] = [{ task: 'reviews.recompute-due', at: '0:45' }]
