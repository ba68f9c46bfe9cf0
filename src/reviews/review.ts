import { accept, refuse } from '../statute/decision.ts'
import type { Decision } from '../statute/decision.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { ReviewTerm } from '../statute/review-clocks.ts'
import { evolveShared, isShared, NOTHING_SHARED } from './hearing.ts'
import type { Shared, SharedEvent } from './hearing.ts'
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
  /** 复议机关受理之日；决定的期限自此起算 */
  | { kind: 'accepted'; on: PlainDate }
  | { kind: 'decision-extended'; on: PlainDate; days: number }
  /** `letterId` 为送出的行政复议答复书；用纸质文书的不写 */
  | { kind: 'answered'; on: PlainDate; letterId?: string | null; posted?: true }
  /** 复议机关告知中止、恢复之日；缘故照通知写，不写当事人 */
  | { kind: 'suspended'; on: PlainDate; reason: string }
  | { kind: 'resumed'; on: PlainDate }
  | { kind: 'decided'; on: PlainDate; result: ReviewResult; documentNo: string | null }
  /** 收到复议决定书之日；起诉期限自此起算 */
  | { kind: 'decision-served'; on: PlainDate }
  | { kind: 'sued'; on: PlainDate; litigationId: string }
  | { kind: 'closed'; on: PlainDate }
  | { kind: 'recorded'; on: PlainDate; record: ReviewRecord; source: string }
  | { kind: 'corrected'; on: PlainDate; record: ReviewRecord; source: string; reason: string }
  | SharedEvent

/** 一次中止：自何日至何日；没有恢复的 `to` 为 null。 */
export interface Pause {
  from: PlainDate
  to: PlainDate | null
  reason: string
}

export interface Review extends ReviewRecord, Shared {
  status: ReviewStatus
  acceptedOn: PlainDate | null
  /** 决定延长的天数，至多三十日 */
  extendedDays: number
  /** 复议的中止，先后依次 */
  pauses: readonly Pause[]
  documentNo: string | null
  servedOn: PlainDate | null
  litigationId: string | null
  closedOn: PlainDate | null
}
export type ReviewState = { status: 'new' } | Review

export const NEW_REVIEW: ReviewState = { status: 'new' }

export function evolveReview(state: ReviewState, event: ReviewEvent): ReviewState {
  if (event.kind === 'received') return begin({ facts: event.facts, answeredOn: null, result: null, decidedOn: null })
  if (event.kind === 'recorded') return begin(event.record)
  if (state.status === 'new') throw new Error(`行政复议案件的第一件事不能是 ${event.kind}`)
  if (isShared(event)) return { ...state, ...evolveShared(state, event) }
  switch (event.kind) {
    case 'procedure-changed':
      return { ...state, facts: { ...state.facts, procedure: event.procedure } }
    case 'accepted':
      return { ...state, acceptedOn: event.on }
    case 'decision-extended':
      return { ...state, extendedDays: state.extendedDays + event.days }
    case 'answered':
      return { ...state, status: 'answered', answeredOn: event.on, postedOn: event.posted === true ? event.on : null }
    case 'suspended':
      return { ...state, pauses: [...state.pauses, { from: event.on, to: null, reason: event.reason }] }
    case 'resumed':
      return { ...state, pauses: endPause(state.pauses, event.on) }
    case 'decided':
      return { ...state, status: 'decided', pauses: endPause(state.pauses, event.on), result: event.result, decidedOn: event.on, documentNo: event.documentNo }
    case 'decision-served':
      return { ...state, servedOn: event.on }
    case 'sued':
      return { ...state, status: 'sued', litigationId: event.litigationId }
    case 'closed':
      return { ...state, status: 'closed', closedOn: event.on }
    case 'corrected':
      return corrected(state, event.record)
  }
}

const endPause = (pauses: readonly Pause[], on: PlainDate): readonly Pause[] => pauses.map((pause) => (pause.to === null ? { ...pause, to: on } : pause))

/** 正在中止的一次；没有中止的为 undefined。 */
export const openPause = ({ pauses }: Pick<Review, 'pauses'>): Pause | undefined => pauses.find(({ to }) => to === null)

const begin = (record: ReviewRecord): Review => ({
  ...NOTHING_SHARED,
  ...record,
  status: statusOf(record),
  acceptedOn: null,
  extendedDays: 0,
  pauses: [],
  documentNo: null,
  servedOn: null,
  litigationId: null,
  closedOn: null,
})

const statusOf = (record: ReviewRecord): ReviewStatus => (record.result !== null ? 'decided' : record.answeredOn !== null ? 'answered' : 'received')

// 更正所记，不改已经起诉、办结的；结果更正没了的，也就没有办结
const corrected = (state: Review, record: ReviewRecord): Review => {
  const kept = record.result !== null && (state.status === 'sued' || state.status === 'closed')
  return { ...state, ...record, status: kept ? state.status : statusOf(record), closedOn: kept ? state.closedOn : null }
}

export const foldReview = (events: Iterable<ReviewEvent>): ReviewState =>
  [...events].reduce<ReviewState>((state, event) => evolveReview(state, event), NEW_REVIEW)

/** 答复期限依程序而定（行政复议法第四十八条、第五十四条）。 */
export const answerTerm = ({ facts }: Pick<Review, 'facts'>): ReviewTerm =>
  facts.procedure === 'summary' ? 'REVIEW_ANSWER_SUMMARY' : 'REVIEW_ANSWER_ORDINARY'

