import type { DayCell, DueDateProps, TimelineEntry, Tone } from '../../platform/html/index.ts'
import { CalendarYearMissing, countWorkingDays } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import { accountOfClock, clocksOfReview, clocksOfSuit, currentClock, daysOfClock, isPaused } from '../case-clocks.ts'
import type { CaseClock } from '../case-clocks.ts'
import { detailOf, hearingWords, nextStepOf, statusWords, wordOf } from '../case-words.ts'
import { ATTENDANTS, comingHearings, HEARING_KINDS } from '../hearing.ts'
import type { Hearing } from '../hearing.ts'
import type { OpenedCase } from '../open-case.ts'
import { DUTY_DEEDS, isPending } from '../performance/duty.ts'
import type { DutyKind } from '../performance/duty.ts'
import type { DutyView } from '../performance/performance-block.tsx'

export interface ClockView {
  key: string
  label: string
  whose: string
  dueOn: string
  words: string
  tone: Tone
  account: string
  days: readonly DayCell[]
}

export interface CaseView {
  status: string
  due: DueDateProps | null
  clocks: readonly ClockView[]
  /** 现在要看的一项，逐日的账在页上展开 */
  current: string | null
  trouble: string | null
  history: readonly TimelineEntry[]
  hearings: readonly { id: string; words: string; note: string; tone: Tone }[]
  next: string
  /** 决定、裁判、意见书要办而还没有办的，先到期的在前 */
  owed: readonly Owed[]
}

/** 欠着的一项：欠什么、至迟何日、到哪里办。 */
export interface Owed {
  key: string
  words: string
  dueOn: PlainDate | null
  late: boolean
  /** 重新答复的那一件；别的为 null */
  answer: { href: string; regNo: string } | null
}

const WHOSE: Readonly<Record<CaseClock['whose'], string>> = { ours: '本机关', authority: '审理的机关', other: '对方' }

/** 案件页的内容：期限、经过、听证开庭、下一步。纯由案件、日历与今日得出。 */
export function toCaseView(opened: OpenedCase, { calendar, today, people, duties }: { calendar: Calendar; today: PlainDate; people: ReadonlyMap<string, string>; duties: readonly DutyView[] }): CaseView {
  const clocks = opened.kind === 'review' ? clocksOfReview(opened.state, calendar) : clocksOfSuit(opened.state, calendar)
  const current = currentClock(clocks)
  const pending = pendingOf(duties)
  const coming = new Set(comingHearings(opened.state).map(({ id }) => id))
  return {
    status: statusWords(opened),
    due: current?.whose === 'ours' ? dueOf(current, calendar, today) : (dueOfDuties(pending, today) ?? (current === null ? null : dueOf(current, calendar, today))),
    clocks: clocks.map((clock) => toClockView(clock, calendar, today)),
    current: current === null ? null : keyOf(current),
    trouble: clocks.some((clock) => clock.dueOn === null && !clock.moot && clock.doneOn === null && !isPaused(clock)) ? '尚无所涉年份的节假日安排，有的期限不能确定；载入之后自动算出。' : null,
    history: opened.history.map(({ event, actor }) => ({
      on: event.on,
      text: wordOf(opened.kind, event.kind),
      note: [detailOf(event, opened, people), people.get(actor) ?? ''].filter((text) => text !== '').join(' · '),
      ...(event.kind === 'decided' || event.kind === 'took-effect' ? { tone: 'ok' as const } : {}),
    })),
    hearings: opened.state.hearings.map((hearing) => ({ id: hearing.id, words: `${hearing.day} ${hearing.time} ${HEARING_KINDS[hearing.kind]}，${hearing.place}`, ...hearingState(hearing, { isComing: coming.has(hearing.id), today, people }) })),
    next: pending.length > 0 ? `${OWES}${hearingWords(opened)}` : nextStepOf(opened),
    owed: pending.map(toOwed),
  }
}

const keyOf = ({ term, from }: CaseClock): string => `${term}/${from}`

function hearingState({ day, attends, account, heldOn, attended, why, cancelled }: Hearing, { isComing, today, people }: { isComing: boolean; today: PlainDate; people: ReadonlyMap<string, string> }): { note: string; tone: Tone } {
  if (cancelled) return { note: '已取消', tone: 'plain' }
  if (heldOn !== null) return { note: `${heldOn} ${attended === null ? '' : ATTENDANTS[attended]}参加${why === null ? '' : `；负责人没有参加：${why}`}`, tone: 'ok' }
  if (day >= today && !isComing) return { note: '已有结果，不再开', tone: 'plain' }
  return { note: `${ATTENDANTS[attends]}参加${account === null ? '' : `，一同去的 ${people.get(account) ?? ''}`}`, tone: day < today ? 'late' : 'wait' }
}

