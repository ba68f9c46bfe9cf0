import { tomorrow, workdaysAfter, workdaysFromTo, works } from './days.ts'
import type { Day } from './days.ts'
import type { Act, Rules, Whom } from './tale.ts'

/** 走到今日（以及其后）所见的期限。 */
export interface Clock {
  /** 到期日；申请人那边等着，或征求没有期限的，为 null */
  due: Day | null
  /** 最后一次起算之日 */
  start: Day
  /** 申请人补正、缴费的最后一日；没有在等的为 null */
  waitsUntil: Day | null
  /** 因征求意见、等缴费而没有计入的工作日 */
  paused: number
  extended: number
  deferred: boolean
  /** 期满而可以记「期满未回」的征求，期满之日 */
  silentSince: ReadonlyMap<string, Day>
}

interface Asked {
  whom: Whom
  sent: boolean
  delivered: boolean
  waited: number
  over: Day | null
}

const LAST = '2026-12-31'
const COUNTED = 20

/**
 * 自收到之日起一天一天地走：先看这一天算不算，再做这一天的事。
 * 事按生效之日排，同一天的照记下的先后；走到到期日定了、各次征求都有了结果为止。
 */
export function walkDays(acts: readonly Act[], rules: Rules): Clock | null {
  const received = receivedOf(acts)
  if (received === null) return null
  const asked = new Map<string, Asked>()
  const todo = withoutLate(acts).map((act, i) => ({ act, i })).filter(({ act }) => act.act !== 'received' && act.act !== 'corrected').toSorted((a, b) => (a.act.on < b.act.on ? -1 : a.act.on > b.act.on ? 1 : a.i - b.i)).map(({ act }) => act)
  let start = received
  /** 计入的、没有计入的各工作日，到期之后照记：后来延期的接着数 */
  let counted: Day[] = []
  let set: Day[] = []
  let extra = 0
  let until: Day | null = null
  let waiting: { for: 'supplement' | 'fee'; until: Day } | null = null
  let unpaid = 0
  let noticedOn = received
  const pausing = (): boolean => [...asked.values()].some((c) => c.over === null && (rules.pauseFrom === 'SENT' ? c.sent : c.delivered))
  const again = (day: Day): void => {
    start = day
    counted = []
    set = []
    unpaid = 0
    until = null
    waiting = null
  }
  for (let day = received; ; day = tomorrow(day)) {
    if (day > start && waiting === null && works(day)) (pausing() ? set : counted).push(day)
    for (const c of asked.values()) {
      if (c.over !== null || !c.delivered || c.whom === 'OTHER_AGENCY' || !works(day)) continue
      c.waited += 1
      if (c.waited === 15) c.over = day
    }
    while (todo[0] !== undefined && todo[0].on <= day) {
      const act = todo.shift()!
      switch (act.act) {
        case 'supplement-asked':
          waiting = { for: 'supplement', until: workdaysAfter(act.on, act.workdays) }
          break
        case 'supplement-postponed': // 记下之前已收到补正的，不再等
          if (waiting !== null) waiting = { for: 'supplement', until: act.by }
          break
        case 'supplemented':
          again(day)
          break
        case 'fee-noticed':
          waiting = { for: 'fee', until: workdaysAfter(act.on, 20) }
          noticedOn = act.on
          break
        case 'fee-paid':
          if (rules.afterFee === 'AGAIN') again(day)
          else unpaid += workdaysFromTo(noticedOn, day)
          waiting = null
          break
        case 'consultation-sent':
          asked.set(act.id, { whom: act.whom, sent: true, delivered: false, waited: 0, over: null })
          break
        case 'consultation-delivered': {
          const found = asked.get(act.id)
          if (found !== undefined) found.delivered = true
          break
        }
        case 'consultation-returned':
        case 'consultation-expired': {
          const found = asked.get(act.id)
          if (found !== undefined && found.over === null) found.over = act.on
          break
        }
        case 'extended':
          extra += act.days
          break
        case 'deferred':
          until = act.until
          break
      }
    }
    const settled = counted.length >= COUNTED + extra || waiting !== null
    if (day >= LAST || (todo.length === 0 && settled && [...asked.values()].every((c) => c.over !== null || !c.delivered || c.whom === 'OTHER_AGENCY'))) break
  }
  const silentSince = new Map([...asked].flatMap(([id, c]) => (c.waited === 15 && c.over !== null ? [[id, c.over] as const] : [])))
  const wait: { until: Day } | null = waiting
  const due = counted[COUNTED + extra - 1] ?? null
  const paused = set.filter((day) => due === null || day < due).length + unpaid
  return { due: wait === null ? (until ?? due) : null, start, waitsUntil: wait === null ? null : wait.until, paused, extended: extra, deferred: until !== null, silentSince }
}

/** 逾期才告知的补正，告知与收到都不影响期限。 */
function withoutLate(acts: readonly Act[]): Act[] {
  let late = false
  return acts.filter((act) => {
    if (act.act === 'supplement-asked') late = act.late === true
    return !late || (act.act !== 'supplement-asked' && act.act !== 'supplemented')
  })
}

/** 收到之日：更正过的以更正后的为准。 */
export function receivedOf(acts: readonly Act[]): Day | null {
  let day: Day | null = null
  for (const act of acts) {
    if (act.act === 'received') day = act.on
    if (act.act === 'corrected') day = act.receivedOn
  }
  return day
}
