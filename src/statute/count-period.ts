import type { PlainDate } from './plain-date.ts'

/**
 * 年度报告的统计期间（当年 1 月 1 日至 12 月 31 日），至统计截止日为止；截止日早于该年的，期间为空（`to` 早于 `from`）。
 */
export function countPeriod(year: number, asOf: PlainDate): { from: PlainDate; to: PlainDate } {
  const end = `${year}-12-31`
  return { from: `${year}-01-01`, to: asOf < end ? asOf : end }
}
