import { dayField } from '../../../applications/index.ts'
import { A47, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { OUTCOMES } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'

const isOutcome = (text: string): text is Outcome => Object.hasOwn(OUTCOMES, text)

export const decide: ComplaintAction = {
  event: 'decided',
  label: '作结论',
  permit: 'complaint.decide',
  article: A47,
  done: '已作结论，请答复反映人',
  when: ({ findings }) => findings.length > 0,
  fields: (_complaint, { today }) => [
    dayField(today, '作结论之日'),
    { name: 'outcome', label: '结论', kind: 'choice', required: true, options: OUTCOMES },
    { name: 'grounds', label: '事实与理由', kind: 'long', required: true, maxLength: 1000, hint: `写进答复。${NO_NAMES}` },
    { name: 'measures', label: '怎样整改', kind: 'long', maxLength: 1000, hint: '成立、部分成立的必填：谁、何时、改什么；写进答复' },
  ],
  decide: (_complaint, given) => {
    const [outcome, measures] = [given('outcome'), given('measures')]
    if (!isOutcome(outcome)) return unsettled('outcome', '请选择结论')
    if (outcome !== 'unfounded' && measures === '') return unsettled('measures', '成立、部分成立的，请写明怎样整改（条例第四十七条：督促整改）')
    return settled({ kind: 'decided', on: given('on'), outcome, grounds: given('grounds'), measures })
  },
}
