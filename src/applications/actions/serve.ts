import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { serve as rule } from '../decisions.ts'
import { isSameLetter, withFollowers } from '../followers.ts'

export const serve: CaseAction = {
  event: 'served',
  label: '申请人已签收',
  article: '救济期限自此起算（行政复议法第二十条）',
  permit: 'application.handle',
  done: '已记送达',
  when: (a) => a.delivery !== null,
  fields: ({ delivery }, { today }) =>
    delivery?.method === 'ELECTRONIC'
      ? [dayField(delivery.dispatchedOn, '到达之日', '电子送达的，答复书到达申请人的查询页之日即送达之日，不论何日打开')]
      : [dayField(today, '签收之日')],
  decide: async (a, given, ground, context) => {
    const answer = rule(a, given('on'), ground)
    if (!answer.ok) return answer
    const refusal = await withFollowers(context, (follower) => (isSameLetter(follower, a) && follower.status === 'dispatched' ? rule(follower, given('on'), ground) : null))
    return refusal === null ? answer : { ok: false, refusal }
  },
}
