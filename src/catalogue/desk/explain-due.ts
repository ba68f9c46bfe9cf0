import { CalendarYearMissing } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { PUBLICATION_TERMS, publicationDue } from '../../statute/publication.ts'
import type { PublicationTerm } from '../../statute/publication.ts'
import { termOf } from '../item.ts'
import type { Item } from '../item.ts'

export interface DueAccount {
  /** 法定的最后一日 */
  nominal: PlainDate
  /** 遇休息日的，此前最后一个工作日 */
  internal: PlainDate
  /** 怎样算的 */
  words: string
}

/** 公开期限从何日、照哪一条、算到何日；不是主动公开的、没有该年节假日安排的为 null。 */
export function explainDue(item: Item, calendar: Calendar): DueAccount | null {
  const term = termOf(item)
  if (term === null) return null
  const start = item.changedOn !== null ? '内容变更' : (item.classification?.termFrom ?? null) !== null ? PUBLICATION_TERMS[term.term].from : '形成'
  return explainTerm(term.from, term.term, start, calendar)
}

export function explainTerm(from: PlainDate, term: PublicationTerm, start: string, calendar: Calendar): DueAccount | null {
  const { n, unit, basis, settled } = PUBLICATION_TERMS[term]
  try {
    const due = publicationDue(from, calendar, term)
    const inside = due.internal === due.nominal ? '' : `；${due.nominal} 不是工作日，请在 ${due.internal} 之前公开`
    const law = settled ? `（${basis}）` : `（${basis}，本区设定）`
    return { ...due, words: `自 ${from} ${start}之日起 ${n} 个${unit === 'WORKDAY' ? '工作日' : '自然日'}${law}${inside}` }
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}
