import { CalendarYearMissing, lastWorkingDayOnOrBefore } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { yearOf } from './plain-date.ts'
import type { PlainDate } from './plain-date.ts'

export interface AnnualDeadline {
  /** 固定之日，不因节假日顺延 */
  dueOn: PlainDate
  /** 内部完成线：不晚于该日的最后一个工作日；尚无该年节假日数据则 null */
  internalOn: PlainDate | null
  basis: string
}

/** 部门的年度报告：次年一月三十一日前报送主管部门并向社会公布（条例第四十九条）。 */
export const reportDeadline = (year: number, calendar: Calendar): AnnualDeadline =>
  deadline(`${year + 1}-01-31`, calendar, '政府信息公开条例第四十九条第一款')

/** 主管部门公布本级政府的年度报告：次年三月三十一日前（条例第四十九条）。 */
export const governmentReportDeadline = (year: number, calendar: Calendar): AnnualDeadline =>
  deadline(`${year + 1}-03-31`, calendar, '政府信息公开条例第四十九条第二款')

function deadline(dueOn: PlainDate, calendar: Calendar, basis: string): AnnualDeadline {
  const known = calendar.years.has(yearOf(dueOn))
  return { dueOn, internalOn: known ? lastWorkingDayOnOrBefore(dueOn, calendar) : null, basis }
}

/** 内部完成线，必须有数据；没有则抛 `CalendarYearMissing`。 */
export function internalReportLine(year: number, calendar: Calendar): PlainDate {
  const { internalOn } = reportDeadline(year, calendar)
  if (internalOn === null) throw new CalendarYearMissing(year + 1)
  return internalOn
}
