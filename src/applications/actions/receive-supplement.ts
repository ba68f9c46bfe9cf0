import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { supplement } from '../decisions.ts'

/** 收到补正：答复期限自此重新起算；逾七个工作日才告知的照旧。 */
export const receiveSupplement: CaseAction = {
  event: 'supplemented',
  label: '收到补正',
  article: '条例第三十条：自收到补正的申请之日起计算',
  permit: 'application.handle',
  done: (after) => (after.supplements.at(-1)?.late === true ? '已收到补正，答复期限照旧' : '已收到补正，答复期限重新起算'),
  fields: (_, { today }) => [
    dayField(today, '收到补正之日', '按第三十一条由渠道认定'),
    { name: 'excused', label: '逾期的，有无正当理由', kind: 'choice', options: { no: '没有逾期，或没有正当理由', yes: '逾期而有正当理由' }, value: 'no' },
  ],
  decide: (a, given, ground) => supplement(a, { on: given('on'), excused: given('excused') === 'yes' }, ground),
}
