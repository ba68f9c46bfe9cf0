import './tables.ts'
import { caseStore } from '../platform/case-store.ts'
import type { CaseChange } from '../platform/case-store.ts'
import type { Tx } from '../platform/db.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import { reviewTerm } from '../statute/review-clocks.ts'
import { awaitsReceipt, comingHearings } from './hearing.ts'
import { dutiesOf, saveDuties } from './performance/duty-store.ts'
import { answerTerm, evolveReview } from './review.ts'
import type { Review, ReviewEvent, ReviewState } from './review.ts'

export const reviewStore = caseStore<'review_case', Review, ReviewEvent>({
  stream: 'review',
  table: 'review_case',
  idColumn: 'review_id',
  called: '行政复议案件',
  evolve: evolveReview,
})

export const newReview = reviewStore.newCase

/** 一件及其时间线；没有则抛 NotFound。 */
export const getReview = reviewStore.getWithHistory

/** 追加事件并刷新行，同一事务，可成批；返回改动的件数。 */
export async function saveReviews(tx: Tx, changes: readonly CaseChange<ReviewState, ReviewEvent>[], by: RecordedBy, calendar: Calendar): Promise<number> {
  const saved = await reviewStore.save(tx, changes, by, (review, { caseId, ledgerKey }) => ({ review_id: caseId, ledger_key: ledgerKey, ...toReviewRow(review, calendar) }))
  await saveDuties(tx, dutiesOf(changes, evolveReview), calendar)
  return saved
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
  due_on: state.status === 'received' ? answerDueOn(state, calendar) : null,
  answered_on: state.answeredOn,
  result: state.result,
  decided_on: state.decidedOn,
  application_id: state.applicationId,
  handler: state.handler,
  lesson_cause: state.lesson?.cause ?? null,
  lesson_unit: state.lesson?.unit ?? null,
  lesson_words: state.lesson?.words ?? null,
  hearing_on: comingHearings(state)[0]?.day ?? null,
  posted_on: awaitsReceipt(state) ? state.postedOn : null,
})

// 没有该年节假日安排的，载入之后再算
function answerDueOn(state: Pick<Review, 'facts'>, calendar: Calendar): string | null {
  try {
    return reviewTerm(answerTerm(state), state.facts.receivedOn, calendar).dueOn
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}
