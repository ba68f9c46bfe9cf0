import { dayField } from '../../../applications/index.ts'
import { A47, NO_NAMES, settled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'

export const investigate: ComplaintAction = {
  event: 'investigated',
  label: '记查办情况',
  permit: 'complaint.handle',
  article: A47,
  done: '已记查办的情况；证据可以附在「文件」里',
  fields: (_complaint, { today }) => [
    dayField(today, '查办之日'),
    { name: 'findings', label: '查了什么、查明什么', kind: 'long', required: true, maxLength: 2000, hint: NO_NAMES },
  ],
  decide: (_complaint, given) => settled({ kind: 'investigated', on: given('on'), findings: given('findings') }),
}
