import { getCalendar, getSetting, listBodies } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { reportDeadline } from '../../statute/annual-deadlines.ts'
import { addCalendarDays, type PlainDate } from '../../statute/plain-date.ts'

/** 一个年度报送的期限。 */
export interface FilingDue {
  /** 法定：次年 1 月 31 日（条例第四十九条），不因节假日顺延 */
  dueOn: PlainDate
  /** 区里要求提前到哪一天；不是法定的 */
  innerOn: PlainDate
}

export async function filingDue(tx: Tx, year: number): Promise<FilingDue> {
  const { dueOn } = reportDeadline(year, await getCalendar(tx))
  const office = (await listBodies(tx)).find(({ kind }) => kind === 'district-office')
  const days = office === undefined ? 0 : await getSetting(tx, office.bodyId, 'filingLeadDays')
  return { dueOn, innerOn: addCalendarDays(dueOn, -days) }
}
