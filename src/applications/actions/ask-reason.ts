import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { askReason as rule } from '../decisions.ts'

export const askReason: CaseAction = {
  event: 'reason-asked',
  label: '要求说明理由',
  article: '条例第三十五条：数量、频次明显超过合理范围的',
  permit: 'application.handle',
  done: '已要求说明理由，答复期限不停计',
  fields: (_, { today }) => [dayField(today, '告知之日'), { name: 'by', label: '说明的期限', kind: 'date', required: true }],
  decide: (a, given, ground) => rule(a, { on: given('on'), by: given('by') }, ground),
}
