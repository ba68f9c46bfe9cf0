import { dayField } from '../../../applications/index.ts'
import { actorKey, standsInFor } from '../../../identity/index.ts'
import { A47, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { OUTCOMES } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'

const isOutcome = (text: string): text is Outcome => Object.hasOwn(OUTCOMES, text)

export const draft: ComplaintAction = {
  event: 'drafted',
  label: '拟结论',
  permit: 'complaint.handle',
  article: A47,
  done: '已拟结论，等另一人审定',
  when: ({ findings }) => findings.length > 0,
  fields: ({ draft: before }, { today }) => [
    dayField(today, '拟结论之日'),
    { name: 'outcome', label: '结论', kind: 'choice', required: true, options: OUTCOMES, ...(before === null ? {} : { value: before.outcome }) },
    { name: 'grounds', label: '事实与理由', kind: 'long', required: true, maxLength: 1000, hint: `写进答复。${NO_NAMES}`, ...(before === null ? {} : { value: before.grounds }) },
    { name: 'measures', label: '怎样整改', kind: 'long', maxLength: 1000, hint: '成立、部分成立的必填：谁、何时、改什么；写进答复', ...(before === null ? {} : { value: before.measures }) },
  ],
  decide: (complaint, given, { actor }) => {
    const [outcome, measures] = [given('outcome'), given('measures')]
    if (!isOutcome(outcome)) return unsettled('outcome', '请选择结论')
    if (outcome !== 'unfounded' && measures === '') return unsettled('measures', '成立、部分成立的，请写明怎样整改（条例第四十七条：督促整改）')
    const forWhom = standsInFor(actor, 'complaint.handle', complaint.barred)
    return settled({ kind: 'drafted', on: given('on'), outcome, grounds: given('grounds'), measures, by: [actorKey(actor), ...(typeof forWhom === 'string' ? [forWhom] : [])] })
  },
}
