/** 自然日，`YYYY-MM-DD`，北京时间的日历日；可直接按字典序比较。 */
export type PlainDate = string

const DAY_MS = 86_400_000

const toUtc = (day: PlainDate): number => Date.UTC(yearOf(day), monthOf(day) - 1, dayOf(day))
const fromUtc = (ms: number): PlainDate => new Date(ms).toISOString().slice(0, 10)

export const yearOf = (day: PlainDate): number => Number(day.slice(0, 4))
export const monthOf = (day: PlainDate): number => Number(day.slice(5, 7))
export const dayOf = (day: PlainDate): number => Number(day.slice(8, 10))

/** 是否为真实存在的日期，如 `2024-02-30` 为否。 */
export const isPlainDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && monthOf(text) >= 1 && monthOf(text) <= 12 && fromUtc(toUtc(text)) === text

/** 向后（n 为负则向前）n 个自然日。 */
export const addCalendarDays = (day: PlainDate, n: number): PlainDate => fromUtc(toUtc(day) + n * DAY_MS)

/** 次日；逐日数期限时用，多数日子不必换算。 */
export function nextDay(day: PlainDate): PlainDate {
  const next = dayOf(day) + 1
  return next > 28 ? addCalendarDays(day, 1) : `${day.slice(0, 8)}${next < 10 ? '0' : ''}${next}`
}

/** 后 n 个月的同日号；没有该日号的，为当月最后一日。 */
export function addCalendarMonths(day: PlainDate, n: number): PlainDate {
  const index = yearOf(day) * 12 + monthOf(day) - 1 + n
  const [year, month] = [Math.floor(index / 12), index % 12]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return fromUtc(Date.UTC(year, month, Math.min(dayOf(day), last)))
}

/** 星期几，0 为星期日。 */
export const weekdayOf = (day: PlainDate): number => new Date(toUtc(day)).getUTCDay()

/** 从 a 到 b 的自然日数，b 在前则为负。 */
export const daysBetween = (a: PlainDate, b: PlainDate): number => (toUtc(b) - toUtc(a)) / DAY_MS