export const REVIEW_REFUSALS = {
  'already-received': '该案已经登记',
  'not-in-this-state': '该案当前的状态不能这样办理',
  'out-of-order': '日期先后不合：答复、决定不早于收到之日',
  'future-date': '日期晚于今日',
  'result-incomplete': '结果与作出决定的日期须一并填写',
  'extension-too-long': '延长至多三十日，且只有普通程序可以延长（行政复议法第六十二条）',
  'suspended-already': '已经中止，还没有恢复',
  'not-suspended': '没有中止，不必恢复',
  'too-many-pauses': '一件复议至多记二十次中止',
  'procedure-same': '现在就是这种程序',
  'not-decided': '还没有作出复议决定',
  'nothing-changed': '没有改动',
  'already-recorded': '已经记过了',
} as const
export type ReviewRefusal = keyof typeof REVIEW_REFUSALS
type ReviewDecision = Decision<ReviewEvent, ReviewRefusal>

export function receiveReview(state: ReviewState, { on, facts }: { on: PlainDate; facts: ReviewFacts }): ReviewDecision {
  if (state.status !== 'new') return refuse('already-received')
  if (facts.receivedOn > on) return refuse('future-date')
  return accept({ kind: 'received', on, facts })
}

export function answerReview(state: ReviewState, { on, letterId, posted = false }: { on: PlainDate; letterId?: string | null; posted?: boolean }): ReviewDecision {
  if (state.status !== 'received') return refuse('not-in-this-state')
  return on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'answered', on, ...(letterId == null ? {} : { letterId }), ...(posted ? { posted } : {}) })
}

/** 复议机关还没有作出决定。 */
export const isPending = (state: ReviewState): state is Review => state.status === 'received' || state.status === 'answered'

/** 复议机关受理之日；不早于申请人申请，故只与决定之日比。 */
export function acceptReview(state: ReviewState, { on }: { on: PlainDate }): ReviewDecision {
  if (!isPending(state)) return refuse('not-in-this-state')
  return state.acceptedOn === on ? refuse('already-recorded') : accept({ kind: 'accepted', on })
}

/** 简易转普通、普通转简易（行政复议法第五十三条、第五十五条）。 */
export function changeProcedure(state: ReviewState, { on, procedure }: { on: PlainDate; procedure: Procedure }): ReviewDecision {
  if (!isPending(state)) return refuse('not-in-this-state')
  if (state.facts.procedure === procedure) return refuse('procedure-same')
  return on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'procedure-changed', on, procedure })
}

const LONGEST_EXTENSION = 30 // 行政复议法第六十二条

export function extendDecision(state: ReviewState, { on, days }: { on: PlainDate; days: number }): ReviewDecision {
  if (!isPending(state)) return refuse('not-in-this-state')
  if (state.facts.procedure !== 'ordinary' || !Number.isInteger(days) || days < 1 || state.extendedDays + days > LONGEST_EXTENSION) return refuse('extension-too-long')
  return on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'decision-extended', on, days })
}

const MOST_PAUSES = 20

/** 复议机关告知中止。 */
export function suspendReview(state: ReviewState, { on, reason }: { on: PlainDate; reason: string }): ReviewDecision {
  if (!isPending(state)) return refuse('not-in-this-state')
  if (openPause(state) !== undefined) return refuse('suspended-already')
  if (state.pauses.length >= MOST_PAUSES) return refuse('too-many-pauses')
  return on < state.facts.receivedOn || on < (state.pauses.at(-1)?.to ?? on) ? refuse('out-of-order') : accept({ kind: 'suspended', on, reason })
}

/** 复议机关告知恢复审理。 */
export function resumeReview(state: ReviewState, { on }: { on: PlainDate }): ReviewDecision {
  if (!isPending(state)) return refuse('not-in-this-state')
  const pause = openPause(state)
  if (pause === undefined) return refuse('not-suspended')
  return on < pause.from ? refuse('out-of-order') : accept({ kind: 'resumed', on })
}

export function serveDecision(state: ReviewState, { on }: { on: PlainDate }): ReviewDecision {
  if (state.status === 'new' || state.decidedOn === null) return refuse('not-decided')
  if (state.servedOn !== null) return refuse('already-recorded')
  return on < state.decidedOn ? refuse('out-of-order') : accept({ kind: 'decision-served', on })
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
  return state.status === 'decided' || state.status === 'closed' ? accept({ kind: 'sued', ...input }) : refuse('not-in-this-state')
}

export function closeReview(state: ReviewState, { on }: { on: PlainDate }): ReviewDecision {
  return state.status === 'decided' || state.status === 'sued' ? accept({ kind: 'closed', on }) : refuse('not-in-this-state')
}

/** 照台账记下或更正；没有不同则没有事发生。 */
export function recordReview(
  state: ReviewState,
  { on, record, source, reason = '台账更新' }: { on: PlainDate; record: ReviewRecord; source: string; reason?: string },
): ReviewDecision {
  const { facts, answeredOn, result, decidedOn } = record
  if ((result === null) !== (decidedOn === null)) return refuse('result-incomplete')
  if ([facts.receivedOn, answeredOn, decidedOn].some((day) => day !== null && day > on)) return refuse('future-date')
  if ([answeredOn, decidedOn].some((day) => day !== null && day < facts.receivedOn)) return refuse('out-of-order')
  if (state.status === 'new') return accept({ kind: 'recorded', on, record, source })
  return isSame(state, record) ? accept() : accept({ kind: 'corrected', on, record, source, reason })
}

function isSame(state: Review, record: ReviewRecord): boolean {
  const facts = Object.entries(record.facts).every(([key, value]) => state.facts[key as keyof ReviewFacts] === value)
  return facts && state.answeredOn === record.answeredOn && state.result === record.result && state.decidedOn === record.decidedOn
}

