import { accept, refuse } from '../statute/decision.ts'
import type { Decision } from '../statute/decision.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { REVIEW_TERMS } from '../statute/review-clocks.ts'
import type { ReviewTerm } from '../statute/review-clocks.ts'
import { evolveShared, isShared, NOTHING_SHARED } from './hearing.ts'
import type { Shared, SharedEvent } from './hearing.ts'
import type { LitigationResult } from './results.ts'

export const LITIGATION_STATUSES = {
  filed: '待答辩',
  answered: '已答辩，一审审理中',
  'first-instance': '一审已判，尚未生效',
  appeal: '二审审理中',
  final: '裁判已生效',
} as const
export type LitigationStatus = keyof typeof LITIGATION_STATUSES

/**
 * 本机关以何身份应诉。复议机关作共同被告的，只计原行为主体，不计复议机关（国办公开办函〔2016〕201号）：
 * 本机关是原行为主体的照计；本机关因复议而成为共同被告的不计。
 */
export const ROLES_IN_COURT = { original: '原行为主体', 'review-organ': '复议机关（共同被告）' } as const
export type RoleInCourt = keyof typeof ROLES_IN_COURT

/** 裁判的两种；上诉期限不同（行政诉讼法第八十五条）。 */
export const JUDGMENT_FORMS = { judgment: '判决', ruling: '裁定' } as const
export type JudgmentForm = keyof typeof JUDGMENT_FORMS

/** 一审的程序；政府信息公开案件可以适用简易程序（行政诉讼法第八十二条）。 */
export const TRIALS = { ordinary: '普通程序', summary: '简易程序' } as const
export type Trial = keyof typeof TRIALS

/** 谁上诉。 */
export const APPELLANTS = { plaintiff: '原告', body: '本机关', both: '双方' } as const
export type Appellant = keyof typeof APPELLANTS

/** 一件行政诉讼的事实；不记原告。 */
export interface LitigationFacts {
  caseNo: string
  court: string | null
  /** 被诉的答复文书文号 */
  decisionNo: string | null
  /** 经过复议后起诉 */
  afterReview: boolean
  role: RoleInCourt
  /** 收到起诉状副本之日 */
  receivedOn: PlainDate
}

export interface Judgment {
  result: LitigationResult
  on: PlainDate
}

/** 台账记载的全部情形；`final` 的日期是裁判生效之日。 */
export interface LitigationRecord {
  facts: LitigationFacts
  answeredOn: PlainDate | null
  firstInstance: Judgment | null
  appealedOn: PlainDate | null
  final: Judgment | null
}

export type LitigationEvent =
  | { kind: 'filed'; on: PlainDate; facts: LitigationFacts }
  /** 法院立案之日与一审的程序；审限自此起算 */
  | { kind: 'docketed'; on: PlainDate; trial: Trial }
  | { kind: 'review-linked'; on: PlainDate; reviewId: string }
  | { kind: 'answered'; on: PlainDate; letterId?: string | null; posted?: true }
  | { kind: 'first-judged'; on: PlainDate; result: LitigationResult; form?: JudgmentForm; documentNo?: string | null }
  /** 一审裁判送达本机关之日；上诉期限自此起算 */
  | { kind: 'judgment-served'; on: PlainDate }
  | { kind: 'appealed'; on: PlainDate; by?: Appellant }
  | { kind: 'took-effect'; on: PlainDate; result: LitigationResult; documentNo?: string | null }
  | { kind: 'recorded'; on: PlainDate; record: LitigationRecord; source: string }
  | { kind: 'corrected'; on: PlainDate; record: LitigationRecord; source: string; reason: string }
  | SharedEvent

export interface Litigation extends LitigationRecord, Shared {
  status: LitigationStatus
  /** 经过复议的，那件复议 */
  reviewId: string | null
  docketedOn: PlainDate | null
  trial: Trial | null
  firstForm: JudgmentForm | null
  firstNo: string | null
  firstServedOn: PlainDate | null
  appealedBy: Appellant | null
  finalNo: string | null
}
export type LitigationState = { status: 'new' } | Litigation

export const NEW_LITIGATION: LitigationState = { status: 'new' }

