import { dayField } from '../../../applications/index.ts'
import { isPlainDate } from '../../../statute/plain-date.ts'
import { NO_ARTICLE, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { tellComplainant } from '../tell-complainant.ts'

export const ask: ComplaintAction = {
  event: 'asked',
  label: '请反映人补充',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已记；反映人在查询页看得到，留了邮箱的发了邮件。期限照走',
  fields: (_complaint, { today }) => [
    dayField(today, '提出之日'),
    { name: 'question', label: '要补充什么', kind: 'long', required: true, maxLength: 500, hint: `反映人在查询页看得到。${NO_NAMES}` },
    { name: 'by', label: '请在何日之前补充', kind: 'date', hint: '可以不填；过了仍可以补充' },
  ],
  decide: async (complaint, given, context) => {
    const [on, by] = [given('on'), given('by')]
    if (by !== '' && isPlainDate(by) && by < on) return unsettled('by', '不能早于提出之日')
    await tellComplainant(context, complaint, { subject: '请补充', text: `请您补充：\n${given('question')}${by === '' ? '' : `\n\n请在 ${by} 前（含当日）补充。`}` })
    return settled({ kind: 'asked', on, question: given('question'), by: by || null })
  },
}
