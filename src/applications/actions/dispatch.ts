import { DELIVERY_METHODS } from '../../statute/delivery.ts'
import type { DeliveryMethod } from '../../statute/delivery.ts'
import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { dispatch as rule } from '../decisions.ts'
import { isSameLetter, withFollowers } from '../followers.ts'

export const dispatch: CaseAction = {
  event: 'dispatched',
  label: '交邮、发出',
  article: '国办公开办函〔2016〕235号',
  permit: 'application.handle',
  done: '已记发出',
  fields: (_, { today }) => [
    { name: 'method', label: '送达方式', kind: 'choice', required: true, options: Object.fromEntries(Object.entries(DELIVERY_METHODS).map(([key, { label }]) => [key, label])) },
    dayField(today, '交邮、发出之日', '邮寄的以交邮之日判断是否按期'),
    { name: 'carrier', label: '邮政企业与单号', kind: 'text', hint: '邮寄的必填，只能经邮政企业，如 EMS 1234567890123', maxLength: 100 },
    { name: 'consented', label: '电子送达，申请人是否同意', kind: 'choice', options: { no: '没有同意，或不是电子送达', yes: '申请人已同意电子送达' }, value: 'no' },
  ],
  decide: async (a, given, ground, context) => {
    const method = given('method')
    if (!isMethod(method)) return { ok: false, refusal: 'method-missing' }
    const input = { on: given('on'), method, carrier: given('carrier') || null, consented: given('consented') === 'yes' }
    const answer = rule(a, input, ground)
    if (!answer.ok) return answer
    // 并案的同一份文书，一次发出
    const refusal = await withFollowers(context, (follower) => (isSameLetter(follower, a) && follower.status === 'approved' ? rule(follower, input, ground) : null))
    return refusal === null ? answer : { ok: false, refusal }
  },
}

const isMethod = (text: string): text is DeliveryMethod => Object.hasOwn(DELIVERY_METHODS, text)
