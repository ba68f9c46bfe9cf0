import { CalendarYearMissing, addWorkingDays } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { addCalendarDays, isPlainDate } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 更正申请办到哪一步。 */
export const CORRECTION_STATUSES = {
  open: '待核实',
  proposed: '待批准',
  decided: '已作出处理',
  told: '已告知',
  withdrawn: '已撤回',
} as const
export type CorrectionStatus = keyof typeof CORRECTION_STATUSES

/** 怎样处理（条例第四十一条）：有权更正的核实更正；无权的转送，或者告知向谁提出。 */
export const CORRECTION_RESULTS = {
  CORRECTED: '予以更正',
  REFUSED: '不予更正',
  TRANSFERRED: '转送有权更正的机关',
  ADVISED: '告知向有权更正的机关提出',
} as const
export type CorrectionResult = keyof typeof CORRECTION_RESULTS
export const isCorrectionResult = (text: string): text is CorrectionResult => Object.hasOwn(CORRECTION_RESULTS, text)

export interface Correction {
  status: CorrectionStatus
  receivedOn: PlainDate
  proposedOn: PlainDate | null
  proposedBy: string | null
  decidedOn: PlainDate | null
}

export type CorrectionStep = 'verify' | 'return' | 'decide' | 'tell' | 'withdraw'

/** 每一步在哪些状态可以办，办后到哪里。 */
export const CORRECTION_STEPS = {
  verify: { from: ['open'], to: 'proposed' },
  return: { from: ['proposed'], to: 'open' },
  decide: { from: ['proposed'], to: 'decided' },
  tell: { from: ['decided'], to: 'told' },
  withdraw: { from: ['open', 'proposed'], to: 'withdrawn' },
} as const satisfies Record<CorrectionStep, { from: readonly CorrectionStatus[]; to: CorrectionStatus }>

export const canStep = (status: CorrectionStatus, step: CorrectionStep): boolean => (CORRECTION_STEPS[step].from as readonly CorrectionStatus[]).includes(status)

export const CORRECTION_REFUSED = {
  'not-now': '这件更正申请现在不能办这一步',
  'date-invalid': '日期有误，或先后颠倒',
  'in-the-future': '日期不能晚于今日',
  'own-proposal': '拟定处理的人不能批准自己拟定的',
  'delegator-proposed': '委托您的人拟定了处理，您不能代他批准',
} as const
export type CorrectionRefusal = keyof typeof CORRECTION_REFUSED

/** 此时不能办这一步的缘故；能办为 null。`on` 为这一步的日子，`by` 为办的人，`forWhom` 为批准所凭的人（自己的为 null，只凭拟定的人的委托的为 undefined）。 */
export function refuseStep(found: Correction, step: CorrectionStep, { on, by, forWhom, today }: { on: PlainDate; by: string; forWhom: string | null | undefined; today: PlainDate }): CorrectionRefusal | null {
  if (!canStep(found.status, step)) return 'not-now'
  if (!isPlainDate(on)) return 'date-invalid'
  if (on > today) return 'in-the-future'
  const after = { verify: found.receivedOn, return: found.receivedOn, decide: found.proposedOn ?? found.receivedOn, tell: found.decidedOn ?? found.receivedOn, withdraw: found.receivedOn }[step]
  if (on < after) return 'date-invalid'
  if (step !== 'decide') return null
  if (found.proposedBy === by) return 'own-proposal'
  return forWhom === undefined ? 'delegator-proposed' : null
}

/** 办理期限：自收到的次日起数工作日；条例没有规定，由机关的设置定〔待核〕。没有该年节假日数据的为 null。 */
export function correctionDueOn(receivedOn: PlainDate, days: number, calendar: Calendar): PlainDate | null {
  try {
    return addWorkingDays(receivedOn, days, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

// 六十个工作日连同长假不过半年
const FAR_BACK = 200

/** 这一日及以前收到而还没有办完的，已逾期；没有该年节假日数据、算不出的为 null。 */
export function overdueReceivedOn(today: PlainDate, days: number, calendar: Calendar): PlainDate | null {
  for (let back = 1; back <= FAR_BACK; back++) {
    const day = addCalendarDays(today, -back)
    const dueOn = correctionDueOn(day, days, calendar)
    if (dueOn === null) return null
    if (dueOn < today) return day
  }
  return null
}
