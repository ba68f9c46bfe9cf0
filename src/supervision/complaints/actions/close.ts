import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, NO_NAMES, settled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'

export const close: ComplaintAction = {
  event: 'closed',
  label: '办结',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已办结',
  consequences: ['办结之后不能再改，反映人不能再评价'],
  fields: ({ feedback }, { today }) => [
    dayField(today, '办结之日'),
    { name: 'note', label: '说明', kind: 'long', maxLength: 300, required: feedback === null || feedback.rating === 'dissatisfied', hint: `没有反馈的，写明怎样联系过；不满意的，写明怎样回应。${NO_NAMES}` },
  ],
  decide: (_complaint, given) => settled({ kind: 'closed', on: given('on'), note: given('note') }),
}
