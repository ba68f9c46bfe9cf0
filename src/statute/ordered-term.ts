import { addWorkingDays, termOfDays } from './calendar.ts'
import type { Calendar, NaturalTerm } from './calendar.ts'
import type { PlainDate } from './plain-date.ts'

export const TERM_UNITS = { WORKDAY: '个工作日', DAY: '日（自然日）' } as const
export type TermUnit = keyof typeof TERM_UNITS

/** 复议决定、裁判、意见书、建议书所定的期限：几个工作日，或者几日。 */
export interface OrderedTerm {
  days: number
  unit: TermUnit
}

/** 届满之日：起算之日不计；自然日的届满日为休息日的顺延（民事诉讼法第八十五条），工作日的名义日与届满日相同。 */
export function orderedDue({ days, unit }: OrderedTerm, from: PlainDate, calendar: Calendar): NaturalTerm {
  if (unit === 'DAY') return termOfDays(from, days, calendar)
  const dueOn = addWorkingDays(from, days, calendar)
  return { nominal: dueOn, dueOn }
}
