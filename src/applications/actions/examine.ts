import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { examine as rule } from '../decisions.ts'

export const examine: CaseAction = {
  event: 'examined',
  label: '开始审查',
  article: '条例第四十五条',
  permit: 'application.handle',
  done: '已转入审查',
  fields: (_, { today }) => [dayField(today, '开始审查之日')],
  decide: (a, given, ground) => rule(a, given('on'), ground),
}
