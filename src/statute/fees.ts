import { addWorkingDays } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import type { PlainDate } from './plain-date.ts'

/** 一档：自 `from` 件（页）起、至 `to` 件（页）止，每件（页）多少分。 */
export interface FeeTier {
  from: number
  to: number
  unit: number
  quantity: number
  subtotal: number
}

export interface FeeAccount {
  /** 应收，分 */
  amount: number
  tiers: FeeTier[]
}

export type FeeMode = 'COUNT' | 'PAGES'
/** @public 供收费通知 */
export const FEE_MODES: Record<FeeMode, string> = { COUNT: '按件计收', PAGES: '按量计收' }
export const FEE_PAYMENT_DAYS = 20 // 收到通知次日起二十个工作日内缴纳
const MOST = 100_000

/** 按件的档：同一申请人一个自然月内第 n 件的单价，分。十件以内免收，第三十一件起每十件提高一百元。 */
const unitByCount = (n: number): number => {
  if (n <= 10) return 0
  return n <= 30 ? 100_00 : 100_00 * (Math.floor((n - 31) / 10) + 2)
}

const PAGE_TIERS = [
  { from: 1, to: 30, unit: 0 },
  { from: 31, to: 100, unit: 10_00 },
  { from: 101, to: 200, unit: 20_00 },
  { from: 201, to: MOST, unit: 40_00 },
] as const

/** 按件：同一申请人本月由第 `before` 件增至第 `n` 件，这几件应收多少（超额累进），逐档列明。 */
export function feeByCount(n: number, before = 0): FeeAccount {
  bounded(n)
  bounded(before)
  const tiers: FeeTier[] = []
  for (let k = before + 1; k <= n; k++) {
    const unit = unitByCount(k)
    const last = tiers.at(-1)
    if (last?.unit === unit) Object.assign(last, { to: k, quantity: last.quantity + 1, subtotal: last.subtotal + unit })
    else tiers.push({ from: k, to: k, unit, quantity: 1, subtotal: unit })
  }
  return total(tiers)
}

/** 按量：单件提供 p 页（A4 及以下单面为一页）应收多少，不跨件累加，逐档列明。 */
export function feeByPages(pages: number): FeeAccount {
  bounded(pages)
  const tiers = PAGE_TIERS.filter((tier) => tier.from <= pages).map(({ from, to, unit }) => {
    const quantity = Math.min(to, pages) - from + 1
    return { from, to: Math.min(to, pages), unit, quantity, subtotal: quantity * unit }
  })
  return total(tiers)
}

const total = (tiers: FeeTier[]): FeeAccount => ({ amount: tiers.reduce((sum, tier) => sum + tier.subtotal, 0), tiers })

function bounded(n: number): void {
  if (!Number.isInteger(n) || n < 0 || n > MOST) throw new RangeError(`件数、页数须为 0 至 ${MOST} 的整数：${n}`)
}

/** 每件申请按件、按量二选一，不得重复计算；可以则 null。 */
export const refuseFeeMode = (chosen: FeeMode | null, mode: FeeMode): 'fee-mode-taken' | null =>
  chosen === null || chosen === mode ? null : 'fee-mode-taken'

/** 同一申请人在 `month`（`YYYY-MM`）这一自然月内的件数；不跨月累计。 */
export const countInMonth = (receivedOn: readonly PlainDate[], month: string): number =>
  receivedOn.filter((day) => day.slice(0, 7) === month).length

/** 缴费的最后一日。 */
export const feePayBy = (noticeServedOn: PlainDate, calendar: Calendar): PlainDate =>
  addWorkingDays(noticeServedOn, FEE_PAYMENT_DAYS, calendar)
