import { DELIVERY_METHODS } from '../../statute/delivery.ts'
import type { DeliveryMethod } from '../../statute/delivery.ts'
import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { dispatch as rule } from '../decisions.ts'
import { hasConsented } from '../follow-up/consent.ts'
import { isSameLetter, withFollowers } from '../followers.ts'

export const dispatch: CaseAction = {
  event: 'dispatched',
  label: '交邮、发出',
  article: '国办公开办函〔2016〕235号',
  permit: 'application.handle',
  done: '已记发出',
  fields: (_, { today, settings }, { consented }) => [
    {
      name: 'method',
      label: '送达方式',
      kind: 'choice',
      required: true,
      options: Object.fromEntries(Object.entries(DELIVERY_METHODS).map(([key, { label }]) => [key, label])),
      hint: consented ? '申请人已同意电子送达：答复书在查询页可以下载，到达之日即送达之日' : '申请人没有同意电子送达；书面同意的，先在案件页「电子送达」记下凭据',
      ...(consented && settings.reviewOnlineUrl !== '' ? { value: 'ELECTRONIC' } : {}),
    },
    dayField(today, '交邮、发出之日', '邮寄的以交邮之日判断是否按期'),
    { name: 'carrier', label: '邮政企业与单号', kind: 'text', hint: '邮寄的必填，只能经邮政企业，如 EMS 1234567890123', maxLength: 100 },
  ],
  decide: async (a, given, ground, context) => {
    const method = given('method')
    if (!isMethod(method)) return { ok: false, refusal: 'method-missing' }
    // 同意与否看记下的，不由办的人说
    const consented = method === 'ELECTRONIC' && (await hasConsented(context.tx, context.bodyId, context.caseId))
    const input = { on: given('on'), method, carrier: given('carrier') || null, consented }
    const answer = rule(a, input, ground)
    if (!answer.ok) return answer
    // 并案的同一份文书，一次发出
    const refusal = await withFollowers(context, (follower) => (isSameLetter(follower, a) && follower.status === 'approved' ? rule(follower, input, ground) : null))
    return refusal === null ? answer : { ok: false, refusal }
  },
}

const isMethod = (text: string): text is DeliveryMethod => Object.hasOwn(DELIVERY_METHODS, text)
