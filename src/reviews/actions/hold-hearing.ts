import type { ActionField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { ATTENDANTS, unheldHearings, HEARING_KINDS } from '../hearing.ts'
import type { Shared, SharedEvent } from '../hearing.ts'
import { cancelHearing as cancelRule, holdHearing as rule } from '../hearing-rules.ts'
import { attendantIn } from './set-hearing.ts'

/** 要办的是哪一次；只有一次的不必选。 */
const whichField = (shared: Shared, chosen: string): ActionField => {
  const coming = unheldHearings(shared)
  const options = Object.fromEntries(coming.map(({ id, kind, day, time, place }) => [id, `${day} ${time} ${HEARING_KINDS[kind]}，${place}`]))
  return { name: 'id', label: '哪一次', kind: 'choice', required: true, options, value: Object.hasOwn(options, chosen) ? chosen : (coming[0]?.id ?? '') }
}

/** 听证、开庭开过了：谁去的。 */
export const holdHearing: CaseStep<Shared, SharedEvent> = {
  label: '记出席的情况',
  article: '行政复议法第五十一条、行政诉讼法第三条：负责人应当参加，不能参加的说明理由并委托相应的工作人员',
  permit: 'review.handle',
  done: '已记出席的情况',
  side: true,
  when: (shared) => unheldHearings(shared).length > 0,
  fields: (shared, { today, chosen }) => [
    whichField(shared, chosen),
    { name: 'on', label: '实际开的那一日', kind: 'date', required: true, value: unheldHearings(shared)[0]?.day ?? today },
    { name: 'attended', label: '谁去的', kind: 'choice', required: true, options: ATTENDANTS },
    { name: 'why', label: '负责人没有去的缘故', kind: 'long', maxLength: 300, hint: '负责人、分管负责人都没有去的必填' },
  ],
  check: (given): Record<string, string> => (given('attended') === 'staff' && given('why') === '' ? { why: '负责人没有参加的，请写明缘故' } : {}),
  decide: (shared, given) => rule(shared, { id: given('id'), on: given('on'), attended: attendantIn(given('attended')), why: given('why') || null }),
}

/** 取消、改期：取消了再另记一次。 */
export const cancelHearing: CaseStep<Shared, SharedEvent> = {
  label: '听证、开庭取消或改期',
  article: '以复议机关、法院的通知为准',
  permit: 'review.handle',
  done: '已取消；改期的请再记一次新的通知',
  side: true,
  when: (shared) => unheldHearings(shared).length > 0,
  fields: (shared, { chosen }) => [whichField(shared, chosen), { name: 'reason', label: '缘故', kind: 'text', required: true, maxLength: 200 }],
  decide: (shared, given, { help }) => cancelRule(shared, { id: given('id'), on: help.today, reason: given('reason') }),
}
