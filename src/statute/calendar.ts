import { CALENDAR_DATA } from './calendar-data.ts'
import type { CalendarSource } from './calendar-data.ts'
import { addCalendarDays, addCalendarMonths, nextDay, weekdayOf, yearOf } from './plain-date.ts'
import type { PlainDate } from './plain-date.ts'

/** 一个年度的节假日安排。 */
export interface CalendarYear {
  year: number
  /** 国务院办公厅通知的文号；不知则 null */
  docNo: string | null
  /** 放假的日子；落在周六、周日的可列可不列 */
  off: readonly PlainDate[]
  /** 上班的周六、周日 */
  work: readonly PlainDate[]
  /** 尚无正式通知、暂按推定录入 */
  provisional: boolean
}

/** 工作日历，普通的值：有数据的各年，及其中与“周一至周五上班”不同的日子。 */
export interface Calendar {
  years: ReadonlyMap<number, CalendarYear>
  exceptions: ReadonlyMap<PlainDate, 'off' | 'work'>
}

/** 该年没有节假日数据。绝不推定：错算的期限比算不出更糟。 */
export class CalendarYearMissing extends Error {
  readonly year: number
  constructor(year: number) {
    super(`没有 ${year} 年的节假日数据，无法计算工作日；请先录入国务院办公厅关于 ${year} 年部分节假日安排的通知`)
    this.name = 'CalendarYearMissing'
    this.year = year
  }
}

/** 由各年的安排成一部日历；同一年列两次的，以后者为准。 */
export function makeCalendar(years: Iterable<CalendarYear>): Calendar {
  const byYear = new Map<number, CalendarYear>()
  for (const year of years) byYear.set(year.year, year)
  const exceptions = new Map<PlainDate, 'off' | 'work'>()
  for (const year of byYear.values()) {
    for (const day of year.off) exceptions.set(day, 'off')
    for (const day of year.work) exceptions.set(day, 'work')
  }
  return { years: byYear, exceptions }
}

/** 以后来录入的年度补充或替换。 */
export const withYears = (calendar: Calendar, years: Iterable<CalendarYear>): Calendar =>
  makeCalendar([...calendar.years.values(), ...years])

/** 内置的日历，2011–2026 年。 */
export const BUILT_IN_CALENDAR: Calendar = makeCalendar(
  Object.entries<CalendarSource>(CALENDAR_DATA).map(([year, source]) => ({
    year: Number(year),
    docNo: source.docNo,
    off: toDays(year, source.off),
    work: toDays(year, source.work),
    provisional: false,
  })),
)

function toDays(year: string, list: string): PlainDate[] {
  return list.split(' ').map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`)
}

/** 是否工作日。没有该年数据则抛 `CalendarYearMissing`。 */
export const isWorkingDay = (day: PlainDate, calendar: Calendar): boolean => isWorking(day, weekdayOf(day), calendar)

// 逐日数时星期几已知，不必再算
function isWorking(day: PlainDate, weekday: number, calendar: Calendar): boolean {
  if (!calendar.years.has(yearOf(day))) throw new CalendarYearMissing(yearOf(day))
  const exception = calendar.exceptions.get(day)
  return exception === undefined ? weekday !== 0 && weekday !== 6 : exception === 'work'
}

const LONGEST = 2000

/**
 * `from` 之后第 n 个工作日，`from` 当日不计；n 为 0 则为 `from` 本身。期限于所得之日 24 时届满。
 * n 须为 0–2000 的整数，否则抛 `RangeError`。
 */
export function addWorkingDays(from: PlainDate, n: number, calendar: Calendar): PlainDate {
  if (!Number.isInteger(n) || n < 0 || n > LONGEST) throw new RangeError(`工作日数须为 0 至 ${LONGEST} 的整数：${n}`)
  let day = from
  let weekday = weekdayOf(from)
  for (let counted = 0; counted < n; ) {
    day = nextDay(day)
    weekday = (weekday + 1) % 7
    if (isWorking(day, weekday, calendar)) counted++
  }
  return day
}

/** 区间 (a, b] 内的工作日数；b 不晚于 a 则为 0。 */
export function countWorkingDays(a: PlainDate, b: PlainDate, calendar: Calendar): number {
  let counted = 0
  for (let day = a; day < b; ) {
    day = addCalendarDays(day, 1)
    if (isWorkingDay(day, calendar)) counted++
  }
  return counted
}

/** 当日或其后的第一个工作日：期间届满之日为休息日的顺延（民事诉讼法第八十五条）。 */
export function rollForward(day: PlainDate, calendar: Calendar): PlainDate {
  let rolled = day
  while (!isWorkingDay(rolled, calendar)) rolled = addCalendarDays(rolled, 1)
  return rolled
}

/** 当日或其前的最后一个工作日：不顺延的期限，内部以此为完成线。 */
export function lastWorkingDayOnOrBefore(day: PlainDate, calendar: Calendar): PlainDate {
  let last = day
  while (!isWorkingDay(last, calendar)) last = addCalendarDays(last, -1)
  return last
}

/** 自然日计的期间：`nominal` 为名义届满日，`dueOn` 为遇休息日顺延后的届满日。 */
export interface NaturalTerm {
  nominal: PlainDate
  dueOn: PlainDate
}

/** 自 `from` 次日起 n 个自然日，届满之日为休息日的顺延。 */
export function termOfDays(from: PlainDate, n: number, calendar: Calendar): NaturalTerm {
  const nominal = addCalendarDays(from, n)
  return { nominal, dueOn: rollForward(nominal, calendar) }
}

/** 自 `from` 起 n 个月，至同日号（没有则月末），届满之日为休息日的顺延。 */
export function termOfMonths(from: PlainDate, n: number, calendar: Calendar): NaturalTerm {
  const nominal = addCalendarMonths(from, n)
  return { nominal, dueOn: rollForward(nominal, calendar) }
}
