import type { DayCell } from '../platform/html/index.ts'
import { CalendarYearMissing, isWorkingDay, termOfDays } from '../statute/calendar.ts'
import type { Calendar, NaturalTerm } from '../statute/calendar.ts'
import { addCalendarDays, daysBetween, nextDay } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { REVIEW_TERMS, reviewTerm } from '../statute/review-clocks.ts'
import type { ReviewTerm } from '../statute/review-clocks.ts'
import { appealTerm } from './litigation.ts'
import type { Litigation } from './litigation.ts'
import { answerTerm } from './review.ts'
import type { Pause, Review } from './review.ts'

/** 一项期限：谁的、自何日起、何日届满、办了没有。 */
export interface CaseClock {
  term: ReviewTerm
  label: string
  article: string
  /** 自然日、工作日或者月，照法律 */
  unit: 'WORKDAY' | 'DAY' | 'MONTH'
  /** 几个工作日、几日或者几个月，连同延长的 */
  n: number
  /** 本机关要赶的，还是复议机关、法院、对方的 */
  whose: 'ours' | 'authority' | 'other'
  from: PlainDate
  fromLabel: string
  /** 名义届满日；没有该年节假日安排、算不出的与 `dueOn` 一并为 null */
  nominal: PlainDate | null
  dueOn: PlainDate | null
  /** 办了之日；没有办的为 null */
  doneOn: PlainDate | null
  /** 已不必再赶：先有了结果，或者案件走到了别处 */
  moot: boolean
  /** 停着不计的日子；本机关的期限没有 */
  pauses: readonly Pause[]
}

/** 正停着，恢复之前算不出届满之日。 */
export const isPaused = ({ pauses, doneOn }: CaseClock): boolean => doneOn === null && pauses.some(({ to }) => to === null)

// 自中止之日的次日至恢复之日不计
const isStill = (day: PlainDate, pauses: readonly Pause[]): boolean => pauses.some(({ from, to }) => from < day && (to === null || day <= to))

interface Wanted {
  term: ReviewTerm
  whose: CaseClock['whose']
  from: PlainDate
  doneOn: PlainDate | null
  moot?: boolean
  /** 另外延长的日数 */
  extra?: number
  pauses?: readonly Pause[]
}

function toClock({ term, whose, from, doneOn, moot = false, extra = 0, pauses: all = [] }: Wanted, calendar: Calendar): CaseClock {
  const { label, article, unit, n, from: fromLabel } = REVIEW_TERMS[term]
  const pauses = all.flatMap((pause) => (pause.to !== null && pause.to <= from ? [] : [pause.from < from ? { ...pause, from } : pause]))
  const still = pauses.reduce((days, pause) => days + (pause.to === null ? 0 : daysBetween(pause.from, pause.to)), 0)
  const running = pauses.every(({ to }) => to !== null)
  const due = running ? orNull(() => (extra + still === 0 ? reviewTerm(term, from, calendar) : termOfDays(from, n + extra + still, calendar))) : null
  return { term, label, article, unit, n: n + extra, whose, from, fromLabel, nominal: due?.nominal ?? null, dueOn: due?.dueOn ?? null, doneOn, moot: moot && doneOn === null, pauses }
}

function orNull(read: () => NaturalTerm): NaturalTerm | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

/** 一件复议的各项期限：答复、决定、起诉。 */
export function clocksOfReview(review: Review, calendar: Calendar): CaseClock[] {
  const { facts, answeredOn, decidedOn, acceptedOn, extendedDays, servedOn, status, litigationId, pauses } = review
  const wanted: Wanted[] = [{ term: answerTerm(review), whose: 'ours', from: facts.receivedOn, doneOn: answeredOn, moot: status !== 'received' }]
  if (acceptedOn !== null) wanted.push({ term: facts.procedure === 'summary' ? 'REVIEW_DECISION_SUMMARY' : 'REVIEW_DECISION_ORDINARY', whose: 'authority', from: acceptedOn, doneOn: decidedOn, extra: facts.procedure === 'summary' ? 0 : extendedDays, pauses })
  if (servedOn !== null) wanted.push({ term: 'SUIT_AFTER_REVIEW', whose: 'other', from: servedOn, doneOn: null, moot: litigationId !== null || status === 'closed' })
  return wanted.map((one) => toClock(one, calendar))
}

