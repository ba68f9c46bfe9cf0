import type { CaseAction } from '../case-action.ts'
import { unmerge as rule } from '../decisions.ts'

export const unmerge: CaseAction = {
  event: 'unmerged',
  label: '不再并案，另行办理',
  article: '条例第三十三条：各件的答复期限各自计算',
  permit: 'application.handle',
  done: '已另行办理',
  fields: () => [{ name: 'reason', label: '缘由', kind: 'long', required: true, maxLength: 500, hint: '如：前一件不能在本件到期之前答复' }],
  decide: (a, given, ground) => rule(a, { on: ground.today, reason: given('reason') }, ground),
}
