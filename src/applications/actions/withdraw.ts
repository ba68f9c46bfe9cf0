import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { withdraw as rule } from '../decisions.ts'
import { releaseFollowers } from '../followers.ts'

export const withdraw: CaseAction = {
  event: 'withdrawn',
  label: '申请人撤回',
  article: '条例没有规定撤回；计入年度报告「（六）其他处理」（本区设定）；确认收到之前撤回的从未收到，不计',
  permit: 'application.handle',
  done: '已记撤回',
  consequences: ['本件就此办结，不再答复', '须有申请人撤回的书面或可核的凭据'],
  fields: (_, { today }) => [dayField(today, '撤回之日')],
  decide: async (a, given, ground, context) => {
    const answer = rule(a, given('on'), ground)
    if (!answer.ok) return answer
    const refusal = await releaseFollowers(context, `前一件（${a.regNo}）撤回`, ground)
    return refusal === null ? answer : { ok: false, refusal }
  },
}
