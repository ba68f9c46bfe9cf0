import { daysAfter, orNextWorkday } from './days.ts'
import type { Day } from './days.ts'
import { outcomeEntry } from './outcome-table.ts'
import type { OutcomeCode } from './outcome-table.ts'
import type { Rules } from './tale.ts'

export interface Offices {
  reviewAuthority: string
  court: string
}

/** 答复的文书：哪一种、标题、救济告知逐字。行政查询事项从机构的设置。 */
export function answerLetter(outcome: OutcomeCode, decidedOn: Day, rules: Rules, { reviewAuthority, court }: Offices): { letter: string; title: string; remedy: string } {
  const { letter, title, reviewFirst } = outcomeEntry(outcome)
  const act = letter === 'L27' ? '本处理' : '本答复'
  const first = decidedOn >= '2024-01-01' && (outcome === 'ADMIN_QUERY' ? rules.adminQueryReviewFirst : reviewFirst)
  const remedy = first
    ? `如不服${act}，应当自收到之日起60日内先向${reviewAuthority}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向${court}提起行政诉讼。`
    : `如不服${act}，可以自收到之日起60日内向${reviewAuthority}申请行政复议，或者自收到之日起6个月内向${court}提起行政诉讼。`
  return { letter, title, remedy }
}

/** 申请复议的最后一日：收到之日的次日起六十个自然日，遇休息日顺延。 */
export const reviewBy = (servedOn: Day): Day => orNextWorkday(daysAfter(servedOn, 60))

/** 直接起诉的最后一日：六个月后的同一日，没有的为月末，遇休息日顺延。 */
export function suitBy(servedOn: Day): Day {
  const [year = 0, month = 0, date = 0] = servedOn.split('-').map(Number)
  for (let day = date; ; day--) {
    const at = new Date(Date.UTC(year, month - 1 + 6, day))
    if (at.getUTCDate() === day) return orNextWorkday(at.toISOString().slice(0, 10))
  }
}
