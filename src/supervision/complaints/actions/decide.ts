import { dayField } from '../../../applications/index.ts'
import { actorKey, settleBehalf, standsInFor } from '../../../identity/index.ts'
import { A47, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { OUTCOMES } from '../complaint.ts'

export const decide: ComplaintAction = {
  event: 'decided',
  label: '审定结论',
  permit: 'complaint.decide',
  article: A47,
  done: '已审定，请看下一步',
  consequences: ['同意的，结论随即作出，不能再改；由承办的人答复反映人', '不同意的，退回重拟'],
  when: ({ draft }) => draft !== null,
  shown: ({ draft }) => (draft === null ? [] : [['所拟的结论', OUTCOMES[draft.outcome]], ['事实与理由', draft.grounds], ...(draft.measures === '' ? [] : [['怎样整改', draft.measures] as const])]),
  fields: (_complaint, { today }) => [
    dayField(today, '审定之日'),
    { name: 'verdict', label: '意见', kind: 'choice', required: true, options: { agree: '同意所拟的结论', back: '退回重拟' } },
    { name: 'reason', label: '退回的理由', kind: 'long', maxLength: 500, hint: `退回的必填。${NO_NAMES}` },
  ],
  decide: ({ draft, barred }, given, { actor }) => {
    if (draft === null) return unsettled('', '还没有拟结论')
    if (draft.by.includes(actorKey(actor))) return unsettled('', '这份结论是您拟的，须由另一人审定')
    const forWhom = standsInFor(actor, 'complaint.decide', [...barred, ...draft.by])
    if (forWhom === undefined) return unsettled('', '委托您的人拟了这份结论，您不能代他审定')
    settleBehalf(actor, forWhom)
    const [on, verdict, reason] = [given('on'), given('verdict'), given('reason')]
    if (verdict === 'back') return reason === '' ? unsettled('reason', '退回的，请写明理由') : settled({ kind: 'draft-returned', on, reason })
    if (verdict !== 'agree') return unsettled('verdict', '请选择')
    const { outcome, grounds, measures } = draft
    return settled({ kind: 'decided', on, outcome, grounds, measures })
  },
}
