import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { returnConsultation as rule } from '../decisions.ts'
import { whichConsultation } from './open-consultations.ts'

export const returnConsultation: CaseAction = {
  event: 'consultation-returned',
  label: '收到意见',
  article: '条例第三十二条、第三十四条',
  permit: 'application.handle',
  done: '意见已记下，答复期限接着计算',
  fields: (a, { today }) => [
    whichConsultation(a, () => true),
    dayField(today, '收到意见之日'),
    { name: 'reply', label: '意见', kind: 'choice', required: true, options: { AGREE: '同意公开', REFUSE: '不同意公开' } },
    { name: 'reasonable', label: '不同意的，理由是否合理', kind: 'choice', options: { yes: '合理', no: '不合理' }, hint: '理由合理的不予公开；认为不公开对公共利益有重大影响的，可以公开并书面告知第三方' },
  ],
  decide: (a, given, ground) => {
    const reply = given('reply')
    if (reply !== 'AGREE' && reply !== 'REFUSE') return { ok: false, refusal: 'reply-missing' }
    const judged = given('reasonable')
    if (reply === 'REFUSE' && judged === '') return { ok: false, refusal: 'reasonable-missing' }
    return rule(a, { on: given('on'), id: given('id'), reply, reasonable: reply === 'AGREE' ? null : judged === 'yes' }, ground)
  },
}