export function evolveLitigation(state: LitigationState, event: LitigationEvent): LitigationState {
  if (event.kind === 'recorded') return begin(event.record)
  if (event.kind === 'filed') return begin({ facts: event.facts, answeredOn: null, firstInstance: null, appealedOn: null, final: null })
  if (state.status === 'new') throw new Error(`行政诉讼案件的第一件事不能是 ${event.kind}`)
  if (isShared(event)) return { ...state, ...evolveShared(state, event) }
  switch (event.kind) {
    case 'corrected':
      return withStatus({ ...state, ...event.record })
    case 'docketed':
      return { ...state, docketedOn: event.on, trial: event.trial }
    case 'review-linked':
      return { ...state, reviewId: event.reviewId }
    case 'judgment-served':
      return { ...state, firstServedOn: event.on }
    case 'answered':
      return withStatus({ ...state, answeredOn: event.on, postedOn: event.posted === true ? event.on : null })
    case 'first-judged':
      return withStatus({ ...state, firstInstance: { result: event.result, on: event.on }, firstForm: event.form ?? null, firstNo: event.documentNo ?? null })
    case 'appealed':
      return withStatus({ ...state, appealedOn: event.on, appealedBy: event.by ?? null })
    case 'took-effect':
      return withStatus({ ...state, final: { result: event.result, on: event.on }, finalNo: event.documentNo ?? null })
  }
}

const begin = (record: LitigationRecord): Litigation => ({
  ...NOTHING_SHARED,
  ...record,
  status: statusOf(record),
  reviewId: null,
  docketedOn: null,
  trial: null,
  firstForm: null,
  firstNo: null,
  firstServedOn: null,
  appealedBy: null,
  finalNo: null,
})

const withStatus = (suit: Litigation): Litigation => ({ ...suit, status: statusOf(suit) })

function statusOf(record: LitigationRecord): LitigationStatus {
  if (record.final !== null) return 'final'
  if (record.appealedOn !== null) return 'appeal'
  if (record.firstInstance !== null) return 'first-instance'
  return record.answeredOn !== null ? 'answered' : 'filed'
}

export const foldLitigation = (events: Iterable<LitigationEvent>): LitigationState =>
  [...events].reduce<LitigationState>((state, event) => evolveLitigation(state, event), NEW_LITIGATION)

/** 不服判决十五日、不服裁定十日（行政诉讼法第八十五条）；没有记是哪一种的，照判决。 */
export const appealTerm = (form: JudgmentForm | null): ReviewTerm => (form === 'ruling' ? 'APPEAL_RULING' : 'APPEAL_JUDGMENT')

export const LITIGATION_REFUSALS = {
  'already-filed': '该案已经登记',
  'not-in-this-state': '该案当前的状态不能这样办理',
  'out-of-order': '日期先后不合：答辩、裁判不早于收到起诉状副本之日，生效不早于一审',
  'future-date': '日期晚于今日',
  'nothing-changed': '没有改动',
  'already-recorded': '已经记过了',
  'not-judged': '还没有一审裁判',
  'still-appealable': '一审裁判的上诉期还没有过，不能记生效：没有人上诉的，上诉期满的次日生效；有人上诉的，先记上诉',
} as const
export type LitigationRefusal = keyof typeof LITIGATION_REFUSALS
type LitigationDecision = Decision<LitigationEvent, LitigationRefusal>

export function fileLitigation(
  state: LitigationState,
  { on, facts }: { on: PlainDate; facts: LitigationFacts },
): LitigationDecision {
  if (state.status !== 'new') return refuse('already-filed')
  return facts.receivedOn > on ? refuse('future-date') : accept({ kind: 'filed', on, facts })
}

export function answerLitigation(state: LitigationState, { on, letterId, posted = false }: { on: PlainDate; letterId?: string | null; posted?: boolean }): LitigationDecision {
  if (state.status !== 'filed') return refuse('not-in-this-state')
  return on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'answered', on, ...(letterId == null ? {} : { letterId }), ...(posted ? { posted } : {}) })
}

