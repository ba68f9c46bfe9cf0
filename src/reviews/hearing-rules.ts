import { accept, refuse } from '../statute/decision.ts'
import type { Decision } from '../statute/decision.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { isPlainDate } from '../statute/plain-date.ts'
import { awaitsReceipt, unheldHearings } from './hearing.ts'
import type { Attendant, PlannedHearing, Shared, SharedEvent } from './hearing.ts'

export const HEARING_REFUSALS = {
  'hearing-unknown': '没有这次听证、开庭，或者已有结果',
  'hearing-before-received': '听证、开庭不能早于收到副本之日',
  'time-invalid': '时刻写作 09:30 的样子',
  'place-missing': '请写明地点',
  'no-receipt-awaited': '没有等着签收的：答复、答辩不是邮寄的，或者签收已经记过了',
  'receipt-before-posted': '签收不能早于交邮之日',
  'absence-unexplained': '负责人没有参加的，请写明缘故（行政复议法第五十一条、行政诉讼法第三条）',
} as const
export type HearingRefusal = keyof typeof HEARING_REFUSALS
type HearingDecision = Decision<SharedEvent, HearingRefusal>

/** 通知了听证、开庭：定下时间、地点与谁去。 */
export function setHearing({ hearing, on, receivedOn }: { hearing: PlannedHearing; on: PlainDate; receivedOn: PlainDate }): HearingDecision {
  if (!isPlainDate(hearing.day) || hearing.day < receivedOn) return refuse('hearing-before-received')
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(hearing.time)) return refuse('time-invalid')
  return hearing.place.trim() === '' ? refuse('place-missing') : accept({ kind: 'hearing-set', on, hearing })
}

const isComing = (shared: Shared, id: string): boolean => unheldHearings(shared).some((one) => one.id === id)

/** 开过了：谁去的；负责人没有去的写明缘故。 */
export function holdHearing(shared: Shared, { id, on, attended, why }: { id: string; on: PlainDate; attended: Attendant; why: string | null }): HearingDecision {
  if (!isComing(shared, id)) return refuse('hearing-unknown')
  return attended === 'staff' && (why ?? '').trim() === '' ? refuse('absence-unexplained') : accept({ kind: 'hearing-held', on, id, attended, why })
}

export function cancelHearing(shared: Shared, { id, on, reason }: { id: string; on: PlainDate; reason: string }): HearingDecision {
  return isComing(shared, id) ? accept({ kind: 'hearing-cancelled', on, id, reason }) : refuse('hearing-unknown')
}

/** 邮寄的答复、答辩，对方签收了。 */
export function receiveReceipt(shared: Shared & { status: string }, { on }: { on: PlainDate }): HearingDecision {
  if (!awaitsReceipt(shared)) return refuse('no-receipt-awaited')
  return on < (shared.postedOn ?? on) ? refuse('receipt-before-posted') : accept({ kind: 'answer-received', on })
}
