import { CalendarYearMissing, addWorkingDays } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { isOpen } from './application.ts'
import type { Application, CoHandling } from './application.ts'

/** 协办的到期日：自请协办之日的次日起数工作日；没有该年节假日数据的为 null。 */
export function coHandlingDueOn({ askedOn, days }: Pick<CoHandling, 'askedOn' | 'days'>, calendar: Calendar): PlainDate | null {
  try {
    return addWorkingDays(askedOn, days, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

// 算不出的排在最后，不从待办里消失
export const UNKNOWN: PlainDate = '9999-12-31'

/** 在办而未回的协办里最早的到期日；没有的为 null。 */
export function firstCoHandlingDue(a: Application, calendar: Calendar): PlainDate | null {
  if (!isOpen(a)) return null
  const [first] = a.coHandlings.filter((c) => c.returnedOn === null).map((c) => coHandlingDueOn(c, calendar) ?? UNKNOWN).toSorted()
  return first ?? null
}
