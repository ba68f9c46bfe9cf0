import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { changeProcedure as rule, PROCEDURES } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'

/** 简易程序与普通程序的转换：答复、决定的期限随之改算。 */
export const changeProcedure: CaseStep<Review, ReviewEvent> = {
  label: '审理程序有变',
  article: '行政复议法第五十三条至第五十五条',
  permit: 'review.handle',
  done: '已记程序的转换，期限已照新的程序改算',
  side: true,
  when: ({ status }) => status === 'received' || status === 'answered',
  fields: ({ facts }, { today }) => [
    { name: 'procedure', label: '转为', kind: 'choice', required: true, options: PROCEDURES, value: facts.procedure === 'summary' ? 'ordinary' : 'summary', hint: '答复期限：普通程序 10 个工作日，简易程序 5 个工作日；决定：普通程序 60 日，简易程序 30 日' },
    dayField(today, '通知所载之日'),
  ],
  decide: (review, given) => rule(review, { on: given('on'), procedure: given('procedure') === 'summary' ? 'summary' : 'ordinary' }),
}
