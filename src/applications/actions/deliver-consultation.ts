import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { deliverConsultation as rule } from '../decisions.ts'
import { whichConsultation } from './open-consultations.ts'

export const deliverConsultation: CaseAction = {
  event: 'consultation-delivered',
  label: '征求意见书已送达',
  article: '条例第三十二条：自收到征求意见书之日起十五个工作日',
  permit: 'application.handle',
  done: '已记送达',
  when: (a) => a.consultations.some((c) => c.returnedOn === null && c.deliveredOn === null),
  fields: (a, { today }) => [whichConsultation(a, (c) => c.deliveredOn === null), dayField(today, '对方签收之日')],
  decide: (a, given, ground) => rule(a, { on: given('on'), id: given('id') }, ground),
}
