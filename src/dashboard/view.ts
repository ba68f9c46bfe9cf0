import type { Figures, Standing } from './figures.ts'
import type { Month } from './load-figures.ts'
import type { MonthChartProps } from './month-chart.tsx'
import { MEASURES, STANDINGS, type Measure, type StandingMeasure } from './measures.ts'
import { monthIn, type Period } from './period.ts'
import { recordsPath, type RecordsAsked } from './places.ts'

/** 与上年同期比的一行。 */
export interface ComparedLine {
  measure: Measure
  now: number
  was: number
  nowHref: string
  wasHref: string
}

export interface StandingLine {
  measure: StandingMeasure
  n: number
  href: string
}

/** 一项数的记录在哪里；表四的格统计自年初，其余照所给的起讫。 */
export type HrefOf = (what: string, at: Omit<RecordsAsked, 'what'>) => string

/** 看一个机关（`code`，自己的为 null）或全区时各数所到之处：投诉、待公开的到它们自己的列表。 */
export function hrefsFor({ base, code, district }: { base: string; code: string; district: boolean }): HrefOf {
  const duties = `/desk/duties/bodies/${code}/items?state=`
  const elsewhere: Record<string, string> = { due: `${duties}due`, 'due-late': `${duties}late`, 'published-late': `${duties}published-late` }
  return (what, at) => {
    if (!district && what === 'complaints') return `/desk/complaints/all?from=${at.from}&to=${at.to}&body=${code}`
    const own = district ? undefined : elsewhere[what]
    return own ?? recordsPath(base, { what, from: at.from, to: at.to, ...(at.asOf === undefined ? {} : { asOf: at.asOf }), ...(at.year === undefined ? {} : { year: at.year }) })
  }
}

/** 各项与上年同期；少见而两年都是零的不列。 */
export const toLines = (period: Period, { now, was }: { now: Figures; was: Figures }, href: HrefOf, complaints: boolean): ComparedLine[] =>
  MEASURES.flatMap((measure) => {
    const [n, before] = [measure.of(now), measure.of(was)]
    if (measure.rare === true && n + before === 0) return []
    if (measure.key === 'complaints' && !complaints) return []
    return [{ measure, now: n, was: before, nowHref: href(measure.key, period), wasHref: href(measure.key, { ...period.was, year: period.year }) }]
  })

export const toStandings = (standing: Standing, period: Period, href: HrefOf): StandingLine[] =>
  STANDINGS.map((measure) => ({ measure, n: measure.of(standing), href: href(measure.key, period) }))

const CHARTS = [
  { key: 'received', what: 'received', title: '收到申请', unit: '件' },
  { key: 'decided', what: 'decided', title: '办结申请', unit: '件' },
  { key: 'published', what: 'items', title: '主动公开信息', unit: '条' },
] as const

/** 三张逐月的图。 */
export function toCharts(period: Period, { now, was }: { now: readonly Month[]; was: readonly Month[] }, href: HrefOf): MonthChartProps[] {
  const wasPeriod = { year: period.year - 1, to: period.was.to }
  return CHARTS.map(({ key, what, title, unit }) => ({
    title,
    unit,
    year: period.year,
    now: now.map((month, i) => (monthIn(period, i + 1) === null ? null : month[key])),
    was: was.map((month, i) => (monthIn(wasPeriod, i + 1) === null ? null : month[key])),
    href: (month) => href(what, { ...(monthIn(period, month) ?? period), asOf: period.to }),
  }))
}
