import { CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar, NaturalTerm } from '../statute/calendar.ts'
import { remedyDeadlines } from '../statute/remedies.ts'
import type { RemedyDeadlines } from '../statute/remedies.ts'
import type { Application } from './application.ts'

/**
 * 申请人申请复议、直接起诉的最后一日，自收到答复之日起算，如「至 2025-10-09（2025-10-01 期满，遇休息日顺延）」。
 * 没有送达的、不附救济的为空；没有该年节假日安排的亦然。
 */
export function remedyDays(a: Application, calendar: Calendar): (readonly [label: string, words: string])[] {
  const servedOn = a.delivery?.servedOn ?? null
  if (a.decision === null || a.status === 'withdrawn' || servedOn === null) return []
  const found = deadlines(a.decision.remedy, servedOn, calendar)
  if (found === null) return []
  const { review, suit } = found
  const first = a.decision.remedy === 'PRE_REVIEW' ? '申请行政复议（须先复议）' : '申请行政复议'
  return [...(review === null ? [] : [[first, wordsOf(review)] as const]), ...(suit === null ? [] : [['直接提起行政诉讼', wordsOf(suit)] as const])]
}

const wordsOf = ({ nominal, dueOn }: NaturalTerm): string => `至 ${dueOn}${nominal === dueOn ? '' : `（${nominal} 期满，遇休息日顺延）`}`

function deadlines(...[remedy, servedOn, calendar]: Parameters<typeof remedyDeadlines>): RemedyDeadlines | null {
  try {
    return remedyDeadlines(remedy, servedOn, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}
