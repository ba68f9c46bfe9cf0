import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { withdraw as rule } from '../decisions.ts'

export const withdraw: CaseAction = {
  event: 'withdrawn',
  label: '申请人撤回',
  article: '条例没有规定撤回；计入年度报告「（六）其他处理」〔待核〕',
  permit: 'application.handle',
  done: '已记撤回',
  consequences: ['本件就此办结，不再答复', '须有申请人撤回的书面或可核的凭据'],
  fields: (_, { today }) => [dayField(today, '撤回之日')],
  decide: (a, given, ground) => rule(a, given('on'), ground),
}
