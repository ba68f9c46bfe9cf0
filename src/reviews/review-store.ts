import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { appendMany, read, readMany } from '../platform/timeline.ts'
import type { RecordedBy, RecordedEvent } from '../platform/timeline.ts'
import { CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import { reviewTerm } from '../statute/review-clocks.ts'
import { answerTerm, evolveReview, foldReview, NEW_REVIEW } from './review.ts'
import type { Review, ReviewEvent, ReviewState } from './review.ts'

export const REVIEW_STREAM = 'review'

export interface LoadedReview {
  bodyId: string
  reviewId: string
  version: number
  ledgerKey: string | null
  state: ReviewState
}

export const newReview = (bodyId: string, reviewId: string, ledgerKey: string | null): LoadedReview => ({
  bodyId,
  reviewId,
  version: 0,
  ledgerKey,
  state: NEW_REVIEW,
})

/** 一件及其时间线；没有则抛 NotFound。 */
export async function getReview(
  tx: Tx,
  bodyId: string,
  reviewId: string,
): Promise<LoadedReview & { state: Review; history: readonly RecordedEvent<ReviewEvent>[] }> {
  const row = await tx
    .selectFrom('review_case')
    .select(['ledger_key', 'version'])
    .where('body_id', '=', bodyId)
    .where('review_id', '=', reviewId)
    .executeTakeFirst()
  const history = row ? await read<ReviewEvent>(tx, { bodyId, caseId: reviewId, stream: REVIEW_STREAM }) : []
  const state = foldReview(history.map((recorded) => recorded.event))
  if (!row || state.status === 'new') throw new NotFound('该行政复议案件')
  return { bodyId, reviewId, version: row.version, ledgerKey: row.ledger_key, state, history }
}

/** 按台账行键找已有的，至多 1,000 个一次。 */
export async function findReviewsByLedgerKeys(tx: Tx, bodyId: string, keys: readonly string[]): Promise<Map<string, LoadedReview>> {
  const rows = await tx
    .selectFrom('review_case')
    .select(['review_id', 'version', 'ledger_key'])
    .where('body_id', '=', bodyId)
    .where('ledger_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute()
  const caseIds = rows.map((row) => row.review_id)
  const histories = await readMany<ReviewEvent>(tx, { bodyId, caseIds, stream: REVIEW_STREAM })
  return new Map(
    rows.map((row) => {
      const state = foldReview((histories.get(row.review_id) ?? []).map((recorded) => recorded.event))
      return [row.ledger_key ?? '', { bodyId, reviewId: row.review_id, version: row.version, ledgerKey: row.ledger_key, state }]
    }),
  )
}

/** 追加事件并刷新行，同一事务，可成批（至多 1,000 件）；返回改动的件数。 */
export async function saveReviews(
  tx: Tx,
  changes: readonly { found: LoadedReview; events: readonly ReviewEvent[]; recordedBy?: (event: ReviewEvent) => RecordedBy }[],
  by: RecordedBy,
  calendar: Calendar,
): Promise<number> {
  const changed = changes.filter(({ events }) => events.length > 0)
  if (changed.length === 0) return 0
  await appendMany(
    tx,
    REVIEW_STREAM,
    changed.map(({ found, events, recordedBy }) => ({ bodyId: found.bodyId, caseId: found.reviewId, expectedVersion: found.version, events, recordedBy })),
    by,
  )
  const rows = changed.map(({ found, events }) => {
    const state = events.reduce((so, event) => evolveReview(so, event), found.state)
    if (state.status === 'new') throw new Error('行政复议案件没有登记')
    return {
      body_id: found.bodyId,
      review_id: found.reviewId,
      version: found.version + events.length,
      ledger_key: found.ledgerKey,
      updated_at: by.at,
      ...toReviewRow(state, calendar),
    }
  })
  await tx
    .insertInto('review_case')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['body_id', 'review_id']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        status: eb.ref('excluded.status'),
        case_no: eb.ref('excluded.case_no'),
        authority: eb.ref('excluded.authority'),
        decision_no: eb.ref('excluded.decision_no'),
        procedure: eb.ref('excluded.procedure'),
        received_on: eb.ref('excluded.received_on'),
        answer_due_on: eb.ref('excluded.answer_due_on'),
        answered_on: eb.ref('excluded.answered_on'),
        result: eb.ref('excluded.result'),
        decided_on: eb.ref('excluded.decided_on'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute()
  return rows.length
}

/** 由状态得出的列；校验时据此与行比对。 */
export const toReviewRow = (state: Review, calendar: Calendar) => ({
  status: state.status,
  case_no: state.facts.caseNo,
  authority: state.facts.authority,
  decision_no: state.facts.decisionNo,
  procedure: state.facts.procedure,
  received_on: state.facts.receivedOn,
  answer_due_on: answerDueOn(state, calendar),
  answered_on: state.answeredOn,
  result: state.result,
  decided_on: state.decidedOn,
})

// 日历所不及的旧案早已答复，没有期限可算；还要答复的缺年份即报错
function answerDueOn(state: Review, calendar: Calendar): string | null {
  try {
    return reviewTerm(answerTerm(state), state.facts.receivedOn, calendar).dueOn
  } catch (error) {
    if (error instanceof CalendarYearMissing && state.status !== 'received') return null
    throw error
  }
}
