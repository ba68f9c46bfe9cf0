import type { Role } from '../../../identity/index.ts'
import { returnItem } from '../../item-rules.ts'
import { awaitingOf, REMARK_PARTS } from '../../item.ts'
import type { RemarkPart } from '../../item.ts'
import type { ItemAction } from '../item-action.ts'

const PARTS = Object.keys(REMARK_PARTS) as RemarkPart[]

// 在谁手上由谁退回；批准之后的，批准的人也可以
const HEADS = ['disclosure-head', 'leader'] as const
const HANDS: Readonly<Record<string, readonly Role[]>> = {
  check: ['unit-head', ...HEADS],
  'secrecy-review': ['secrecy-reviewer'],
  escalated: ['secrecy-reviewer'],
  approve: HEADS,
  publish: ['publisher', ...HEADS],
  scheduled: ['publisher', ...HEADS],
}

export const sendBack: ItemAction = {
  label: '退回修改',
  article: '条例第十七条',
  permit: 'item.check',
  roles: (item) => HANDS[awaitingOf(item) ?? ''] ?? [],
  done: () => '已退回承办人，此前的审查一概作废',
  when: (item) => Object.hasOwn(HANDS, awaitingOf(item) ?? ''),
  barred: () => [],
  fields: () => PARTS.map((part) => ({ name: part, label: REMARK_PARTS[part], kind: 'long', maxLength: 500, ...(part === 'whole' ? { hint: '哪里要改写在哪一栏，至少写一处；不写个人信息' } : {}) })),
  check: (given): Record<string, string> => (PARTS.every((part) => given(part) === '') ? { whole: '请至少写一处要改什么' } : {}),
  decide: (item, given, { ground, who }) => returnItem(item, { on: ground.today, by: who, remarks: PARTS.map((part) => ({ part, words: given(part) })) }),
}

export const takeBack: ItemAction = {
  label: '撤回送审',
  article: '条例第十七条',
  permit: 'item.handle',
  done: () => '已撤回，可以再改；此前的审查一概作废',
  when: sendBack.when,
  barred: () => [],
  fields: () => [{ name: 'whole', label: '缘故', kind: 'long', required: true, maxLength: 500 }],
  decide: (item, given, { ground, who }) => returnItem(item, { on: ground.today, by: who, remarks: [{ part: 'whole', words: given('whole') }] }),
}