function toClockView(clock: CaseClock, calendar: Calendar, today: PlainDate): ClockView {
  const { label, whose, dueOn, doneOn, moot } = clock
  const late = dueOn !== null && (doneOn ?? today) > dueOn
  return {
    key: keyOf(clock),
    label,
    whose: WHOSE[whose],
    dueOn: dueOn ?? (isPaused(clock) ? '中止之中，恢复后接着算' : '待定'),
    words: doneOn !== null ? `${doneOn} 办了${late ? (whose === 'ours' ? '，逾期' : '，晚于期限') : ''}` : moot ? '已不必' : isPaused(clock) ? '停着' : late ? (whose === 'ours' ? '已逾期' : '期限已过') : '未到',
    tone: doneOn !== null ? (late ? (whose === 'ours' ? 'late' : 'plain') : 'ok') : moot || (late && whose !== 'ours') ? 'plain' : late ? 'late' : 'wait',
    account: accountOfClock(clock),
    days: daysOfClock(clock, calendar, today),
  }
}

const OWES = '还有要照办、要反馈的，办了、记下，才能办结：'

// 还没有办的，先到期的在前
const pendingOf = (views: readonly DutyView[]): DutyView[] =>
  views.filter(({ duty, state }) => isPending(duty) && state.doneOn === null).toSorted((a, b) => (a.state.dueOn ?? '9999').localeCompare(b.state.dueOn ?? '9999'))

const toOwed = ({ duty, state: { dueOn, late, answer } }: DutyView): Owed => ({
  key: duty.id,
  words: `${DUTY_DEEDS[duty.kind]}${duty.matter === DUTY_DEEDS[duty.kind] || duty.kind === 'new-answer' ? '' : `：${duty.matter}`}`,
  dueOn,
  late,
  answer: answer === null ? null : { href: `/desk/applications/${answer.caseId}`, regNo: answer.regNo },
})

// 决定、裁判要本机关办的，先于等对方起诉的日子
function dueOfDuties([first]: readonly DutyView[], today: PlainDate): DueDateProps | null {
  const on = first?.state.dueOn ?? null
  if (first === undefined || on === null) return null
  const left = Math.abs(daysBetween(today, on))
  const label = `${DUTY_LABELS[first.duty.kind]}于`
  if (today > on) return { label, on, state: 'late', note: `已逾期 ${left} 日（自然日），仍须办` }
  return { label, on, state: left <= 7 ? 'soon' : 'ahead', note: `还有 ${left} 日（自然日）` }
}
const DUTY_LABELS: Readonly<Record<DutyKind, string>> = { 'new-answer': '照决定应当重新答复', act: '照决定应当履行', opinion: '落实情况应当报告', suggestion: '复函应当送出' }

const DUE_LABELS: Readonly<Record<CaseClock['whose'], (clock: CaseClock) => string>> = {
  ours: ({ term }) => (term.startsWith('APPEAL') ? '要上诉的，上诉于' : term === 'SUIT_ANSWER' ? '应当答辩、举证于' : '应当答复于'),
  authority: ({ term }) => (term.startsWith('REVIEW') ? '复议决定应于' : '一审应于'),
  other: () => '对方可以起诉至',
}

function dueOf(clock: CaseClock, calendar: Calendar, today: PlainDate): DueDateProps {
  const { dueOn, whose, unit } = clock
  const label = DUE_LABELS[whose](clock)
  if (dueOn === null) return { label, on: null, state: 'paused', note: isPaused(clock) ? '复议中止之中，恢复后接着算' : '尚无该年的节假日安排' }
  const left = leftWords(today, dueOn, unit, calendar)
  if (today > dueOn) return { label, on: dueOn, state: whose === 'ours' ? 'late' : 'ahead', note: whose === 'ours' ? `已逾期${left}，仍须办` : '期限已过' }
  const soon = daysBetween(today, dueOn) <= 7
  return { label, on: dueOn, state: soon && whose === 'ours' ? 'soon' : 'ahead', note: `还有${left}` }
}

function leftWords(today: PlainDate, dueOn: PlainDate, unit: CaseClock['unit'], calendar: Calendar): string {
  const [from, to] = today <= dueOn ? [today, dueOn] : [dueOn, today]
  if (unit !== 'WORKDAY') return ` ${daysBetween(from, to)} 日（自然日）`
  try {
    return ` ${countWorkingDays(from, to, calendar)} 个工作日`
  } catch (error) {
    if (error instanceof CalendarYearMissing) return ''
    throw error
  }
}
