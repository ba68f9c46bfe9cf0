import { CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { due, foldClock, replyClock, supplementNoticeDue } from '../statute/reply-clock.ts'
import type { ClockFact, ClockSettings, DueAccount, ReplyClock, ReplyTerm } from '../statute/reply-clock.ts'
import type { Application } from './application.ts'

/** 与期限有关的事实，按日先后；超过七个工作日才告知的补正不停表，不在其中。 */
export function toClockFacts(a: Application): ClockFact[] {
  if (a.receivedOn === null) return []
  const facts: ClockFact[] = []
  // 同一日的照此先后；还等着的补正、缴费之后才定的延迟之日，在当日的末尾
  const last: ClockFact[] = []
  for (const { askedOn, by, late, suppliedOn } of a.supplements) {
    if (late) continue
    // 台账没有记补正期限的，以收到补正之日为止；两者都没有的，期限未定而停
    const asked = { kind: 'supplement-asked', on: askedOn, by: by ?? suppliedOn ?? FAR } as const
    if (suppliedOn === null) last.push(asked)
    else facts.push(asked)
    if (suppliedOn !== null) facts.push({ kind: 'supplemented', on: suppliedOn })
  }
  for (const c of a.consultations) {
    facts.push({ kind: 'consultation-sent', on: c.sentOn, id: c.id, with: c.with })
    if (c.deliveredOn !== null) facts.push({ kind: 'consultation-delivered', on: c.deliveredOn, id: c.id })
    if (c.returnedOn !== null) facts.push({ kind: 'consultation-returned', on: c.returnedOn, id: c.id })
  }
  for (const { on, days } of a.extensions) facts.push({ kind: 'extended', on, days })
  if (a.deferral !== null) {
    const sincePaid = a.fee?.paidOn === a.deferral.on && a.fee.noticedOn !== a.deferral.on
    ;(sincePaid ? last : facts).push({ kind: 'deferred', on: a.deferral.on, until: a.deferral.until })
  }
  if (a.fee !== null && a.fee.noticedOn !== null && a.fee.payBy !== null) {
    facts.push({ kind: 'fee-noticed', on: a.fee.noticedOn, by: a.fee.payBy })
    if (a.fee.paidOn !== null) facts.push({ kind: 'fee-paid', on: a.fee.paidOn })
  }
  const ordered = a.redo?.term ?? null
  return [{ kind: 'received', on: a.receivedOn, ...(ordered === null ? {} : { ordered }) }, ...[...facts, ...last].toSorted((x, y) => (x.on < y.on ? -1 : x.on > y.on ? 1 : 0))]
}

const FAR: PlainDate = '9999-12-31'

/** 答复期限；尚未收到则 null。 */
export function termOf(a: Application, settings: ClockSettings): ReplyTerm | null {
  const facts = toClockFacts(a)
  return facts.length === 0 ? null : foldClock(facts, settings)
}

/** 现在的期限状态与到期日；尚未收到则 null。没有该年节假日数据抛 `CalendarYearMissing`。 */
export function clockOf(a: Application, calendar: Calendar, settings: ClockSettings): ReplyClock | null {
  const term = termOf(a, settings)
  return term === null ? null : replyClock(term, calendar, settings)
}

/** 逐日的账；尚未收到则 null。 */
export function dueAccountOf(a: Application, calendar: Calendar, settings: ClockSettings): DueAccount | null {
  const term = termOf(a, settings)
  return term === null ? null : due(term, calendar, settings)
}

/** 补正告知的最后一日（条例第三十条）；尚未收到、没有该年节假日数据的为 null。 */
export function lastNoticeDay(a: Application, calendar: Calendar, settings: ClockSettings): PlainDate | null {
  const term = termOf(a, settings)
  try {
    return term === null ? null : supplementNoticeDue(term.startedOn, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}
