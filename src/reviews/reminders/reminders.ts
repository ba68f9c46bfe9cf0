import { CalendarYearMissing, countWorkingDays } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { clocksOfReview, clocksOfSuit } from '../case-clocks.ts'
import type { CaseClock } from '../case-clocks.ts'
import { comingHearings, HEARING_KINDS } from '../hearing.ts'
import type { CaseState } from '../open-case.ts'

/** 提醒谁：承办人（没有的为经办），工作机构负责人，机关领导。 */
export type Audience = 'handler' | 'heads' | 'leaders'

export interface ReminderSettings {
  /** 到期前几个工作日提醒，如 5、3、1 */
  days: readonly number[]
  /** 逾期几个工作日报机关领导〔待核〕 */
  toLeader: number
}

export interface Reminder {
  /** 说同一件事的各次：新的来了，没有看的旧的即算看过 */
  series: string
  /** 同一次提醒的键：漏跑、重跑都是这个键 */
  key: string
  to: readonly Audience[]
  title: string
  note: string
}

/** 看着的一个日子：前几个工作日、当日、其后第几个工作日起提醒，提醒谁，说什么。 */
interface Watch {
  series: string
  on: PlainDate
  /** 到期前提醒谁，当日与逾期另加谁 */
  before: readonly Audience[]
  due: readonly Audience[]
  /** 过了之后：每个工作日提醒；不再提醒的为 null */
  after: readonly Audience[] | null
  say: (words: string) => { title: string; note: string }
}

const dayText = (on: PlainDate): string => `${Number(on.slice(0, 4))} 年 ${Number(on.slice(5, 7))} 月 ${Number(on.slice(8))} 日`

/** 一件案件要看着的日子：本机关的期限逾期一律提醒，不能关；听证、开庭只在之前与当日。 */
export function watchesOf(opened: CaseState, calendar: Calendar): Watch[] {
  const clocks = opened.kind === 'review' ? clocksOfReview(opened.state, calendar) : clocksOfSuit(opened.state, calendar)
  const running = clocks.filter(({ whose, doneOn, moot, dueOn }) => whose === 'ours' && doneOn === null && !moot && dueOn !== null)
  return [
    ...running.map((clock) => watchOfClock(clock)),
    ...comingHearings(opened.state).map(({ id, kind, day, time, place }): Watch => ({
      series: `hearing/${id}`,
      on: day,
      before: ['handler', 'heads', 'leaders'],
      due: ['handler', 'heads', 'leaders'],
      after: ['handler'],
      say: (words) => ({ title: `${HEARING_KINDS[kind]}${words}`, note: `${dayText(day)} ${time}，${place}。机关负责人应当参加；不能参加的委托相应的工作人员，并说明缘故。` }),
    })),
  ]
}

function watchOfClock({ term, label, dueOn }: CaseClock): Watch {
  const on = dueOn ?? ''
  const isAppeal = term === 'APPEAL_JUDGMENT' || term === 'APPEAL_RULING'
  return {
    series: isAppeal ? 'appeal' : 'answer',
    on,
    before: isAppeal ? ['handler', 'heads'] : ['handler'],
    due: ['handler', 'heads'],
    // 上诉期满没有上诉，是决定不上诉：只提醒记裁判生效
    after: isAppeal ? ['handler'] : ['handler', 'heads'],
    say: (words) => ({ title: `${label}${words}`, note: isAppeal ? `上诉期限 ${dayText(on)}届满；要上诉的须在此前提出，没有人上诉的请记裁判生效。` : `应当于 ${dayText(on)}前提交，连同证据目录；没有按期提交的，视为没有证据、依据。` }),
  }
}

/** 一件案件今日该有的提醒；只看事实与日历。没有该年节假日数据、数不出的不提醒，载入之后再提醒。 */
export function remindersOf(opened: CaseState, ground: { today: PlainDate; calendar: Calendar }, settings: ReminderSettings): Reminder[] {
  try {
    return watchesOf(opened, ground.calendar).flatMap((watch) => remind(watch, opened.state.facts.caseNo, ground, settings))
  } catch (error) {
    if (error instanceof CalendarYearMissing) return []
    throw error
  }
}

function remind({ series, on, before, due, after, say }: Watch, caseNo: string, { today, calendar }: { today: PlainDate; calendar: Calendar }, { days, toLeader }: ReminderSettings): Reminder[] {
  const made = (stage: string, to: readonly Audience[], words: string, kept = series): Reminder => {
    const { title, note } = say(words)
    return { series: kept, key: `${series}/${on}/${stage}`, to, title: `${caseNo}：${title}`, note }
  }
  if (today < on) {
    const left = countWorkingDays(today, on, calendar)
    const stage = Math.min(...days.filter((each) => each >= left))
    return Number.isFinite(stage) ? [made(`before-${stage}`, before, `还有 ${left} 个工作日`)] : []
  }
  if (today === on) return [made('today', due, '就在今日')]
  if (after === null) return []
  const past = countWorkingDays(on, today, calendar)
  if (past === 0) return []
  if (series !== 'answer') return [made(`after-${Math.floor(past / 5)}`, after, '的日子已过，请记结果')]
  const leaders = past >= toLeader ? [made(`leader-${Math.floor((past - toLeader) / 5)}`, ['leaders'], `逾期 ${past} 个工作日`, 'leader')] : []
  return [made(`after-${past}`, after, `逾期 ${past} 个工作日`), ...leaders]
}
