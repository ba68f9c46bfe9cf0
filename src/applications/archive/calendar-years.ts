import { yearOf } from '../../statute/plain-date.ts'
import { dueAccount } from './case-documents.ts'
import type { CaseFile } from './case-file.ts'

/** 算这一件的期限所用的各年节假日安排与其文号；没有收到的为空。 */
export function calendarYearsBetween(file: Pick<CaseFile, 'application' | 'ground'>): { year: number; docNo: string }[] {
  const steps = dueAccount(file)?.steps ?? []
  const years = new Set(steps.map(({ day }) => yearOf(day)))
  return [...years].toSorted((a, b) => a - b).flatMap((year) => {
    const known = file.ground.calendar.years.get(year)
    return known === undefined ? [] : [{ year, docNo: known.docNo ?? '内置' }]
  })
}
