import { addWorkingDays, countWorkingDays, isWorkingDay } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { orderedDue } from './ordered-term.ts'
import type { OrderedTerm, TermUnit } from './ordered-term.ts'
import { addCalendarDays } from './plain-date.ts'
import type { PlainDate } from './plain-date.ts'

export const REPLY_DAYS = 20 // 条例第三十三条第二款
export const LONGEST_EXTENSION = 20 // 条例第三十三条第二款
export const SUPPLEMENT_NOTICE_DAYS = 7 // 条例第三十条
export const CONSULTATION_DAYS = 15 // 条例第三十二条、第三十四条

/** 征求谁的意见：第三方（三十二条）、共同制作机关（三十四条）、其他机关（三十三条第三款）。 */
export type ConsultationKind = 'THIRD_PARTY' | 'CO_AGENCY' | 'OTHER_AGENCY'

export interface Consultation {
  id: string
  with: ConsultationKind
  sentOn: PlainDate
  deliveredOn: PlainDate | null
  /** 收到意见之日 */
  returnedOn: PlainDate | null
}

export type ClockFact =
  /** `ordered` 为复议决定、裁判所定的重新答复的期限 */
  | { kind: 'received'; on: PlainDate; ordered?: OrderedTerm }
  | { kind: 'supplement-asked'; on: PlainDate; by: PlainDate }
  | { kind: 'supplemented'; on: PlainDate }
  | { kind: 'consultation-sent'; on: PlainDate; id: string; with: ConsultationKind }
  | { kind: 'consultation-delivered'; on: PlainDate; id: string }
  | { kind: 'consultation-returned'; on: PlainDate; id: string }
  | { kind: 'extended'; on: PlainDate; days: number }
  | { kind: 'fee-noticed'; on: PlainDate; by: PlainDate }
  | { kind: 'fee-paid'; on: PlainDate }
  | { kind: 'deferred'; on: PlainDate; until: PlainDate }

/** 一件申请的答复期限，由事实折叠而来；到期日从不手填。 */
export interface ReplyTerm {
  receivedOn: PlainDate
  /** 最后一次起算之日，当日不计 */
  startedOn: PlainDate
  startedBy: 'received' | 'supplemented' | 'fee-paid'
  /** 已延长的工作日数 */
  extension: number
  consultations: readonly Consultation[]
  /** 待补正、待缴费：此间没有到期日，`until` 为申请人的期限 */
  stopped: { by: 'supplement' | 'fee'; since: PlainDate; until: PlainDate } | null
  /** 已缴的费用期间，(since, paidOn] */
  paid: { since: PlainDate; paidOn: PlainDate } | null
  /** 条例第三十五条：确定并告知的延迟答复之日 */
  deferredTo: PlainDate | null
  /** 复议决定、裁判所定的期限：不停、不延长，征求意见的时间也不排除 */
  ordered?: OrderedTerm
}

export interface ClockSettings {
  /** 征求意见所需时间自发出还是自送达起排除〔待核〕 */
  pauseFrom: 'SENT' | 'DELIVERED'
  /** 缴费后重新计算满期，还是只排除待缴费的时间〔待核〕 */
  feeRestart: 'FULL_20_AFTER_PAYMENT' | 'RESUME_AFTER_PAYMENT'
}

export const CLOCK_SETTINGS: ClockSettings = { pauseFrom: 'SENT', feeRestart: 'FULL_20_AFTER_PAYMENT' }

export type ReplyClock =
  | { state: 'running'; dueOn: PlainDate }
  /** 征求意见中；未送达、又没有法定期限的，到期日尚不能定 */
  | { state: 'consulting'; dueOn: PlainDate | null }
  | { state: 'stopped'; by: 'supplement' | 'fee'; until: PlainDate; dueOn: null }

/** 自某日收到起算的期限。 */
export const newTerm = (receivedOn: PlainDate, ordered?: OrderedTerm): ReplyTerm => ({
  receivedOn,
  startedOn: receivedOn,
  startedBy: 'received',
  extension: 0,
  consultations: [],
  stopped: null,
  paid: null,
  deferredTo: null,
  ...(ordered === undefined ? {} : { ordered }),
})

