import type { CaseAction } from '../case-action.ts'
import { returnProposal as rule } from '../decisions.ts'

export const sendBackProposal: CaseAction = {
  event: 'decision-returned',
  label: '退回修改',
  article: '条例第四十五条',
  permit: 'application.endorse',
  done: '已退回修改',
  fields: () => [{ name: 'reason', label: '退回的理由', kind: 'long', required: true, maxLength: 500 }],
  decide: (a, given, ground) => rule(a, { on: ground.today, reason: given('reason') }, ground),
}
