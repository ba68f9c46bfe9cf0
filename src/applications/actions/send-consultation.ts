import { newId } from '../../platform/id.ts'
import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { CONSULTED } from '../case-words.ts'
import { sendConsultation as rule } from '../decisions.ts'

export const sendConsultation: CaseAction = {
  event: 'consultation-sent',
  label: '征求意见',
  article: '条例第三十二条、第三十四条',
  permit: 'application.handle',
  done: '已发出征求意见书，所需时间不计入答复期限',
  fields: (_, { today }) => [
    { name: 'with', label: '征求谁的意见', kind: 'choice', required: true, options: CONSULTED, hint: '征求意见书不得透露申请人是谁' },
    dayField(today, '发出之日'),
  ],
  decide: (a, given, ground) => {
    const kind = given('with')
    if (kind !== 'THIRD_PARTY' && kind !== 'CO_AGENCY' && kind !== 'OTHER_AGENCY') return { ok: false, refusal: 'consultation-unknown' }
    return rule(a, { on: given('on'), id: newId(), with: kind }, ground)
  },
}
