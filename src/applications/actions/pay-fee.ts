import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { payFee as rule } from '../decisions.ts'

export const payFee: CaseAction = {
  event: 'fee-paid',
  label: '收到缴费',
  article: '国办函〔2020〕109号',
  permit: 'application.handle',
  done: '已记缴费',
  fields: (_, { today }) => [dayField(today, '缴费之日'), { name: 'ticketNo', label: '财政票据号', kind: 'text', maxLength: 60 }],
  decide: (a, given, ground) => rule(a, { on: given('on'), ticketNo: given('ticketNo') || null }, ground),
}
