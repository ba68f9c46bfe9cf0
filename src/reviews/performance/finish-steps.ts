import { dayField } from '../../applications/index.ts'
import type { ActionField } from '../../applications/index.ts'
import { markSent } from '../answer/answer-store.ts'
import type { CaseStep } from '../case-step.ts'
import type { Shared } from '../hearing.ts'
import { DUTY_KINDS, dropDuty, finishDuty, isPending } from './duty.ts'
import type { Duty, DutyEvent } from './duty.ts'

type Step = CaseStep<Shared, DutyEvent>

const nameOf = ({ kind, documentNo, matter }: Duty): string => `${DUTY_KINDS[kind]}${documentNo === null ? '' : ` ${documentNo}`}：${matter.slice(0, 40)}`
const dutyField = (duties: readonly Duty[], chosen: string): ActionField => {
  const [first] = duties
  const value = duties.some(({ id }) => id === chosen) ? chosen : (first?.id ?? '')
  return { name: 'duty', label: '哪一项', kind: 'choice', required: true, options: Object.fromEntries(duties.map((duty) => [duty.id, nameOf(duty)])), value }
}

const ELSEWHERE = 'none'
// 重新答复的，由答复的发出得出
const finishable = ({ duties }: Shared): Duty[] => duties.filter((duty) => isPending(duty) && duty.applicationId === null)

/** 履行了、反馈了：何日、凭什么文书、怎样办的。 */
export const finishStep: Step = {
  label: '记履行、反馈',
  article: '行政复议法第七十六条、第七十七条，行政诉讼法第九十四条',
  permit: 'review.handle',
  done: '已记',
  when: (state) => finishable(state).length > 0,
  fields: (state, { today, chosen, reports }) => [
    dutyField(finishable(state), chosen),
    dayField(today, '履行、送出反馈之日'),
    { name: 'letter', label: '送出的文书', kind: 'choice', required: true, options: { ...reports, [ELSEWHERE]: '不在这里签发的，或者没有文书' }, value: Object.keys(reports)[0] ?? ELSEWHERE },
    { name: 'note', label: '怎样办的', kind: 'long', required: true, maxLength: 500, hint: '不写当事人的姓名' },
  ],
  decide: async (state, given, { tx, bodyId, caseId, help }) => {
    const letter = given('letter')
    if (letter !== ELSEWHERE && !Object.hasOwn(help.reports, letter)) return { ok: false, refusal: 'letter-unknown' }
    const finished = finishDuty(state.duties, { on: given('on'), id: given('duty'), documentNo: help.reports[letter] ?? null, note: given('note') })
    if (finished.ok && letter !== ELSEWHERE) await markSent(tx, { bodyId, caseId, letterId: letter }, given('on'))
    return finished
  },
}

/** 不再履行的：二审改判、决定被撤销、登记错了；写明缘故。 */
export const dropStep: Step = {
  label: '不再履行',
  article: '决定、裁判已被改变，或者登记错了的',
  permit: 'review.handle',
  done: '已记，不再提醒',
  side: true,
  when: ({ duties }) => duties.some(isPending),
  consequences: ['这一项不再提醒、不再计逾期', '已经立了的重新答复的一件不随之作废，须到那一件另办作废'],
  fields: ({ duties }, { chosen }) => [dutyField(duties.filter(isPending), chosen), { name: 'why', label: '缘故', kind: 'text', required: true, maxLength: 200, hint: '不写当事人的姓名' }],
  decide: ({ duties }, given, { help }) => dropDuty(duties, { on: help.today, id: given('duty'), reason: given('why') }),
}
