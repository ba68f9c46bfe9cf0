import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { defer as rule } from '../decisions.ts'

export const defer: CaseAction = {
  event: 'deferred',
  label: '延迟答复',
  article: '条例第三十五条：理由合理而无法按期答复的',
  permit: 'application.handle',
  done: '已确定延迟答复之日',
  when: (a) => a.reason?.reasonable === true,
  fields: (_, { today }) => [dayField(today, '告知申请人之日'), { name: 'until', label: '延迟至', kind: 'date', required: true, hint: '合理期限，须晚于现在的到期日' }],
  decide: (a, given, ground) => rule(a, { on: given('on'), until: given('until') }, ground),
}
