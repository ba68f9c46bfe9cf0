import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { newLitigation, saveLitigation } from './litigation-store.ts'
import { NEW_LITIGATION, recordLitigation } from './litigation.ts'
import type { LitigationEvent, LitigationFacts, LitigationRecord } from './litigation.ts'
import { newReview, saveReviews } from './review-store.ts'
import { NEW_REVIEW, recordReview } from './review.ts'
import type { ReviewEvent, ReviewFacts, ReviewRecord } from './review.ts'

const BY: RecordedBy = { actor: 'system:testing', at: new Date('2026-01-15T04:00:00Z') }
const TODAY = '2026-01-15'

/** 存一件行政复议案件的全部经过，逐事写明何时记下；返回它的 id。 */
export async function saveReviewHistory(
  tx: Tx,
  bodyId: string,
  events: readonly ReviewEvent[],
  recordedBy: (event: ReviewEvent) => RecordedBy,
): Promise<string> {
  const reviewId = newId()
  const last = events.at(-1)
  if (last === undefined) throw new Error('没有经过')
  await saveReviews(tx, [{ found: newReview(bodyId, reviewId, null), events, recordedBy }], recordedBy(last), await getCalendar(tx))
  return reviewId
}

/** 存一件行政诉讼案件的全部经过，逐事写明何时记下；返回它的 id。 */
export async function saveLitigationHistory(
  tx: Tx,
  bodyId: string,
  events: readonly LitigationEvent[],
  recordedBy: (event: LitigationEvent) => RecordedBy,
): Promise<string> {
  const litigationId = newId()
  const last = events.at(-1)
  if (last === undefined) throw new Error('没有经过')
  await saveLitigation(tx, [{ found: newLitigation(bodyId, litigationId, null), events, recordedBy }], recordedBy(last), await getCalendar(tx))
  return litigationId
}

/** 存一件行政复议案件，返回它的 id。 */
export async function aReview(
  tx: Tx,
  bodyId: string,
  wish: Partial<Omit<ReviewRecord, 'facts'>> & { facts?: Partial<ReviewFacts> } = {},
  by: RecordedBy = BY,
): Promise<string> {
  const reviewId = newId()
  const facts: ReviewFacts = {
    caseNo: `测试复〔2024〕${reviewId.slice(-6)}号`,
    authority: '武昌区人民政府',
    decisionNo: null,
    ground: null,
    procedure: 'ordinary',
    receivedOn: '2024-05-06',
    ...wish.facts,
  }
  const record: ReviewRecord = { answeredOn: null, result: null, decidedOn: null, ...wish, facts }
  const decided = recordReview(NEW_REVIEW, { on: TODAY, record, source: by.actor })
  if (!decided.ok) throw new Error(decided.refusal)
  await saveReviews(tx, [{ found: newReview(bodyId, reviewId, null), events: decided.events }], by, await getCalendar(tx))
  return reviewId
}

/** 存一件行政诉讼案件，返回它的 id。 */
export async function aLitigation(
  tx: Tx,
  bodyId: string,
  wish: Partial<Omit<LitigationRecord, 'facts'>> & { facts?: Partial<LitigationFacts> } = {},
  by: RecordedBy = BY,
): Promise<string> {
  const litigationId = newId()
  const facts: LitigationFacts = {
    caseNo: `（2024）测试行初${litigationId.slice(-6)}号`,
    court: null,
    decisionNo: null,
    afterReview: false,
    role: 'original',
    receivedOn: '2024-05-06',
    ...wish.facts,
  }
  const record: LitigationRecord = { answeredOn: null, firstInstance: null, appealedOn: null, final: null, ...wish, facts }
  const decided = recordLitigation(NEW_LITIGATION, { on: TODAY, record, source: by.actor })
  if (!decided.ok) throw new Error(decided.refusal)
  await saveLitigation(tx, [{ found: newLitigation(bodyId, litigationId, null), events: decided.events }], by, await getCalendar(tx))
  return litigationId
}

export { runStep } from './act-on-case.ts'
export { draftAnswer, issueAnswer, reviseAnswer, submitAnswer } from './answer/answer-acts.ts'
export { getAnswer } from './answer/answer-store.ts'
export { addListed, pickEvidence } from './evidence/evidence-acts.ts'
export { openCase } from './open-case.ts'
export { registerCase } from './register/register-case.ts'