/** 把一件事实折进期限。 */
export function tick(term: ReplyTerm, fact: ClockFact, settings: ClockSettings = CLOCK_SETTINGS): ReplyTerm {
  switch (fact.kind) {
    case 'received':
      return newTerm(fact.on, fact.ordered)
    case 'supplement-asked':
      return { ...term, stopped: { by: 'supplement', since: fact.on, until: fact.by } }
    case 'supplemented': // 第三十条：答复期限自收到补正的申请之日起计算
      return { ...term, startedOn: fact.on, startedBy: 'supplemented', stopped: null, deferredTo: null }
    case 'consultation-sent':
      return {
        ...term,
        consultations: [...term.consultations, { id: fact.id, with: fact.with, sentOn: fact.on, deliveredOn: null, returnedOn: null }],
      }
    case 'consultation-delivered':
      return { ...term, consultations: term.consultations.map((c) => (c.id === fact.id ? { ...c, deliveredOn: fact.on } : c)) }
    case 'consultation-returned':
      return { ...term, consultations: term.consultations.map((c) => (c.id === fact.id ? { ...c, returnedOn: fact.on } : c)) }
    case 'extended':
      return { ...term, extension: term.extension + fact.days }
    case 'fee-noticed':
      return { ...term, stopped: { by: 'fee', since: fact.on, until: fact.by } }
    case 'fee-paid': {
      const paid = { since: term.stopped?.since ?? fact.on, paidOn: fact.on }
      return settings.feeRestart === 'RESUME_AFTER_PAYMENT'
        ? { ...term, stopped: null, paid }
        : { ...term, stopped: null, paid, startedOn: fact.on, startedBy: 'fee-paid', deferredTo: null }
    }
    case 'deferred':
      return { ...term, deferredTo: fact.until }
  }
}

/** 按序折叠全部事实；第一件须为收到。 */
export function foldClock(facts: readonly ClockFact[], settings: ClockSettings = CLOCK_SETTINGS): ReplyTerm {
  const [first, ...rest] = facts
  if (first?.kind !== 'received') throw new Error('期限的第一件事实须为收到')
  return rest.reduce((term, fact) => tick(term, fact, settings), newTerm(first.on, first.ordered))
}

/** 一次征求意见何时为止：收到意见或十五个工作日期满，取早；两者都还不知则 null。 */
export function consultationEndsOn(c: Consultation, calendar: Calendar): PlainDate | null {
  const expiresOn = consultationExpiresOn(c, calendar)
  if (c.returnedOn === null) return expiresOn
  return expiresOn !== null && expiresOn < c.returnedOn ? expiresOn : c.returnedOn
}

/** 意见的期限：自其收到征求意见书起十五个工作日；征求其他机关没有法定期限，未送达则尚未起算，均为 null。 */
export function consultationExpiresOn(c: Consultation, calendar: Calendar): PlainDate | null {
  if (c.with === 'OTHER_AGENCY' || c.deliveredOn === null) return null
  return addWorkingDays(c.deliveredOn, CONSULTATION_DAYS, calendar)
}

/** 排除的期间 (from, to]；`to` 为 null 即尚未结束。 */
export interface Pause {
  from: PlainDate
  to: PlainDate | null
  note: string
}

const CONSULTED: Record<ConsultationKind, string> = {
  THIRD_PARTY: '征求第三方意见，不计入（条例第三十三条第三款）',
  CO_AGENCY: '征求共同制作机关意见，不计入（条例第三十三条第三款）',
  OTHER_AGENCY: '征求其他机关意见，不计入（条例第三十三条第三款）',
}

/** 等缴费的日子在逐日账上的说法。 */
export const FEE_WAIT = '待缴信息处理费，不计入'

/** 各次排除的期间，可以重叠：同一天只排除一次。 */
export function pausesOf(term: ReplyTerm, calendar: Calendar, settings: ClockSettings = CLOCK_SETTINGS): Pause[] {
  const pauses: Pause[] = []
  for (const c of term.consultations) {
    const from = settings.pauseFrom === 'SENT' ? c.sentOn : c.deliveredOn
    if (from !== null) pauses.push({ from, to: consultationEndsOn(c, calendar), note: CONSULTED[c.with] })
  }
  if (settings.feeRestart === 'RESUME_AFTER_PAYMENT' && term.paid !== null) {
    pauses.push({ from: term.paid.since, to: term.paid.paidOn, note: FEE_WAIT })
  }
  return pauses
}

