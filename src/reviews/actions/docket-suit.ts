import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { docketSuit as rule, TRIALS } from '../litigation.ts'
import type { Litigation, LitigationEvent } from '../litigation.ts'

/** 法院立案之日与一审的程序；审限自立案之日起。程序转换的再记一次。 */
export const docketSuit: CaseStep<Litigation, LitigationEvent> = {
  label: '记立案之日与程序',
  article: '行政诉讼法第八十一条至第八十三条',
  permit: 'review.handle',
  done: '已记，一审的审限随之算出',
  side: true,
  when: ({ status }) => status === 'filed' || status === 'answered',
  fields: ({ docketedOn, trial }, { today }) => [
    dayField(docketedOn ?? today, '法院立案之日', '应诉通知书、传票上写明的'),
    { name: 'trial', label: '一审的程序', kind: 'choice', required: true, options: TRIALS, value: trial ?? 'ordinary', hint: '政府信息公开案件可以适用简易程序，四十五日内审结；普通程序六个月' },
  ],
  decide: (suit, given) => rule(suit, { on: given('on'), trial: given('trial') === 'summary' ? 'summary' : 'ordinary' }),
}
