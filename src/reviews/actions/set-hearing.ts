import type { ActionField } from '../../applications/index.ts'
import { newId } from '../../platform/id.ts'
import type { CaseStep } from '../case-step.ts'
import { ATTENDANTS, HEARING_KINDS } from '../hearing.ts'
import type { Attendant, HearingKind, Shared, SharedEvent } from '../hearing.ts'
import { setHearing as rule } from '../hearing-rules.ts'

type Heard = Shared & { facts: { receivedOn: string } }

export const attendantIn = (text: string): Attendant => (text === 'head' || text === 'deputy' ? text : 'staff')

/** 通知了听证、听取意见或者开庭。`kinds` 为这一种案件有的。 */
export const setHearing = (kinds: readonly HearingKind[], article: string, isOpen: (status: string) => boolean): CaseStep<Heard & { status: string }, SharedEvent> => ({
  label: kinds.includes('trial') ? '收到开庭通知' : '收到听证通知',
  article,
  permit: 'review.handle',
  done: '已记下，临近时提醒',
  side: true,
  when: ({ status }) => isOpen(status),
  fields: (_state, { people }): ActionField[] => [
    ...(kinds.length > 1 ? [{ name: 'kind', label: '种类', kind: 'choice' as const, required: true, options: Object.fromEntries(kinds.map((kind) => [kind, HEARING_KINDS[kind]])), value: kinds[0] ?? '' }] : []),
    { name: 'day', label: '哪一日', kind: 'date', required: true },
    { name: 'time', label: '几时', kind: 'text', required: true, maxLength: 5, hint: '二十四小时制，写作 09:30' },
    { name: 'place', label: '地点', kind: 'text', required: true, maxLength: 100, hint: '如：示例区人民法院第三法庭' },
    { name: 'attends', label: '谁去', kind: 'choice', required: true, options: ATTENDANTS, value: 'head', hint: '机关负责人应当参加；不能参加的，委托相应的工作人员' },
    { name: 'account', label: '一同去的工作人员', kind: 'choice', options: { '': '没有定', ...people } },
  ],
  decide: (state, given, { help }) => {
    const kind = kinds.find((each) => each === given('kind')) ?? kinds[0] ?? 'trial'
    const account = given('account')
    const hearing = { id: newId(), kind, day: given('day'), time: given('time'), place: given('place'), attends: attendantIn(given('attends')), account: Object.hasOwn(help.people, account) ? account : null }
    return rule({ hearing, on: help.today, receivedOn: state.facts.receivedOn })
  },
})
