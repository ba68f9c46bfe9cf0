import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { receive } from '../decisions.ts'

/** 与申请人确认收到，或签收：期限自其次日起算。 */
export const confirmReceipt: CaseAction = {
  event: 'received',
  label: '确认收到',
  article: '条例第三十一条',
  permit: 'application.handle',
  done: '已确认收到，答复期限自次日起算',
  fields: (_, { today }) => [
    dayField(today, '确认、签收之日', '这一日为收到申请之日，当日不计'),
    { name: 'proof', label: '凭据', kind: 'text', hint: '如电话确认的时刻、挂号单号。不写申请人的姓名、电话', maxLength: 200 },
  ],
  decide: (a, given, ground) => {
    const { regNo, channel, applicantKind, applicantId, content, form, splitFrom, note } = a
    const particulars = { regNo, channel, applicantKind, applicantId, content, form, splitFrom, note }
    return receive(a, { particulars, submittedOn: a.submittedOn ?? given('on'), signedOn: given('on'), confirmedOn: given('on'), proof: given('proof') }, ground)
  },
}