/** 法院立案之日与一审的程序；程序转换的再记一次。 */
export function docketSuit(state: LitigationState, input: { on: PlainDate; trial: Trial }): LitigationDecision {
  if (state.status !== 'filed' && state.status !== 'answered') return refuse('not-in-this-state')
  return state.docketedOn === input.on && state.trial === input.trial ? refuse('nothing-changed') : accept({ kind: 'docketed', ...input })
}

export function serveJudgment(state: LitigationState, { on }: { on: PlainDate }): LitigationDecision {
  if (state.status === 'new' || state.firstInstance === null) return refuse('not-judged')
  if (state.firstServedOn !== null) return refuse('already-recorded')
  return on < state.firstInstance.on ? refuse('out-of-order') : accept({ kind: 'judgment-served', on })
}

export function judgeFirstInstance(
  state: LitigationState,
  input: { on: PlainDate; result: LitigationResult; form?: JudgmentForm; documentNo?: string | null },
): LitigationDecision {
  if (state.status !== 'filed' && state.status !== 'answered') return refuse('not-in-this-state')
  return input.on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'first-judged', ...input })
}

export function appealLitigation(state: LitigationState, { on, by }: { on: PlainDate; by?: Appellant }): LitigationDecision {
  if (state.status !== 'first-instance') return refuse('not-in-this-state')
  return on < (state.firstInstance?.on ?? on) ? refuse('out-of-order') : accept({ kind: 'appealed', on, ...(by === undefined ? {} : { by }) })
}

/** 裁判生效：二审裁判，或上诉期满未上诉的一审裁判（行政诉讼法第八十五条）。生效之前仍为尚未审结〔待核〕。 */
export function makeFinal(state: LitigationState, input: { on: PlainDate; result: LitigationResult; documentNo?: string | null }): LitigationDecision {
  if (state.status === 'new' || state.status === 'final') return refuse('not-in-this-state')
  if (input.on < (state.firstInstance?.on ?? state.facts.receivedOn)) return refuse('out-of-order')
  const lastDay = lastAppealDay(state, input.result)
  return lastDay !== null && input.on <= lastDay ? refuse('still-appealable') : accept({ kind: 'took-effect', ...input })
}

// 撤诉、调解不上诉；期满遇休息日的还要顺延，对方收到的也许更晚，故这是最早的一日
function lastAppealDay({ status, firstServedOn, firstForm }: Litigation, result: LitigationResult): PlainDate | null {
  if (status !== 'first-instance' || firstServedOn === null || NOT_APPEALED.has(result)) return null
  return addCalendarDays(firstServedOn, REVIEW_TERMS[appealTerm(firstForm)].n)
}

const NOT_APPEALED: ReadonlySet<LitigationResult> = new Set(['withdrawn', 'mediated', 'mediated-corrected'])

/** 照台账记下或更正；没有不同则没有事发生。 */
export function recordLitigation(
  state: LitigationState,
  { on, record, source, reason = '台账更新' }: { on: PlainDate; record: LitigationRecord; source: string; reason?: string },
): LitigationDecision {
  const { facts, answeredOn, firstInstance, appealedOn, final } = record
  const later = [answeredOn, firstInstance?.on, appealedOn, final?.on].filter((day) => day !== null && day !== undefined)
  if ([facts.receivedOn, ...later].some((day) => day > on)) return refuse('future-date')
  if (later.some((day) => day < facts.receivedOn)) return refuse('out-of-order')
  if (firstInstance && final && final.on < firstInstance.on) return refuse('out-of-order')
  if (state.status === 'new') return accept({ kind: 'recorded', on, record, source })
  return isSame(state, record) ? accept() : accept({ kind: 'corrected', on, record, source, reason })
}

function isSame(state: Litigation, record: LitigationRecord): boolean {
  const facts = Object.entries(record.facts).every(([key, value]) => state.facts[key as keyof LitigationFacts] === value)
  const judgment = (a: Judgment | null, b: Judgment | null): boolean => a?.on === b?.on && a?.result === b?.result
  return (
    facts &&
    state.answeredOn === record.answeredOn &&
    state.appealedOn === record.appealedOn &&
    judgment(state.firstInstance, record.firstInstance) &&
    judgment(state.final, record.final)
  )
}
