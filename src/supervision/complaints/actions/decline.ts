import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, NO_NAMES, settled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { tellComplainant } from '../tell-complainant.ts'

export const decline: ComplaintAction = {
  event: 'declined',
  label: '不予受理',
  permit: 'complaint.decide',
  article: NO_ARTICLE,
  done: '已记不予受理，理由反映人在查询页看得到',
  consequences: ['本件就此了结，不再答复', '不属于政府信息公开的，请在理由里写明可以向哪里反映'],
  fields: (_complaint, { today }) => [
    dayField(today, '决定之日'),
    { name: 'reason', label: '理由与可以向哪里反映', kind: 'long', required: true, maxLength: 500, hint: `反映人在查询页看得到。${NO_NAMES}` },
  ],
  decide: async (complaint, given, context) => {
    await tellComplainant(context, complaint, { subject: '不予受理', text: `您反映的不予受理：\n${given('reason')}` })
    return settled({ kind: 'declined', on: given('on'), reason: given('reason') })
  },
}
