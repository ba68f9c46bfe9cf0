import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { acceptReview as rule } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'

/** 复议机关受理之日：复议决定的期限自此起算。 */
export const acceptReview: CaseStep<Review, ReviewEvent> = {
  label: '记受理之日',
  article: '行政复议法第三十条、第六十二条',
  permit: 'review.handle',
  done: '已记受理之日，复议决定的期限随之算出',
  when: ({ status, acceptedOn }) => (status === 'received' || status === 'answered') && acceptedOn === null,
  fields: (_review, { today }) => [dayField(today, '复议机关受理之日', '答复通知书上写明的')],
  decide: (review, given) => rule(review, { on: given('on') }),
}
