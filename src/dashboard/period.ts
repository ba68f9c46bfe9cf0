import { yearOf, type PlainDate } from '../statute/plain-date.ts'

/** 看哪一段，与上年的哪一段比；两头都在内。 */
export interface Period {
  year: number
  from: PlainDate
  to: PlainDate
  /** 上年同期 */
  was: { from: PlainDate; to: PlainDate }
  /** 是今年：到今日为止 */
  current: boolean
}

export const FIRST_YEAR = 2008

/** 某年的统计期：今年到今日为止，往年到年末；上年同期到同月同日（二月二十九日比上年的二十八日）。 */
export function periodOf(year: number, today: PlainDate): Period {
  const current = year === yearOf(today)
  const to = current ? today : `${year}-12-31`
  const same = to.slice(4) === '-02-29' ? '-02-28' : to.slice(4)
  return { year, from: `${year}-01-01`, to, was: { from: `${year - 1}-01-01`, to: `${year - 1}${same}` }, current }
}

/** 所选的年度；没有选的、将来的、太早的一律为今年。 */
export function chosenYear(asked: string | undefined, today: PlainDate): number {
  const year = Number(asked)
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= yearOf(today) ? year : yearOf(today)
}

/** 一月的起讫，不越出统计期。 */
export function monthIn({ year, to }: Pick<Period, 'year' | 'to'>, month: number): { from: PlainDate; to: PlainDate } | null {
  const name = `${year}-${String(month).padStart(2, '0')}`
  const from = `${name}-01`
  if (from > to) return null
  const last = `${name}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0')}`
  return { from, to: last < to ? last : to }
}
