import { accept, refuse } from '../../statute/decision.ts'
import type { Decision } from '../../statute/decision.ts'
import { TERM_UNITS } from '../../statute/ordered-term.ts'
import type { OrderedTerm } from '../../statute/ordered-term.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 决定、裁判、意见书、建议书要本机关办的几种。 */
export const DUTY_KINDS = { 'new-answer': '重新答复', act: '履行', opinion: '行政复议意见书', suggestion: '司法建议书' } as const
export type DutyKind = keyof typeof DUTY_KINDS
/** 各是要做什么。 */
export const DUTY_DEEDS: Readonly<Record<DutyKind, string>> = { 'new-answer': '重新答复', act: '履行', opinion: '报告意见书的落实情况', suggestion: '答复司法建议书' }
/** 送出反馈的，不是照决定、裁判履行的。 */
export const isFeedback = (kind: DutyKind): boolean => kind === 'opinion' || kind === 'suggestion'

/** 要办的一项；不记当事人。 */
export interface OrderedDuty {
  id: string
  kind: DutyKind
  /** 决定书、裁判文书、意见书的文号；没有的为 null */
  documentNo: string | null
  /** 要办什么，一两句 */
  matter: string
  /** 期限起算之日，当日不计 */
  from: PlainDate
  /** 所定的期限；没有定的为 null */
  term: OrderedTerm | null
}

export interface Duty extends OrderedDuty {
  /** 据以重新答复的那一件申请：另立的，原来没有答复的即原件 */
  applicationId: string | null
  done: { on: PlainDate; documentNo: string | null; note: string } | null
  dropped: { on: PlainDate; reason: string } | null
}

export type DutyEvent =
  | { kind: 'duty-ordered'; on: PlainDate; duty: OrderedDuty }
  | { kind: 'answer-opened'; on: PlainDate; id: string; applicationId: string }
  | { kind: 'duty-done'; on: PlainDate; id: string; documentNo: string | null; note: string }
  | { kind: 'duty-dropped'; on: PlainDate; id: string; reason: string }

export const DUTY_WORDS: Readonly<Record<DutyEvent['kind'], string>> = {
  'duty-ordered': '登记要履行、反馈的',
  'answer-opened': '立重新答复的一件',
  'duty-done': '履行、反馈了',
  'duty-dropped': '不再履行',
}
export const isDutyEvent = (event: { kind: string }): event is DutyEvent => Object.hasOwn(DUTY_WORDS, event.kind)

export function evolveDuties(duties: readonly Duty[], event: DutyEvent): readonly Duty[] {
  if (event.kind === 'duty-ordered') return [...duties, { ...event.duty, applicationId: null, done: null, dropped: null }]
  return duties.map((duty) => (duty.id === event.id ? changed(duty, event) : duty))
}

function changed(duty: Duty, event: Exclude<DutyEvent, { kind: 'duty-ordered' }>): Duty {
  switch (event.kind) {
    case 'answer-opened':
      return { ...duty, applicationId: event.applicationId }
    case 'duty-done':
      return { ...duty, done: { on: event.on, documentNo: event.documentNo, note: event.note } }
    case 'duty-dropped':
      return { ...duty, dropped: { on: event.on, reason: event.reason } }
  }
}

/** 期限怎样定的：自何日的次日起几日。 */
export const termWords = ({ term, from }: Pick<OrderedDuty, 'term' | 'from'>): string => (term === null ? '没有定期限' : `${from} 次日起 ${term.days} ${TERM_UNITS[term.unit]}`)

export const isPending = ({ done, dropped }: Pick<Duty, 'done' | 'dropped'>): boolean => done === null && dropped === null

export const DUTY_REFUSALS = {
  'duty-unknown': '没有这一项，请重选',
  'duty-over': '这一项已经履行，或者不再履行了',
  'duty-before-decided': '不能早于决定、裁判之日',
  'duty-before-start': '不能早于期限起算之日',
  'duty-by-answer': '重新答复的，答复发出即为履行，不另记',
  'duties-open': '还有没有履行、反馈的，先履行，或者记明不再履行',
  'term-invalid': '期限须为一至三百六十五的整数；没有定期限的不填',
  'too-many-duties': '一件案件至多登记五十项',
} as const
export type DutyRefusal = keyof typeof DUTY_REFUSALS
type DutyDecision = Decision<DutyEvent, DutyRefusal>

const MOST = 50

/** 登记要办的一项；`since` 为决定、裁判之日，意见书没有。 */
export function orderDuty(duties: readonly Duty[], { on, duty, since }: { on: PlainDate; duty: OrderedDuty; since: PlainDate | null }): DutyDecision {
  if (duties.length >= MOST) return refuse('too-many-duties')
  if (since !== null && duty.from < since) return refuse('duty-before-decided')
  const { term } = duty
  if (term !== null && (!Number.isInteger(term.days) || term.days < 1 || term.days > 365)) return refuse('term-invalid')
  return accept({ kind: 'duty-ordered', on, duty })
}

function pendingOf(duties: readonly Duty[], id: string): Duty | DutyRefusal {
  const found = duties.find((duty) => duty.id === id)
  return found === undefined ? 'duty-unknown' : isPending(found) ? found : 'duty-over'
}

/** 履行、反馈了；重新答复的由答复的发出得出。 */
export function finishDuty(duties: readonly Duty[], { on, id, documentNo, note }: { on: PlainDate; id: string; documentNo: string | null; note: string }): DutyDecision {
  const found = pendingOf(duties, id)
  if (typeof found === 'string') return refuse(found)
  if (found.applicationId !== null) return refuse('duty-by-answer')
  return on < found.from ? refuse('duty-before-start') : accept({ kind: 'duty-done', on, id, documentNo, note })
}

/** 不再履行：二审改判、复议决定被撤销、登记错了。 */
export function dropDuty(duties: readonly Duty[], { on, id, reason }: { on: PlainDate; id: string; reason: string }): DutyDecision {
  const found = pendingOf(duties, id)
  return typeof found === 'string' ? refuse(found) : accept({ kind: 'duty-dropped', on, id, reason })
}
