import { accept, refuse } from '../../statute/decision.ts'
import type { Decision } from '../../statute/decision.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

export const STATUSES = {
  opened: '查明中',
  told: '待陈述申辩',
  replied: '待处理',
  decided: '待整改',
  rectified: '待确认整改',
  closed: '已办结',
  withdrawn: '已撤销',
} as const
export type Status = keyof typeof STATUSES
export const isStatus = (text: string | undefined): text is Status => text !== undefined && Object.hasOwn(STATUSES, text)

/** 处理；不予处理的不与别的并用。人事上的只移送有权的机关，本系统不作处分。 */
export const MEASURES = { none: '不予处理', order: '责令改正', talk: '约谈', criticize: '通报批评', transfer: '移送有权机关' } as const
export type Measure = keyof typeof MEASURES
export const isMeasure = (text: string): text is Measure => Object.hasOwn(MEASURES, text)
export const MEASURE_NAMES = Object.keys(MEASURES) as Measure[]

/** 各步的事；写的是机关的事实与意见，不写个人信息，涉及的人只有账号。 */
export type MatterEvent =
  | { kind: 'opened'; on: PlainDate; title: string; trigger: string | null; basis: string; records: number }
  | { kind: 'told'; on: PlainDate; findings: string; basis: string; subject: string | null; replyBy: PlainDate }
  | { kind: 'replied'; on: PlainDate; said: string }
  | { kind: 'decided'; on: PlainDate; measures: readonly Measure[]; reason: string; rectifyBy: PlainDate | null }
  | { kind: 'rectified'; on: PlainDate; said: string }
  | { kind: 'returned'; on: PlainDate; reason: string; rectifyBy: PlainDate }
  | { kind: 'closed'; on: PlainDate; said: string }
  | { kind: 'withdrawn'; on: PlainDate; reason: string }

export interface Matter {
  status: Status
  title: string
  trigger: string | null
  basis: string
  openedOn: PlainDate
  told: { on: PlainDate; findings: string; subject: string | null; replyBy: PlainDate } | null
  reply: { on: PlainDate; said: string } | null
  decision: { on: PlainDate; measures: readonly Measure[]; reason: string; rectifyBy: PlainDate | null } | null
  closedOn: PlainDate | null
  withdrawn: { on: PlainDate; reason: string } | null
}
export type MatterState = { status: 'new' } | Matter

export function evolveMatter(state: MatterState, event: MatterEvent): MatterState {
  if (event.kind === 'opened') return { status: 'opened', title: event.title, trigger: event.trigger, basis: event.basis, openedOn: event.on, told: null, reply: null, decision: null, closedOn: null, withdrawn: null }
  if (state.status === 'new') return state
  switch (event.kind) {
    case 'told':
      return { ...state, status: 'told', basis: event.basis, told: { on: event.on, findings: event.findings, subject: event.subject, replyBy: event.replyBy } }
    case 'replied':
      return { ...state, status: 'replied', reply: { on: event.on, said: event.said } }
    case 'decided': {
      const { on, measures, reason, rectifyBy } = event
      // 没有限期整改的，处理作出即办结
      return { ...state, status: rectifyBy === null ? 'closed' : 'decided', decision: { on, measures, reason, rectifyBy }, closedOn: rectifyBy === null ? on : null }
    }
    case 'rectified':
      return { ...state, status: 'rectified' }
    case 'returned':
      return { ...state, status: 'decided', decision: state.decision === null ? null : { ...state.decision, rectifyBy: event.rectifyBy } }
    case 'closed':
      return { ...state, status: 'closed', closedOn: event.on }
    case 'withdrawn':
      return { ...state, status: 'withdrawn', withdrawn: { on: event.on, reason: event.reason } }
  }
}

export type MatterRefusal = 'not-now' | 'reply-pending' | 'reply-too-soon' | 'measures-missing' | 'none-with-others' | 'rectify-missing' | 'rectify-past' | 'future-day'
type Decided = Decision<MatterEvent, MatterRefusal>

const only = (state: Matter, ...statuses: readonly Status[]): boolean => statuses.includes(state.status)

/** 告知查明的事实与依据，给陈述申辩的期限；期限不得少于所定的日子。 */
export function tell(state: Matter, event: Omit<Extract<MatterEvent, { kind: 'told' }>, 'kind'> & { least: PlainDate }): Decided {
  const { least, ...rest } = event
  if (!only(state, 'opened')) return refuse('not-now')
  return rest.replyBy < least ? refuse('reply-too-soon') : accept({ kind: 'told', ...rest })
}

/** 陈述申辩；期限过了而还没有处理的，仍然收下。 */
export const reply = (state: Matter, event: { on: PlainDate; said: string }): Decided => (only(state, 'told') ? accept({ kind: 'replied', ...event }) : refuse('not-now'))

/** 处理：听过陈述申辩，或者期限已过而没有陈述的，才可以作出。 */
export function decide(state: Matter, event: Omit<Extract<MatterEvent, { kind: 'decided' }>, 'kind'>): Decided {
  const { on, measures, rectifyBy } = event
  if (!only(state, 'told', 'replied')) return refuse('not-now')
  if (state.status === 'told' && state.told !== null && on <= state.told.replyBy) return refuse('reply-pending')
  if (measures.length === 0) return refuse('measures-missing')
  if (measures.includes('none') && measures.length > 1) return refuse('none-with-others')
  if (measures.includes('order') && rectifyBy === null) return refuse('rectify-missing')
  if (rectifyBy !== null && rectifyBy <= on) return refuse('rectify-past')
  return accept({ kind: 'decided', ...event, rectifyBy: measures.includes('none') ? null : rectifyBy })
}

export const rectify = (state: Matter, event: { on: PlainDate; said: string }): Decided => (only(state, 'decided') ? accept({ kind: 'rectified', ...event }) : refuse('not-now'))

/** 整改没有到位的退回，另定期限。 */
export function sendBack(state: Matter, event: { on: PlainDate; reason: string; rectifyBy: PlainDate | null }): Decided {
  const { on, reason, rectifyBy } = event
  if (!only(state, 'rectified')) return refuse('not-now')
  if (rectifyBy === null) return refuse('rectify-missing')
  return rectifyBy <= on ? refuse('rectify-past') : accept({ kind: 'returned', on, reason, rectifyBy })
}

export const close = (state: Matter, event: { on: PlainDate; said: string }): Decided => (only(state, 'rectified') ? accept({ kind: 'closed', ...event }) : refuse('not-now'))

/** 撤销：查明不成立、处理有误的，办结之后也可以撤销，写明理由。 */
export const withdraw = (state: Matter, event: { on: PlainDate; reason: string }): Decided => (only(state, 'withdrawn') ? refuse('not-now') : accept({ kind: 'withdrawn', ...event }))
