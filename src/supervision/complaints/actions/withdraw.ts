import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, NO_NAMES, settled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'

export const withdraw: ComplaintAction = {
  event: 'withdrawn',
  label: '反映人撤回',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已记撤回',
  consequences: ['本件就此办结，不再答复', '须有反映人撤回的书面或者可核的凭据，写在理由里'],
  fields: (_complaint, { today }) => [
    dayField(today, '撤回之日'),
    { name: 'reason', label: '怎样核实的', kind: 'long', required: true, maxLength: 300, hint: NO_NAMES },
  ],
  decide: (_complaint, given) => settled({ kind: 'withdrawn', on: given('on'), reason: given('reason') }),
}
