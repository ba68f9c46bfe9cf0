import type { Selectable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { BUILT_IN_CALENDAR, withYears } from '../statute/calendar.ts'
import type { Calendar, CalendarYear } from '../statute/calendar.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { CalendarYearTable } from './tables.ts'

const isDays = (value: unknown): value is PlainDate[] =>
  Array.isArray(value) && value.every((day) => typeof day === 'string')

function toYear(row: Pick<Selectable<CalendarYearTable>, 'year' | 'doc_no' | 'off_days' | 'work_days'>): CalendarYear {
  if (!isDays(row.off_days) || !isDays(row.work_days)) throw new Error(`calendar_year 的 ${row.year} 年数据损坏`)
  return { year: row.year, docNo: row.doc_no, off: row.off_days, work: row.work_days, provisional: false }
}

const latest = (tx: Tx) =>
  tx
    .selectFrom('calendar_year')
    .distinctOn('year')
    .selectAll()
    .orderBy('year')
    .orderBy('revision', 'desc')
    // 一年一行，表上限到 2100 年
    .limit(200)

// 以内容为键：同一进程里连几个库（测试）也不会串，载入新通知后下一次即是新的
const MAX_CACHED = 4
const cache = new Map<string, Calendar>()

/** 日历：内置各年，加上工作人员载入的通知（同一年以载入的为准）。 */
export async function getCalendar(tx: Tx): Promise<Calendar> {
  const rows = await latest(tx).execute()
  if (rows.length === 0) return BUILT_IN_CALENDAR
  const key = JSON.stringify(rows.map((row) => [row.year, row.doc_no, row.off_days, row.work_days]))
  const known = cache.get(key)
  if (known) return known
  const calendar = withYears(BUILT_IN_CALENDAR, rows.map(toYear))
  const [oldest] = cache.keys()
  if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest)
  cache.set(key, calendar)
  return calendar
}

/** 一年的日历与来源，供页面列出。 */
export interface CalendarYearEntry extends CalendarYear {
  source: 'built-in' | 'loaded'
  title: string | null
  issuedOn: PlainDate | null
  loadedAt: Date | null
}

/** 有数据的各年，新的在前。 */
export async function listCalendarYears(tx: Tx): Promise<CalendarYearEntry[]> {
  const loaded = new Map((await latest(tx).execute()).map((row) => [row.year, row]))
  const calendar = await getCalendar(tx)
  return [...calendar.years.values()]
    .toSorted((a, b) => b.year - a.year)
    .map((year) => {
      const row = loaded.get(year.year)
      return {
        ...year,
        source: row ? 'loaded' : 'built-in',
        title: row?.title ?? null,
        issuedOn: row?.issued_on ?? null,
        loadedAt: row?.loaded_at ?? null,
      }
    })
}
