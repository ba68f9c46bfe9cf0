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
import { appealTerm, evolveLitigation } from './litigation.ts'
import type { Litigation, LitigationEvent, LitigationState } from './litigation.ts'

export const litigationStore = caseStore<'litigation_case', Litigation, LitigationEvent>({
  stream: 'litigation',
  table: 'litigation_case',
  idColumn: 'litigation_id',
  called: '行政诉讼案件',
  evolve: evolveLitigation,
})

export const newLitigation = litigationStore.newCase

/** 一件及其时间线；没有则抛 NotFound。 */
export const getLitigation = litigationStore.getWithHistory

/** 追加事件并刷新行，同一事务，可成批；返回改动的件数。 */
export async function saveLitigation(tx: Tx, changes: readonly CaseChange<LitigationState, LitigationEvent>[], by: RecordedBy, calendar: Calendar): Promise<number> {
  const saved = await litigationStore.save(tx, changes, by, (suit, { caseId, ledgerKey }) => ({ litigation_id: caseId, ledger_key: ledgerKey, ...toLitigationRow(suit, calendar) }))
  await saveDuties(tx, dutiesOf(changes, evolveLitigation), calendar)
  return saved
}

/** 由状态得出的列；校验时据此与行比对。 */
export const toLitigationRow = (state: Litigation, calendar: Calendar) => ({
  status: state.status,
  case_no: state.facts.caseNo,
  court: state.facts.court,
  decision_no: state.facts.decisionNo,
  after_review: state.facts.afterReview,
  role: state.facts.role,
  received_on: state.facts.receivedOn,
  answer_due_on: orNull(() => reviewTerm('SUIT_ANSWER', state.facts.receivedOn, calendar).dueOn),
  due_on: dueOn(state, calendar),
  answered_on: state.answeredOn,
  first_result: state.firstInstance?.result ?? null,
  first_on: state.firstInstance?.on ?? null,
  appealed_on: state.appealedOn,
  result: state.final?.result ?? null,
  effective_on: state.final?.on ?? null,
  application_id: state.applicationId,
  review_id: state.reviewId,
  handler: state.handler,
  lesson_cause: state.lesson?.cause ?? null,
  lesson_unit: state.lesson?.unit ?? null,
  lesson_words: state.lesson?.words ?? null,
  hearing_on: comingHearings(state)[0]?.day ?? null,
  posted_on: awaitsReceipt(state) ? state.postedOn : null,
})

// 待答辩的为答辩期限；一审裁判送达了、还没有上诉的，为上诉期限
function dueOn(state: Litigation, calendar: Calendar): string | null {
  const { status, facts, firstServedOn, firstForm } = state
  if (status === 'filed') return orNull(() => reviewTerm('SUIT_ANSWER', facts.receivedOn, calendar).dueOn)
  if (status !== 'first-instance' || firstServedOn === null) return null
  return orNull(() => reviewTerm(appealTerm(firstForm), firstServedOn, calendar).dueOn)
}

// 没有该年节假日安排的，载入之后再算
function orNull(read: () => string): string | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}
