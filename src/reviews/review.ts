import { accept, refuse } from '../statute/decision.ts'
import type { Decision } from '../statute/decision.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { ReviewTerm } from '../statute/review-clocks.ts'
import type { ReviewResult } from './results.ts'

export const REVIEW_STATUSES = {
  received: '待答复',
  answered: '已答复，审理中',
  decided: '已作出决定',
  sued: '已起诉',
  closed: '已办结',
} as const
export type ReviewStatus = keyof typeof REVIEW_STATUSES

export const PROCEDURES = { ordinary: '普通程序', summary: '简易程序' } as const
export type Procedure = keyof typeof PROCEDURES

/** 一件行政复议的事实；不记申请人。 */
export interface ReviewFacts {
  /** 复议机关的案号 */
  caseNo: string
  authority: string | null
  /** 被复议的答复文书文号 */
  decisionNo: string | null
  /** 申请人不服什么 */
  ground: string | null
  procedure: Procedure
  /** 收到申请书副本之日；按它认定何时起尚未审结 */
  receivedOn: PlainDate
}

/** 台账记载的全部情形。 */
export interface ReviewRecord {
  facts: ReviewFacts
  answeredOn: PlainDate | null
  result: ReviewResult | null
  decidedOn: PlainDate | null
}

export type ReviewEvent =
  | { kind: 'received'; on: PlainDate; facts: ReviewFacts }
  | { kind: 'procedure-changed'; on: PlainDate; procedure: Procedure }
  | { kind: 'answered'; on: PlainDate }
  | { kind: 'decided'; on: PlainDate; result: ReviewResult; documentNo: string | null }
  | { kind: 'sued'; on: PlainDate; litigationId: string }
  | { kind: 'closed'; on: PlainDate }
  | { kind: 'recorded'; on: PlainDate; record: ReviewRecord; source: string }
  | { kind: 'corrected'; on: PlainDate; record: ReviewRecord; source: string; reason: string }

export interface Review extends ReviewRecord {
  status: ReviewStatus
  litigationId: string | null
  closedOn: PlainDate | null
}
export type ReviewState = { status: 'new' } | Review

export const NEW_REVIEW: ReviewState = { status: 'new' }

export function evolveReview(state: ReviewState, event: ReviewEvent): ReviewState {
  if (event.kind === 'received') return begin({ facts: event.facts, answeredOn: null, result: null, decidedOn: null })
  if (event.kind === 'recorded') return begin(event.record)
  if (state.status === 'new') throw new Error(`行政复议案件的第一件事不能是 ${event.kind}`)
  switch (event.kind) {
    case 'procedure-changed':
      return { ...state, facts: { ...state.facts, procedure: event.procedure } }
    case 'answered':
      return { ...state, status: 'answered', answeredOn: event.on }
    case 'decided':
      return { ...state, status: 'decided', result: event.result, decidedOn: event.on }
    case 'sued':
      return { ...state, status: 'sued', litigationId: event.litigationId }
    case 'closed':
      return { ...state, status: 'closed', closedOn: event.on }
    case 'corrected':
      return { ...begin(event.record), litigationId: state.litigationId, closedOn: state.closedOn }
  }
}

const begin = (record: ReviewRecord): Review => ({
  ...record,
  status: record.result !== null ? 'decided' : record.answeredOn !== null ? 'answered' : 'received',
  litigationId: null,
  closedOn: null,
})

export const foldReview = (events: Iterable<ReviewEvent>): ReviewState =>
  [...events].reduce<ReviewState>((state, event) => evolveReview(state, event), NEW_REVIEW)

/** 答复期限依程序而定（行政复议法第四十八条、第五十四条）。 */
export const answerTerm = ({ facts }: Review): ReviewTerm =>
  facts.procedure === 'summary' ? 'REVIEW_ANSWER_SUMMARY' : 'REVIEW_ANSWER_ORDINARY'

export const REVIEW_REFUSALS = {
  'already-received': '该案已经登记',
  'not-in-this-state': '该案当前的状态不能这样办理',
  'out-of-order': '日期先后不合：答复、决定不早于收到之日',
  'future-date': '日期晚于今日',
  'result-incomplete': '结果与作出决定的日期须一并填写',
} as const
export type ReviewRefusal = keyof typeof REVIEW_REFUSALS
type ReviewDecision = Decision<ReviewEvent, ReviewRefusal>

export function receiveReview(state: ReviewState, { on, facts }: { on: PlainDate; facts: ReviewFacts }): ReviewDecision {
  if (state.status !== 'new') return refuse('already-received')
  if (facts.receivedOn > on) return refuse('future-date')
  return accept({ kind: 'received', on, facts })
}

export function answerReview(state: ReviewState, { on }: { on: PlainDate }): ReviewDecision {
  if (state.status !== 'received') return refuse('not-in-this-state')
  return on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'answered', on })
}

/** 复议决定；未答复而已作出决定的也有（第七十条）。 */
export function decideReview(
  state: ReviewState,
  input: { on: PlainDate; result: ReviewResult; documentNo: string | null },
): ReviewDecision {
  if (state.status !== 'received' && state.status !== 'answered') return refuse('not-in-this-state')
  return input.on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'decided', ...input })
}

export function sueAfterReview(state: ReviewState, input: { on: PlainDate; litigationId: string }): ReviewDecision {
  return state.status === 'decided' ? accept({ kind: 'sued', ...input }) : refuse('not-in-this-state')
}

export function closeReview(state: ReviewState, { on }: { on: PlainDate }): ReviewDecision {
  return state.status === 'decided' || state.status === 'sued' ? accept({ kind: 'closed', on }) : refuse('not-in-this-state')
}

/** 照台账记下或更正；没有不同则没有事发生。 */
export function recordReview(
  state: ReviewState,
  { on, record, source }: { on: PlainDate; record: ReviewRecord; source: string },
): ReviewDecision {
  const { facts, answeredOn, result, decidedOn } = record
  if ((result === null) !== (decidedOn === null)) return refuse('result-incomplete')
  if ([facts.receivedOn, answeredOn, decidedOn].some((day) => day !== null && day > on)) return refuse('future-date')
  if ([answeredOn, decidedOn].some((day) => day !== null && day < facts.receivedOn)) return refuse('out-of-order')
  if (state.status === 'new') return accept({ kind: 'recorded', on, record, source })
  return isSame(state, record) ? accept() : accept({ kind: 'corrected', on, record, source, reason: '台账更新' })
}

function isSame(state: Review, record: ReviewRecord): boolean {
  const facts = Object.entries(record.facts).every(([key, value]) => state.facts[key as keyof ReviewFacts] === value)
  return facts && state.answeredOn === record.answeredOn && state.result === record.result && state.decidedOn === record.decidedOn
}

