import { CalendarYearMissing, countWorkingDays } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { consultationExpiresOn, supplementNoticeDue } from '../../statute/reply-clock.ts'
import { awaitsLateSupplement, isOpen } from '../application.ts'
import type { Application, ConsultationRecord } from '../application.ts'
import { clockOf } from '../clock.ts'
import { coHandlingDueOn } from '../co-handling.ts'
import type { Ground } from '../decisions.ts'

/** 提醒谁：承办人（没有的为经办），工作机构负责人，机关领导，某个账号（如协办的人）。 */
export type Audience = 'handler' | 'heads' | 'leaders' | { account: string }

export interface ReminderSettings {
  /** 到期前几个工作日提醒，多的在前，如 5、3、1 */
  days: readonly number[]
  /** 逾期几个工作日报机关领导〔待核〕 */
  toLeader: number
}

export interface Reminder {
  /** 同一件申请里说同一件事的各次：新的一次来了，没有看的旧的即算看过 */
  series: string
  /** 同一件申请里同一次提醒的键：同一日再算一遍、误了几日再算，都是这个键 */
  key: string
  to: readonly Audience[]
  title: string
  note: string
}

/** 看着的一个日子：期限，或者起点。 */
interface Watch {
  on: PlainDate
  /** 同一规则看着几处的，各是哪一处 */
  id?: string
  account?: string | null
  /** 话里要说的对方 */
  whom?: string
}

/** 一条规则：看哪些日子；其前几个工作日、其后第几个工作日起提醒；提醒谁，说什么（n 为工作日数）。 */
interface Rule {
  /** 与别的规则说的是同一件事的，其名；不写则各说各的 */
  series?: string
  watch: (a: Application, ground: Ground) => readonly Watch[]
  before?: (settings: ReminderSettings) => readonly number[]
  after?: (settings: ReminderSettings) => { from: number; every: number; until?: number }
  to: readonly Exclude<Audience, object>[]
  say: (n: number, watch: Watch, a: Application) => { title: string; note: string }
}

const due = (a: Application, { calendar, settings }: Ground): Watch[] => {
  const dueOn = isOpen(a) || a.status === 'approved' ? clockOf(a, calendar, settings)?.dueOn : null
  return dueOn == null ? [] : [{ on: dueOn }]
}
const openDue = (a: Application, ground: Ground): Watch[] => (isOpen(a) ? due(a, ground) : [])
const when = (on: PlainDate | null | undefined): Watch[] => (on == null ? [] : [{ on }])
const waitingConsultations = (a: Application): ConsultationRecord[] => (a.status === 'consulting' ? a.consultations.filter((c) => c.returnedOn === null) : [])
const asked = (c: ConsultationRecord): Pick<Watch, 'id' | 'whom'> => ({ id: c.id, whom: { THIRD_PARTY: '第三方', CO_AGENCY: '共同制作机关', OTHER_AGENCY: '其他机关' }[c.with] })
const coHandled = (a: Application, { calendar }: Ground): Watch[] =>
  isOpen(a) ? a.coHandlings.filter((c) => c.returnedOn === null).flatMap((c) => when(coHandlingDueOn(c, calendar)).map(({ on }) => ({ on, id: c.id, account: c.account, whom: c.unit }))) : []

/** 写在通知里的日子，如「2026 年 3 月 30 日」。 */
export const dayText = (on: PlainDate): string => `${Number(on.slice(0, 4))} 年 ${Number(on.slice(5, 7))} 月 ${Number(on.slice(8))} 日`
const daily = { from: 1, every: 1 }
const weekly = { from: 1, every: 5 }

