import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { giveReason as rule } from '../decisions.ts'

export const giveReason: CaseAction = {
  event: 'reason-given',
  label: '收到理由说明',
  article: '条例第三十五条',
  permit: 'application.handle',
  done: '理由说明已记下',
  fields: (_, { today }) => [
    dayField(today, '收到之日'),
    { name: 'reasonable', label: '理由是否合理', kind: 'choice', required: true, options: { yes: '合理', no: '不合理，可以不予处理' } },
  ],
  decide: (a, given, ground) => (given('reasonable') === '' ? { ok: false, refusal: 'reasonable-missing' } : rule(a, { on: given('on'), reasonable: given('reasonable') === 'yes' }, ground)),
}
