import type { CaseAction } from '../case-action.ts'
import { postponeSupplement as rule } from '../decisions.ts'

export const postponeSupplement: CaseAction = {
  event: 'supplement-postponed',
  label: '延展补正期限',
  article: '条例第三十条：有正当理由的',
  permit: 'application.handle',
  done: '补正期限已延展',
  fields: () => [
    { name: 'by', label: '延展至', kind: 'date', required: true },
    { name: 'reason', label: '申请人的正当理由', kind: 'long', required: true, maxLength: 500 },
  ],
  decide: (a, given, ground) => rule(a, { on: ground.today, by: given('by'), reason: given('reason') }, ground),
}