export const REMINDERS = {
  'due-soon': {
    series: 'due',
    watch: openDue,
    before: ({ days }) => days,
    to: ['handler'],
    say: (n, { on }) => ({ title: `还有 ${n} 个工作日到期`, note: `应当于 ${dayText(on)}前答复。` }),
  },
  'due-today': {
    series: 'due',
    watch: openDue,
    before: () => [0],
    to: ['handler', 'heads'],
    say: (_n, { on }) => ({ title: '答复期限的最后一个工作日', note: `应当于 ${dayText(on)}前答复，今日须作出并发出。` }),
  },
  overdue: {
    series: 'due',
    watch: openDue,
    after: () => daily,
    to: ['handler', 'heads'],
    say: (n, { on }) => ({ title: `逾期 ${n} 个工作日`, note: `应当于 ${dayText(on)}前答复。逾期仍须答复。` }),
  },
  'overdue-to-leader': {
    watch: openDue,
    after: ({ toLeader }) => ({ from: toLeader, every: 5 }),
    to: ['leaders'],
    say: (n, { on }) => ({ title: `逾期 ${n} 个工作日尚未答复`, note: `应当于 ${dayText(on)}前答复。请督促承办人与信息公开工作机构。` }),
  },
  'supplement-notice': {
    // 补正只能在收到之日起七个工作日内告知（条例第三十条）；征求过意见、补正过的已经看过内容
    watch: (a, { calendar }) =>
      (a.status === 'registered' || a.status === 'examining') && a.receivedOn !== null && a.supplements.length === 0 && a.consultations.length === 0
        ? [{ on: supplementNoticeDue(a.receivedOn, calendar) }]
        : [],
    before: () => [2, 0],
    to: ['handler'],
    say: (n, { on }) => ({
      title: n === 0 ? '告知补正的最后一日' : `告知补正还有 ${n} 个工作日`,
      note: `申请内容不明确的，须于 ${dayText(on)}前一次性告知补正（条例第三十条）；过后告知的须由负责人办，答复期限不停。内容明确的不必理会。`,
    }),
  },
  'supplement-past': {
    watch: (a) => (a.status === 'correction-requested' ? when(a.supplements.at(-1)?.by) : []),
    after: () => weekly,
    to: ['handler'],
    say: (_n, { on }) => ({ title: '补正期限已过', note: `补正期限 ${dayText(on)}届满。没有补正又没有正当理由的，可以不再处理（条例第三十条）；已经交来的，请记收到补正。` }),
  },
  'late-supplement-past': {
    watch: (a) => (awaitsLateSupplement(a) ? when(a.supplements.at(-1)?.by) : []),
    after: () => weekly,
    to: ['handler'],
    say: (_n, { on }) => ({ title: '补正期限已过，答复期限没有停', note: `补正期限 ${dayText(on)}届满。告知逾七个工作日的，不能以逾期不补正不再处理，请按现有的内容在期限内答复；已经交来的，请记收到补正。` }),
  },
  'reason-past': {
    watch: (a) => (a.status === 'reason-requested' && a.reason?.givenOn === null ? when(a.reason.by) : []),
    after: () => weekly,
    to: ['handler'],
    say: (_n, { on }) => ({ title: '说明理由的期限已过', note: `说明理由的期限 ${dayText(on)}届满，期间不停计。没有说明的，可以依条例第三十五条不予处理。` }),
  },
  'consultation-past': {
    watch: (a, { calendar }) => waitingConsultations(a).flatMap((c) => when(consultationExpiresOn(c, calendar)).map(({ on }) => ({ on, ...asked(c) }))),
    after: () => weekly,
    to: ['handler'],
    say: (_n, { on, whom }) => ({
      title: `征求${whom}意见期满`,
      note: `十五个工作日 ${dayText(on)}届满，尚未收到意见。${whom === '第三方' ? '由本机关依法决定是否公开，不是同意（条例第三十二条）。' : '视为同意公开（条例第三十四条）。'}请记期满未回。`,
    }),
  },
  'consultation-undelivered': {
    watch: (a) => waitingConsultations(a).flatMap((c) => (c.with !== 'OTHER_AGENCY' && c.deliveredOn === null ? [{ on: c.sentOn, ...asked(c) }] : [])),
    after: () => ({ from: 5, every: 5 }),
    to: ['handler'],
    say: (n, { on, whom }) => ({ title: `征求${whom}意见，送达还没有记`, note: `征求意见书 ${dayText(on)}发出，已过 ${n} 个工作日。对方收到之日起才计十五个工作日，请查明并记送达。` }),
  },
  'consultation-waiting': {
    watch: (a) => waitingConsultations(a).flatMap((c) => (c.with === 'OTHER_AGENCY' ? [{ on: c.sentOn, ...asked(c) }] : [])),
    after: () => ({ from: 5, every: 5 }),
    to: ['handler'],
    say: (n, { on }) => ({ title: '其他机关的意见未回', note: `${dayText(on)}发出，已过 ${n} 个工作日。这一种没有法定期限，答复期限一直停着，请催问。` }),
  },
  'fee-past': {
    watch: (a) => (a.status === 'fee-noticed' ? when(a.fee?.payBy) : []),
    after: () => weekly,
    to: ['handler'],
    say: (_n, { on }) => ({ title: '缴费期限已过', note: `缴费期限 ${dayText(on)}届满。没有缴费的，可以不再处理；已经缴的，请记收到。` }),
  },
  unconfirmed: {
    watch: (a) => (a.status === 'received-unconfirmed' ? when(a.submittedOn) : []),
    after: () => daily,
    to: ['handler'],
    say: (n, { on }) => ({ title: '还没有与申请人确认收到', note: `${dayText(on)}提交，已过 ${n} 个工作日。当日即应确认，确认之日为收到之日（条例第三十一条）。` }),
  },
  'unconfirmed-to-heads': {
    watch: (a) => (a.status === 'received-unconfirmed' ? when(a.submittedOn) : []),
    after: () => ({ from: 3, every: 5 }),
    to: ['heads'],
    say: (n, { on }) => ({ title: `${n} 个工作日还没有确认收到`, note: `${dayText(on)}提交，至今没有与申请人确认（条例第三十一条）。请督促。` }),
  },
  undispatched: {
    // 台账导入的没有记送达，不是没有发
    watch: (a) => (a.status === 'approved' && !a.fromLedger ? when(a.decision?.decidedOn) : []),
    after: () => ({ from: 2, every: 1, until: 30 }),
    to: ['handler'],
    say: (n, { on }) => ({ title: '决定书还没有发出', note: `${dayText(on)}作出决定，已过 ${n} 个工作日。发出之日关系是否按期。` }),
  },
  'dispatch-due': {
    series: 'undispatched',
    watch: (a, ground) => (a.status === 'approved' && !a.fromLedger ? due(a, ground) : []),
    before: () => [1, 0],
    to: ['handler', 'heads'],
    say: (n, { on }) => ({ title: n === 0 ? '决定书须在今日发出' : '决定书还没有发出，期限将到', note: `应当于 ${dayText(on)}前发出。` }),
  },
  'co-handling-due': {
    series: 'co-handling',
    watch: coHandled,
    before: () => [1, 0],
    to: ['handler'],
    say: (n, { on, whom }) => ({ title: n === 0 ? `${whom}的协办今日到期` : `${whom}的协办还有 ${n} 个工作日到期`, note: `内部期限 ${dayText(on)}；答复期限不因协办停计。` }),
  },
  'co-handling-past': {
    series: 'co-handling',
    watch: coHandled,
    after: () => daily,
    to: ['handler'],
    say: (n, { on, whom }) => ({ title: `${whom}的协办超期 ${n} 个工作日`, note: `内部期限 ${dayText(on)}；答复期限不因协办停计。` }),
  },
} as const satisfies Readonly<Record<string, Rule>>