const pausedOn = (day: PlainDate, pauses: readonly Pause[]): Pause | undefined =>
  pauses.find((p) => p.from < day && (p.to === null || day <= p.to))

/** 现在的期限状态与到期日。遇没有数据的年份抛 `CalendarYearMissing`。 */
export function replyClock(term: ReplyTerm, calendar: Calendar, settings: ClockSettings = CLOCK_SETTINGS): ReplyClock {
  if (term.ordered !== undefined) return { state: 'running', dueOn: orderedDue(term.ordered, term.startedOn, calendar).dueOn }
  if (term.stopped !== null) return { state: 'stopped', by: term.stopped.by, until: term.stopped.until, dueOn: null }
  const pauses = pausesOf(term, calendar, settings)
  const state = term.consultations.some((c) => c.returnedOn === null) ? 'consulting' : 'running'
  if (term.deferredTo !== null) return { state, dueOn: term.deferredTo }
  const last = countTo(term.startedOn, REPLY_DAYS + term.extension, pauses, calendar)
  if (last === null) return { state: 'consulting', dueOn: null }
  return { state, dueOn: last }
}

function countTo(from: PlainDate, n: number, pauses: readonly Pause[], calendar: Calendar): PlainDate | null {
  if (pauses.length === 0) return addWorkingDays(from, n, calendar)
  let day = from
  for (let counted = 0; counted < n; ) {
    day = addCalendarDays(day, 1)
    const pause = pausedOn(day, pauses)
    if (pause?.to === null) return null
    if (pause === undefined && isWorkingDay(day, calendar)) counted++
  }
  return day
}

export interface DueStep {
  day: PlainDate
  kind: 'received' | 'set-aside' | 'start' | 'counted' | 'rest' | 'paused' | 'deferred'
  /** 计入的是第几个工作日；不计入则 null */
  n: number | null
  note: string
}

export interface DueAccount {
  /** 到期日；待补正、待缴费或征求意见未定时为 null，账目记至能记之日 */
  dueOn: PlainDate | null
  steps: DueStep[]
  /** 计的是工作日还是自然日；不写即工作日 */
  unit?: TermUnit
}

const START_NOTE = {
  received: '收到申请，当日不计（条例第三十一条）',
  supplemented: '收到补正，期限重新起算，当日不计（条例第三十条）',
  'fee-paid': '完成缴费，期限重新起算，当日不计（本区设定）',
} as const

const WEEKDAY_NOTE = '工作日'
const MOST_STEPS = 4000

/**
 * 逐日的账：自收到之日起，每个自然日或计入、或说明为何不计入，直到到期日。
 * `days` 为应答的工作日数，通常为二十。
 */
export function due(
  term: ReplyTerm,
  calendar: Calendar,
  { days = REPLY_DAYS, ...rest }: Partial<ClockSettings> & { days?: number } = {},
): DueAccount {
  if (term.ordered !== undefined) return orderedAccount(term.receivedOn, term.ordered, calendar)
  const settings = { ...CLOCK_SETTINGS, ...rest }
  const pauses = pausesOf(term, calendar, settings)
  const steps: DueStep[] = [{ day: term.receivedOn, kind: 'received', n: null, note: START_NOTE.received }]
  let day = term.receivedOn
  const next = (): PlainDate => {
    if (steps.length > MOST_STEPS) throw new RangeError('期限过长，不再逐日列账')
    return (day = addCalendarDays(day, 1))
  }
  while (day < term.startedOn) {
    const started = next() === term.startedOn
    steps.push(
      started
        ? { day, kind: 'start', n: null, note: START_NOTE[term.startedBy] }
        : { day, kind: 'set-aside', n: null, note: '重新起算之前，不计入' },
    )
  }
  if (term.stopped !== null) return { dueOn: null, steps }

  const total = days + term.extension
  for (let n = 0; n < total && (term.deferredTo === null || day < term.deferredTo); ) {
    const pause = pausedOn(next(), pauses)
    if (!isWorkingDay(day, calendar)) steps.push({ day, kind: 'rest', n: null, note: '休息日、节假日，不计入' })
    else if (pause?.to === null) return { dueOn: null, steps }
    else if (pause !== undefined) steps.push({ day, kind: 'paused', n: null, note: pause.note })
    else steps.push({ day, kind: 'counted', n: ++n, note: noteOf(day, n, days, total, calendar) })
  }
  while (term.deferredTo !== null && day < term.deferredTo) {
    next()
    steps.push({ day, kind: 'deferred', n: null, note: '延迟答复的合理期限之内（条例第三十五条）' })
  }
  return { dueOn: day, steps }
}

