import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { extend as rule } from '../decisions.ts'

/** 延长答复期限：由负责人批准，于到期之前告知申请人，累计不超过二十个工作日。 */
export const extend: CaseAction = {
  event: 'extended',
  label: '批准延期',
  article: '条例第三十三条第二款',
  permit: 'application.approve',
  done: '已批准延期',
  fields: (a, { today }) => [
    { name: 'days', label: '延长几个工作日', kind: 'number', required: true, hint: `至多 ${20 - a.extensions.reduce((sum, e) => sum + e.days, 0)} 个` },
    dayField(today, '告知申请人之日', '须在现在的到期日之前'),
  ],
  decide: (a, given, ground, { who }) => rule(a, { on: given('on'), days: Number(given('days')), approvedBy: who.key }, ground),
}
