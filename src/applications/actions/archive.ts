import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { archive as rule } from '../decisions.ts'

export const archive: CaseAction = {
  event: 'archived',
  label: '归档',
  article: '条例第四十五条',
  permit: 'archive.keep',
  done: '已归档，档案包正在后台制作',
  fields: (_, { today }) => [dayField(today, '归档之日')],
  decide: (a, given, ground) => rule(a, given('on'), ground),
}
