import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { serve as rule } from '../decisions.ts'

export const serve: CaseAction = {
  event: 'served',
  label: '申请人已签收',
  article: '救济期限自此起算（行政复议法第二十条）',
  permit: 'application.handle',
  done: '已记送达',
  when: (a) => a.delivery !== null,
  fields: (_, { today }) => [dayField(today, '签收、到达之日')],
  decide: (a, given, ground) => rule(a, given('on'), ground),
}