const RULES: readonly (readonly [string, Rule])[] = Object.entries(REMINDERS)

/**
 * 一件申请今日该有的提醒。只看事实与日历：漏跑几日，再跑即补上现在这一档；跑几遍，键都一样。
 * 没有该年节假日数据、数不出工作日的，一周内到期与已过的照样提醒，但不说几个工作日；
 * 到期日本身算不出的，按机构另行提醒去载入日历。
 */
export function remindersOf(a: Application, ground: Ground, settings: ReminderSettings): Reminder[] {
  let uncounted = false
  const reminders = RULES.flatMap(([name, rule]) => {
    try {
      return rule.watch(a, ground).flatMap((watch) => remind(name, rule, watch, a, ground, settings))
    } catch (error) {
      if (!(error instanceof CalendarYearMissing)) throw error
      uncounted = true
      return []
    }
  })
  return uncounted ? [...reminders, ...uncountedOf(a, ground)] : reminders
}

function remind(name: string, rule: Rule, watch: Watch, a: Application, { today, calendar }: Ground, settings: ReminderSettings): Reminder[] {
  const made = (step: string, n: number): Reminder[] => {
    const { title, note } = rule.say(n, watch, a)
    const to: Audience[] = [...rule.to, ...(watch.account == null ? [] : [{ account: watch.account }])]
    return [{ series: [rule.series ?? name, ...(watch.id === undefined ? [] : [watch.id])].join('/'), key: [name, ...(watch.id === undefined ? [] : [watch.id]), watch.on, step].join('/'), to, title: `${a.regNo}：${title}`, note }]
  }
  const stages = rule.before?.(settings)
  if (stages !== undefined && today <= watch.on) {
    const left = countWorkingDays(today, watch.on, calendar)
    const stage = Math.min(...stages.filter((each) => each >= left))
    // 最后一日另有一条规则说的，这一条不再说
    return Number.isFinite(stage) && (left > 0 || stages.includes(0)) ? made(`before-${stage}`, left) : []
  }
  const repeat = rule.after?.(settings)
  if (repeat === undefined || today <= watch.on) return []
  const past = countWorkingDays(watch.on, today, calendar)
  return past >= repeat.from && past <= (repeat.until ?? past) ? made(`after-${Math.floor((past - repeat.from) / repeat.every)}`, past) : []
}

const NEAR_DAYS = 7

function uncountedOf(a: Application, ground: Ground): Reminder[] {
  try {
    return openDue(a, ground)
      .filter(({ on }) => on <= addCalendarDays(ground.today, NEAR_DAYS))
      .map(({ on }) => ({
        series: 'due',
        key: `uncounted/${on}/${ground.today}`,
        to: ['handler', 'heads'],
        title: `${a.regNo}：应当于 ${dayText(on)}前答复`,
        note: '节假日安排还没有载入，数不出还有、逾期几个工作日。请先办，并请区政务公开办载入工作日历。',
      }))
  } catch (error) {
    if (error instanceof CalendarYearMissing) return []
    throw error
  }
}
