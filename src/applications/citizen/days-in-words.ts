import { CalendarYearMissing } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { TERM_UNITS } from '../../statute/ordered-term.ts'
import { FEE_WAIT } from '../../statute/reply-clock.ts'
import type { DueStep } from '../../statute/reply-clock.ts'
import type { Application } from '../application.ts'
import { dueAccountOf } from '../clock.ts'
import type { Ground } from '../decisions.ts'

/**
 * 到期之日怎样算出来的，写成几句平常的话：从哪天起、数几天、哪些天不数、为何。
 * 没有起算、算不出的为空。
 */
export function daysInWords(a: Application, { calendar, settings }: Pick<Ground, 'calendar' | 'settings'>): string[] {
  const account = accountOf(a, { calendar, settings })
  if (account === null) return []
  const { steps, dueOn } = account
  const start = steps.findLast(({ kind }) => kind === 'start' || kind === 'received')
  const from = start?.kind === 'start' ? `${start.day} ${/补正/.test(start.note) ? '机关收到补正，期限重新计算' : '完成缴费，期限重新计算'}` : `${start?.day ?? ''} ${a.redo === undefined ? '机关收到申请' : '机关收到决定书、裁判生效'}`
  const counted = steps.filter(({ kind }) => kind === 'counted')
  const extended = counted.filter(({ note }) => note.includes('延长的期限')).length
  return [
    `${from}；这一日不数，从第二天数起。`,
    ...(counted.length === 0 ? [] : a.redo?.term != null ? [`决定、裁判所定的期限：${a.redo.term.days} ${TERM_UNITS[a.redo.term.unit]}。`] : [`只数工作日${extended > 0 ? `，共 ${counted.length} 个，其中 ${extended} 个是机关依法延长的` : `，共 ${counted.length} 个`}（条例第三十三条）。`]),
    ...lines(steps, 'rest', account.unit === 'DAY' ? '届满的日子是休息日，顺延' : '休息日、节假日不数'),
    ...lines(steps.map((step) => (step.note === FEE_WAIT ? { ...step, kind: 'set-aside' } : step)), 'paused', '机关征求意见的日子不数（条例第三十三条第三款）'),
    ...lines(steps.map((step) => (step.note === FEE_WAIT ? step : { ...step, kind: 'set-aside' })), 'paused', '等您缴费的日子不数'),
    ...lines(steps, 'set-aside', '重新计算之前的日子不数'),
    ...lines(steps, 'deferred', '机关已告知延迟答复的日子（条例第三十五条）'),
    dueOn === null ? waiting(a) : `数到 ${dueOn} 当日 24 时止。`,
  ]
}

const waiting = (a: Application): string =>
  a.status === 'correction-requested' ? '现在等您补正，期限暂停；机关收到补正之日起重新计算。'
  : a.status === 'fee-noticed' ? '现在等您缴费，期限暂停；缴费之后再计算。'
  : '现在正在征求意见，期限暂停，到期之日待定。'

function accountOf(a: Application, { calendar, settings }: Pick<Ground, 'calendar' | 'settings'>) {
  if (a.receivedOn === null) return null
  try {
    return dueAccountOf(a, calendar, settings)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

function lines(steps: readonly DueStep[], kind: DueStep['kind'], why: string): string[] {
  const days = steps.filter((step) => step.kind === kind).map(({ day }) => day)
  return days.length === 0 ? [] : [`${why}：${spansOf(days, steps.map(({ day }) => day)).join('、')}，共 ${days.length} 天。`]
}

/** 相连的日子写成起止，如 `02-15 至 02-23`；跨年的写全。 */
function spansOf(days: readonly PlainDate[], all: readonly PlainDate[]): string[] {
  const spans: [PlainDate, PlainDate][] = []
  for (const day of days) {
    const last = spans.at(-1)
    if (last !== undefined && all.indexOf(day) === all.indexOf(last[1]) + 1) last[1] = day
    else spans.push([day, day])
  }
  const sameYear = days[0]?.slice(0, 4) === days.at(-1)?.slice(0, 4)
  const short = (day: PlainDate): string => (sameYear ? day.slice(5) : day)
  return spans.map(([from, to]) => (from === to ? short(from) : `${short(from)} 至 ${short(to)}`))
}
