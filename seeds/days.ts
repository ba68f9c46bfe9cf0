import { BUILT_IN_CALENDAR as calendar, addWorkingDays, isWorkingDay } from '../src/statute/calendar.ts'
import { addCalendarDays } from '../src/statute/plain-date.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'

export { calendar }

/** 演示的记录到这一日为止；其后的事还没有发生。 */
export const LAST_DAY: PlainDate = '2026-01-12'

/** 之后第 n 个工作日；n 为 0 则当日，当日休息的顺延至下一个工作日。 */
export const after = (day: PlainDate, n: number): PlainDate =>
  n === 0 ? (isWorkingDay(day, calendar) ? day : addWorkingDays(day, 1, calendar)) : addWorkingDays(day, n, calendar)

/** 之前第 n 个工作日。 */
export function before(day: PlainDate, n: number): PlainDate {
  let found = day
  for (let left = n; left > 0; ) {
    found = addCalendarDays(found, -1)
    if (isWorkingDay(found, calendar)) left--
  }
  return found
}

/** 几日之后（自然日）的工作日。 */
export const daysAfter = (day: PlainDate, n: number): PlainDate => after(addCalendarDays(day, n), 0)

/** 一年的全部工作日。 */
export function workingDaysOf(year: number): PlainDate[] {
  const days: PlainDate[] = []
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addCalendarDays(day, 1)) if (isWorkingDay(day, calendar)) days.push(day)
  return days
}

/** 该月的最后一个工作日。 */
export const monthEnd = (day: PlainDate): PlainDate => {
  const next = addCalendarDays(`${day.slice(0, 7)}-28`, 4)
  return before(`${next.slice(0, 7)}-01`, 1)
}
