import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'

export const extend: ComplaintAction = {
  event: 'extended',
  label: '延长期限',
  permit: 'complaint.decide',
  article: NO_ARTICLE,
  done: '已延长，反映人在查询页看得到',
  consequences: ['一件只延长一次', '延长的天数与理由，反映人在查询页看得到'],
  when: ({ extension }) => extension === null,
  fields: (_complaint, { today, mostExtension }) => [
    dayField(today, '决定之日'),
    { name: 'days', label: '延长几个工作日', kind: 'number', required: true, hint: `至多 ${mostExtension} 个工作日` },
    { name: 'reason', label: '理由', kind: 'long', required: true, maxLength: 300, hint: `反映人看得到。${NO_NAMES}` },
  ],
  decide: (_complaint, given, { help }) => {
    const days = Number(given('days'))
    if (days < 1 || days > help.mostExtension) return unsettled('days', `应当是 1 至 ${help.mostExtension} 的整数`)
    return settled({ kind: 'extended', on: given('on'), days, reason: given('reason') })
  },
}
