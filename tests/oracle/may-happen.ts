import { daysAfter, workdaysAfter } from './days.ts'
import type { Day } from './days.ts'
import { feeForPages, tellCase } from './tell-case.ts'
import type { Act, Rules } from './tale.ts'
import { receivedOf, walkDays } from './walk-days.ts'

/**
 * 这件事此时做得成吗：只看日子与次数（状态由页面给不给这一步来看）。
 * 条例第三十、三十二至三十五条与收费办法，一条一句。`byHead` 为由负责人办。
 */
export function mayHappen(acts: readonly Act[], act: Act, today: Day, rules: Rules, byHead: boolean): boolean {
  const received = receivedOf(acts)
  if (received === null || act.on > today || act.on < received) return false
  const clock = walkDays(acts, rules)
  if (clock === null) return false
  const { due } = clock
  const last = <K extends Act['act']>(kind: K) => acts.findLast((one): one is Extract<Act, { act: K }> => one.act === kind)
  switch (act.act) {
    case 'supplement-asked': // 七个工作日内，过后由负责人办；不能早于重新起算之日
      return act.on >= clock.start && (byHead || act.on <= workdaysAfter(clock.start, 7))
    case 'supplement-postponed':
      return clock.waitsUntil !== null && act.by > clock.waitsUntil
    case 'supplemented':
      if (act.on < (last('supplement-asked')?.on ?? '')) return false
      return last('supplement-asked')?.late === true || (clock.waitsUntil !== null && act.on <= clock.waitsUntil)
    case 'consultation-delivered':
      return act.on >= sentOn(acts, act.id)
    case 'consultation-returned':
      return act.on >= (deliveredOn(acts, act.id) ?? sentOn(acts, act.id))
    case 'consultation-expired': {
      const since = clock.silentSince.get(act.id)
      return since !== undefined && today > since
    }
    case 'reason-asked':
      return act.by >= act.on
    case 'reason-given':
      return act.on >= (last('reason-asked')?.on ?? '')
    case 'deferred': // 期满之前告知，晚于现在的到期日
      return act.on >= clock.start && due !== null && act.on <= due && act.until > due
    case 'extended': // 期满之前告知，累计不超过二十个工作日；已另定延迟之日的不再延长
      return act.days >= 1 && clock.extended + act.days <= 20 && (due === null || act.on <= due) && !clock.deferred
    case 'fee-noticed': // 在处理期限之内通知
      return feeForPages(act.pages) > 0 && act.on >= clock.start && due !== null && act.on <= due
    case 'fee-paid':
      return act.on >= (last('fee-noticed')?.on ?? '') && clock.waitsUntil !== null && act.on <= clock.waitsUntil
    case 'proposed':
      return mayPropose(acts, act.outcome, today, rules)
    case 'decided':
      return act.on >= (tellCase(acts, today, rules).proposed?.on ?? daysAfter(today, 1))
    case 'closed': // 期满的次日起
      return clock.waitsUntil !== null && act.on > clock.waitsUntil
    case 'dispatched':
      return act.on >= (tellCase(acts, today, rules).decidedOn ?? daysAfter(today, 1))
    case 'served':
      return act.on >= (last('dispatched')?.on ?? daysAfter(today, 1))
    default:
      return true
  }
}

const sentOn = (acts: readonly Act[], id: string): Day => acts.find((act) => act.act === 'consultation-sent' && act.id === id)?.on ?? ''
const deliveredOn = (acts: readonly Act[], id: string): Day | undefined => acts.findLast((act) => act.act === 'consultation-delivered' && act.id === id)?.on

function mayPropose(acts: readonly Act[], outcome: string, today: Day, rules: Rules): boolean {
  const reason = acts.findLast((act) => act.act === 'reason-asked')
  const given = acts.findLast((act) => act.act === 'reason-given')
  const answered = given !== undefined && acts.lastIndexOf(given) > acts.lastIndexOf(reason!) ? given : undefined
  const excessive = reason !== undefined && (answered === undefined ? today > reason.by : !answered.reasonable)
  const { status } = tellCase(acts, today, rules)
  if (outcome === 'NP_EXCESSIVE') return excessive
  if (status === '待说明理由') return false
  if (outcome === 'CLOSED_NO_CORRECTION' || outcome === 'CLOSED_NO_PAYMENT') return false
  return outcome !== 'UNABLE_UNCLEAR' || acts.some((act) => act.act === 'supplemented')
}
