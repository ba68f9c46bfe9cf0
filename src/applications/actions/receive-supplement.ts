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
  fields: (a, { today }) => [
    dayField(today, '收到补正之日', '按第三十一条由渠道认定'),
    { name: 'excused', label: '逾期的，有无正当理由', kind: 'choice', options: { no: '没有逾期，或没有正当理由', yes: '逾期而有正当理由' }, value: 'no' },
    { name: 'content', label: '补正后的申请内容', kind: 'long', maxLength: 5000, hint: `补正改变、写明了所求的填写，此后的文书引用它；原申请照旧留着：「${a.content.slice(0, 60)}${a.content.length > 60 ? '…' : ''}」。只写所求的信息，不写申请人的姓名、证件、联系方式` },
  ],
  decide: (a, given, ground) => {
    const content = given('content')
    return supplement(a, { on: given('on'), excused: given('excused') === 'yes', ...(content === '' ? {} : { content }) }, ground)
  },
}
