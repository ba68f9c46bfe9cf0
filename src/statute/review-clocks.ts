import { addWorkingDays, termOfDays, termOfMonths } from './calendar.ts'
import type { Calendar, NaturalTerm } from './calendar.ts'
import type { PlainDate } from './plain-date.ts'

/** 复议、诉讼中本机关与各方的期限。`WORKDAY` 为工作日，`DAY` 为自然日、`MONTH` 为月，遇休息日顺延。 */
export const REVIEW_TERMS = {
  REVIEW_ANSWER_ORDINARY: { label: '行政复议答复（普通程序）', n: 10, unit: 'WORKDAY', from: '收到申请书副本', article: '行政复议法第四十八条、第八十八条' },
  REVIEW_ANSWER_SUMMARY: { label: '行政复议答复（简易程序）', n: 5, unit: 'WORKDAY', from: '收到申请书副本', article: '行政复议法第五十四条、第八十八条' },
  REVIEW_DECISION_ORDINARY: { label: '行政复议决定（普通程序，可再延三十日）', n: 60, unit: 'DAY', from: '受理申请', article: '行政复议法第六十二条' },
  REVIEW_DECISION_SUMMARY: { label: '行政复议决定（简易程序）', n: 30, unit: 'DAY', from: '受理申请', article: '行政复议法第六十二条' },
  REVIEW_FEEDBACK: { label: '行政复议意见书纠正情况报告', n: 60, unit: 'DAY', from: '收到行政复议意见书', article: '行政复议法第七十六条' },
  SUIT_AFTER_REVIEW: { label: '不服复议决定起诉', n: 15, unit: 'DAY', from: '收到复议决定', article: '行政诉讼法第四十五条' },
  SUIT_ANSWER: { label: '答辩与举证', n: 15, unit: 'DAY', from: '收到起诉状副本', article: '行政诉讼法第六十七条' },
  FIRST_INSTANCE_ORDINARY: { label: '一审审结（普通程序，可以延长）', n: 6, unit: 'MONTH', from: '法院立案', article: '行政诉讼法第八十一条' },
  FIRST_INSTANCE_SUMMARY: { label: '一审审结（简易程序）', n: 45, unit: 'DAY', from: '法院立案', article: '行政诉讼法第八十二条、第八十三条' },
  APPEAL_JUDGMENT: { label: '不服判决上诉', n: 15, unit: 'DAY', from: '判决书送达', article: '行政诉讼法第八十五条' },
  APPEAL_RULING: { label: '不服裁定上诉', n: 10, unit: 'DAY', from: '裁定书送达', article: '行政诉讼法第八十五条' },
} as const satisfies Record<string, { label: string; n: number; unit: 'WORKDAY' | 'DAY' | 'MONTH'; from: string; article: string }>

export type ReviewTerm = keyof typeof REVIEW_TERMS

/** 某项期限的届满日；工作日计的，名义日与届满日相同。 */
export function reviewTerm(term: ReviewTerm, from: PlainDate, calendar: Calendar): NaturalTerm {
  const { n, unit } = REVIEW_TERMS[term]
  if (unit === 'DAY') return termOfDays(from, n, calendar)
  if (unit === 'MONTH') return termOfMonths(from, n, calendar)
  const dueOn = addWorkingDays(from, n, calendar)
  return { nominal: dueOn, dueOn }
}

/** 普通程序的复议决定可延长至多三十日（行政复议法第六十二条）。 */
export const extendedReviewDecision = (acceptedOn: PlainDate, calendar: Calendar): NaturalTerm =>
  termOfDays(acceptedOn, REVIEW_TERMS.REVIEW_DECISION_ORDINARY.n + 30, calendar)
