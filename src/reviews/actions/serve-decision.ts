import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { serveDecision as rule } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'

export const serveDecision: CaseStep<Review, ReviewEvent> = {
  label: '收到复议决定书',
  article: '行政诉讼法第四十五条：起诉期限自收到复议决定书之日起',
  permit: 'review.handle',
  done: '已记收到之日',
  when: ({ decidedOn, servedOn }) => decidedOn !== null && servedOn === null,
  fields: (_review, { today }) => [dayField(today, '收到之日')],
  decide: (review, given) => rule(review, { on: given('on') }),
}