/** 一件诉讼的各项期限：答辩、一审、上诉。 */
export function clocksOfSuit(suit: Litigation, calendar: Calendar): CaseClock[] {
  const { facts, answeredOn, docketedOn, trial, firstInstance, firstServedOn, firstForm, appealedOn, status, final } = suit
  const wanted: Wanted[] = [{ term: 'SUIT_ANSWER', whose: 'ours', from: facts.receivedOn, doneOn: answeredOn, moot: status !== 'filed' }]
  if (docketedOn !== null) wanted.push({ term: trial === 'summary' ? 'FIRST_INSTANCE_SUMMARY' : 'FIRST_INSTANCE_ORDINARY', whose: 'authority', from: docketedOn, doneOn: firstInstance?.on ?? null, moot: final !== null })
  if (firstServedOn !== null) wanted.push({ term: appealTerm(firstForm), whose: 'ours', from: firstServedOn, doneOn: appealedOn, moot: status !== 'first-instance' })
  return wanted.map((one) => toClock(one, calendar))
}

/** 现在要看的一项：本机关要赶的在先，其次别人的；都没有为 null。 */
export function currentClock(clocks: readonly CaseClock[]): CaseClock | null {
  const running = clocks.filter(({ doneOn, moot }) => doneOn === null && !moot)
  return running.find(({ whose }) => whose === 'ours') ?? running.at(-1) ?? null
}

/** 逾期之后至多再列几日。 */
const MOST_LATE = 62

/** 逐日的账：每一天计不计、为何。以月计的、算不出的没有。 */
export function daysOfClock(clock: CaseClock, calendar: Calendar, today: PlainDate): DayCell[] {
  const { unit, from, nominal, dueOn, doneOn, pauses } = clock
  if (unit === 'MONTH' || nominal === null || dueOn === null) return []
  const until = doneOn ?? today
  const cells: DayCell[] = [{ on: from, kind: 'off', mark: '收', meaning: `${clock.fromLabel}之日，当日不计` }]
  let n = 0
  for (let day = nextDay(from); day <= dueOn; day = nextDay(day)) {
    const rest = unit === 'WORKDAY' && !isWorkingDay(day, calendar)
    if (isStill(day, pauses)) {
      cells.push({ on: day, kind: 'off', mark: '停', meaning: '复议中止，不计' })
      continue
    }
    const counts = unit === 'WORKDAY' ? !rest : day <= nominal
    if (counts) n += 1
    cells.push(day === dueOn ? dueCell(day, counts, n, unit) : counts ? countedCell(day, n, unit, day <= until) : restCell(day, unit))
  }
  // 审理机关、对方的期限过了，不是本机关的逾期
  if (doneOn === null && !clock.moot && clock.whose === 'ours') cells.push(...lateCells(dueOn, until, calendar))
  return cells.map((cell) => (doneOn === null && cell.on === today ? { ...cell, today: true } : cell))
}

const nth = (n: number, unit: CaseClock['unit']): string => (unit === 'WORKDAY' ? `第 ${n} 个工作日` : `第 ${n} 日`)
const countedCell = (on: PlainDate, n: number, unit: CaseClock['unit'], passed: boolean): DayCell => ({ on, kind: passed ? 'counted' : 'ahead', mark: String(n), meaning: nth(n, unit) })
const restCell = (on: PlainDate, unit: CaseClock['unit']): DayCell =>
  unit === 'WORKDAY' ? { on, kind: 'off', mark: '休', meaning: '休息日，不计' } : { on, kind: 'off', mark: '顺', meaning: '届满之日为休息日，顺延' }
const dueCell = (on: PlainDate, counts: boolean, n: number, unit: CaseClock['unit']): DayCell => ({ on, kind: 'due', mark: counts ? String(n) : '止', meaning: counts ? `${nth(n, unit)}，届满` : '顺延后届满' })

function lateCells(dueOn: PlainDate, until: PlainDate, calendar: Calendar): DayCell[] {
  const cells: DayCell[] = []
  try {
    for (let day = addCalendarDays(dueOn, 1); day <= until && cells.length < MOST_LATE; day = nextDay(day))
      cells.push(isWorkingDay(day, calendar) ? { on: day, kind: 'late', mark: '逾', meaning: '已逾期' } : { on: day, kind: 'off', mark: '休', meaning: '已逾期，休息日' })
  } catch (error) {
    if (!(error instanceof CalendarYearMissing)) throw error
  }
  return cells
}

/** 一句话说清怎样算的。 */
export function accountOfClock({ unit, n, article, fromLabel, from, nominal, dueOn, pauses }: CaseClock): string {
  const span = unit === 'WORKDAY' ? `${n} 个工作日` : unit === 'DAY' ? `${n} 日，按自然日计` : `${n} 个月`
  const rolled = nominal !== null && dueOn !== null && nominal !== dueOn ? `；名义届满日 ${nominal} 为休息日，顺延至 ${dueOn}` : ''
  const stops = pauses.map((pause) => `；${pause.from} 起中止${pause.to === null ? '，恢复之后接着算' : `，${pause.to} 恢复，其间不计`}`).join('')
  return `${fromLabel}（${from}）次日起 ${span}${stops}${rolled}（${article}）`
}
