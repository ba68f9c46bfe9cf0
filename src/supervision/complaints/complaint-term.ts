import { CalendarYearMissing, addWorkingDays } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Complaint } from './complaint.ts'

/** 办理期限：自收到（再办的自再办）次日起数工作日，延长的加上。条例没有规定，天数由机关的设置定〔待核〕；缺该年节假日安排的为 null。 */
export function complaintDueOn({ receivedOn, reopenedOn, days, extension }: Pick<Complaint, 'receivedOn' | 'reopenedOn' | 'days' | 'extension'>, calendar: Calendar): PlainDate | null {
  try {
    return addWorkingDays(reopenedOn ?? receivedOn, days + (extension?.days ?? 0), calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}
