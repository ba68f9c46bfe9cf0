import { checkItem } from '../../item-rules.ts'
import { awaitingOf } from '../../item.ts'
import type { ItemAction } from '../item-action.ts'

export const OPINION = { name: 'opinion', label: '意见', kind: 'long', maxLength: 500 } as const

export const check: ItemAction = {
  label: '审核同意',
  article: '条例第十七条',
  permit: 'item.check',
  done: () => '已审核同意，转保密审查',
  when: (item) => awaitingOf(item) === 'check',
  barred: (item) => item.authors,
  fields: () => [OPINION],
  decide: (item, given, { who, ground }) => checkItem(item, { on: ground.today, checker: who, opinion: given('opinion') }),
}
