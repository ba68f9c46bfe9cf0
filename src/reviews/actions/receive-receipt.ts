import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { awaitsReceipt } from '../hearing.ts'
import type { Shared, SharedEvent } from '../hearing.ts'
import { receiveReceipt as rule } from '../hearing-rules.ts'

/** 邮寄的答复、答辩，收到了对方签收的回执。 */
export const receiveReceipt: CaseStep<Shared & { status: string }, SharedEvent> = {
  label: '记对方签收之日',
  article: '留作按期提交的凭据；是否按期仍看交邮之日',
  permit: 'review.handle',
  done: '已记签收之日',
  when: awaitsReceipt,
  fields: (_state, { today }) => [dayField(today, '对方签收之日', '照回执写的')],
  decide: (state, given) => rule(state, { on: given('on') }),
}
