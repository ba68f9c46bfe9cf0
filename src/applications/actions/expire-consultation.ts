import type { CaseAction } from '../case-action.ts'
import { expireConsultation as rule } from '../decisions.ts'
import { whichConsultation } from './open-consultations.ts'

/** 期满未回：只记沉默，不记同意；效果由法律定。 */
export const expireConsultation: CaseAction = {
  event: 'consultation-expired',
  label: '期满未回',
  article: '第三方逾期由本机关决定（条例第三十二条）；共同制作机关逾期视为同意（第三十四条）',
  permit: 'application.handle',
  done: '已记期满未回',
  when: (a) => a.consultations.some((c) => c.returnedOn === null && c.deliveredOn !== null && c.with !== 'OTHER_AGENCY'),
  fields: (a) => [whichConsultation(a, (c) => c.deliveredOn !== null && c.with !== 'OTHER_AGENCY')],
  decide: (a, given, ground) => rule(a, given('id'), ground),
}
