import { accept, refuse } from '../statute/decision.ts'
import type { Decision } from '../statute/decision.ts'
import type { PlainDate } from '../statute/plain-date.ts'
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
  | { kind: 'answered'; on: PlainDate }
  | { kind: 'first-judged'; on: PlainDate; result: LitigationResult }
  | { kind: 'appealed'; on: PlainDate }
  | { kind: 'took-effect'; on: PlainDate; result: LitigationResult }
  | { kind: 'recorded'; on: PlainDate; record: LitigationRecord; source: string }
  | { kind: 'corrected'; on: PlainDate; record: LitigationRecord; source: string; reason: string }

export type Litigation = LitigationRecord & { status: LitigationStatus }
export type LitigationState = { status: 'new' } | Litigation

export const NEW_LITIGATION: LitigationState = { status: 'new' }

export function evolveLitigation(state: LitigationState, event: LitigationEvent): LitigationState {
  if (event.kind === 'recorded' || event.kind === 'corrected') return withStatus(event.record)
  if (event.kind === 'filed')
    return withStatus({ facts: event.facts, answeredOn: null, firstInstance: null, appealedOn: null, final: null })
  if (state.status === 'new') throw new Error(`行政诉讼案件的第一件事不能是 ${event.kind}`)
  switch (event.kind) {
    case 'answered':
      return withStatus({ ...state, answeredOn: event.on })
    case 'first-judged':
      return withStatus({ ...state, firstInstance: { result: event.result, on: event.on } })
    case 'appealed':
      return withStatus({ ...state, appealedOn: event.on })
    case 'took-effect':
      return withStatus({ ...state, final: { result: event.result, on: event.on } })
  }
}

const withStatus = (record: LitigationRecord): Litigation => ({ ...record, status: statusOf(record) })

function statusOf(record: LitigationRecord): LitigationStatus {
  if (record.final !== null) return 'final'
  if (record.appealedOn !== null) return 'appeal'
  if (record.firstInstance !== null) return 'first-instance'
  return record.answeredOn !== null ? 'answered' : 'filed'
}

export const foldLitigation = (events: Iterable<LitigationEvent>): LitigationState =>
  [...events].reduce<LitigationState>((state, event) => evolveLitigation(state, event), NEW_LITIGATION)

export const LITIGATION_REFUSALS = {
  'already-filed': '该案已经登记',
  'not-in-this-state': '该案当前的状态不能这样办理',
  'out-of-order': '日期先后不合：答辩、裁判不早于收到起诉状副本之日，生效不早于一审',
  'future-date': '日期晚于今日',
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

export function answerLitigation(state: LitigationState, { on }: { on: PlainDate }): LitigationDecision {
  if (state.status !== 'filed') return refuse('not-in-this-state')
  return on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'answered', on })
}

export function judgeFirstInstance(
  state: LitigationState,
  input: { on: PlainDate; result: LitigationResult },
): LitigationDecision {
  if (state.status !== 'filed' && state.status !== 'answered') return refuse('not-in-this-state')
  return input.on < state.facts.receivedOn ? refuse('out-of-order') : accept({ kind: 'first-judged', ...input })
}

export function appealLitigation(state: LitigationState, { on }: { on: PlainDate }): LitigationDecision {
  if (state.status !== 'first-instance') return refuse('not-in-this-state')
  return on < (state.firstInstance?.on ?? on) ? refuse('out-of-order') : accept({ kind: 'appealed', on })
}

/** 裁判生效：二审裁判，或上诉期满未上诉的一审裁判。生效之前仍为尚未审结〔待核〕。 */
export function makeFinal(state: LitigationState, input: { on: PlainDate; result: LitigationResult }): LitigationDecision {
  if (state.status === 'new' || state.status === 'final') return refuse('not-in-this-state')
  return input.on < (state.firstInstance?.on ?? state.facts.receivedOn)
    ? refuse('out-of-order')
    : accept({ kind: 'took-effect', ...input })
}

/** 照台账记下或更正；没有不同则没有事发生。 */
export function recordLitigation(
  state: LitigationState,
  { on, record, source }: { on: PlainDate; record: LitigationRecord; source: string },
): LitigationDecision {
  const { facts, answeredOn, firstInstance, appealedOn, final } = record
  const later = [answeredOn, firstInstance?.on, appealedOn, final?.on].filter((day) => day !== null && day !== undefined)
  if ([facts.receivedOn, ...later].some((day) => day > on)) return refuse('future-date')
  if (later.some((day) => day < facts.receivedOn)) return refuse('out-of-order')
  if (firstInstance && final && final.on < firstInstance.on) return refuse('out-of-order')
  if (state.status === 'new') return accept({ kind: 'recorded', on, record, source })
  return isSame(state, record) ? accept() : accept({ kind: 'corrected', on, record, source, reason: '台账更新' })
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