/** 决定、裁判所定的期限逐日的账。 */
function orderedAccount(from: PlainDate, ordered: OrderedTerm, calendar: Calendar): DueAccount {
  const { nominal, dueOn } = orderedDue(ordered, from, calendar)
  const steps: DueStep[] = [{ day: from, kind: 'received', n: null, note: '收到决定、裁判生效等起算之日，当日不计' }]
  for (let day = addCalendarDays(from, 1), n = 0; day <= dueOn; day = addCalendarDays(day, 1)) {
    const counts = ordered.unit === 'WORKDAY' ? isWorkingDay(day, calendar) : day <= nominal
    const end = day === dueOn ? '，期限于当日 24 时届满' : ''
    steps.push(counts ? { day, kind: 'counted', n: ++n, note: `决定、裁判所定的期限${end}` } : { day, kind: 'rest', n: null, note: ordered.unit === 'WORKDAY' ? '休息日、节假日，不计入' : `届满之日为休息日，顺延${end}` })
  }
  return { dueOn, steps, unit: ordered.unit }
}

function noteOf(day: PlainDate, n: number, days: number, total: number, calendar: Calendar): string {
  const madeUp = calendar.exceptions.get(day) === 'work' ? '调休上班的周末' : WEEKDAY_NOTE
  const extended = n > days ? '，延长的期限之内' : ''
  return `${madeUp}${extended}${n === total ? '，期限于当日 24 时届满' : ''}`
}

export type ExtensionRefusal =
  | 'extension-days-invalid'
  | 'extension-too-long'
  | 'extension-not-approved'
  | 'extension-after-due'
  | 'extension-deferred'

/**
 * 可否延长：须经工作机构负责人同意，并于当时的到期日之前告知；累计不超过二十个工作日（条例第三十三条第二款）。
 * 已依第三十五条另定延迟答复之日的，到期日即该日，不再延长。可以则 null。
 */
export function refuseExtension(
  term: ReplyTerm,
  { days, approved, notifiedOn }: { days: number; approved: boolean; notifiedOn: PlainDate },
  calendar: Calendar,
  settings: ClockSettings = CLOCK_SETTINGS,
): ExtensionRefusal | null {
  if (!Number.isInteger(days) || days < 1) return 'extension-days-invalid'
  if (term.extension + days > LONGEST_EXTENSION) return 'extension-too-long'
  if (!approved) return 'extension-not-approved'
  if (term.deferredTo !== null) return 'extension-deferred'
  const { dueOn } = replyClock(term, calendar, settings)
  return dueOn !== null && notifiedOn > dueOn ? 'extension-after-due' : null
}

/** 补正告知的最后一日：自收到之日起七个工作日。 */
export const supplementNoticeDue = (startedOn: PlainDate, calendar: Calendar): PlainDate =>
  addWorkingDays(startedOn, SUPPLEMENT_NOTICE_DAYS, calendar)

/** 申请人补正的最后一日；`n` 为告知的合理期限，默认十五个工作日〔待核〕。 */
export const supplementDeadline = (servedOn: PlainDate, calendar: Calendar, n = 15): PlainDate =>
  addWorkingDays(servedOn, n, calendar)

/** 期限届满的次日起才算逾期。 */
export const isPast = (deadline: PlainDate, today: PlainDate): boolean => today > deadline

/** 逾期几个工作日；未逾期为 0。 */
export const workingDaysLate = (on: PlainDate, dueOn: PlainDate, calendar: Calendar): number =>
  countWorkingDays(dueOn, on, calendar)

/** 期满未回的效果：第三方沉默由机关依法决定，绝非同意；共同制作机关沉默视为同意公开。 */
export const SILENCE: Record<ConsultationKind, 'body-decides' | 'deemed-consent' | 'none'> = {
  THIRD_PARTY: 'body-decides', // 第三十二条
  CO_AGENCY: 'deemed-consent', // 第三十四条
  OTHER_AGENCY: 'none',
}
