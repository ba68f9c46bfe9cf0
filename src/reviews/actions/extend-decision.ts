import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { extendDecision as rule } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'

/** 复议机关告知延长审理期限，至多三十日。 */
export const extendDecision: CaseStep<Review, ReviewEvent> = {
  label: '复议机关延长审理期限',
  article: '行政复议法第六十二条',
  permit: 'review.handle',
  done: '已记延长',
  side: true,
  when: ({ status, facts, extendedDays }) => (status === 'received' || status === 'answered') && facts.procedure === 'ordinary' && extendedDays < 30,
  fields: (_review, { today }) => [{ name: 'days', label: '延长几日', kind: 'number', required: true, value: '30', hint: '自然日，至多 30 日；只有普通程序可以延长' }, dayField(today, '收到告知之日')],
  decide: (review, given) => rule(review, { on: given('on'), days: Number(given('days')) }),
}
