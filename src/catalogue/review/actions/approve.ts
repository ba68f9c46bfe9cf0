import { approveItem } from '../../item-rules.ts'
import { awaitingOf } from '../../item.ts'
import type { ItemAction } from '../item-action.ts'
import { OPINION } from './check.ts'

export const approve: ItemAction = {
  label: '批准公开',
  article: '条例第十七条',
  permit: 'item.approve',
  // 公开工作机构负责人不在的，机关领导可以代为批准
  roles: (item) => (item.way?.approver === 'leader' ? ['leader'] : ['disclosure-head', 'leader']),
  done: () => '已批准，转发布员发布',
  when: (item) => awaitingOf(item) === 'approve',
  barred: (item) => item.authors,
  fields: () => [OPINION],
  decide: (item, given, { who, ground }) => approveItem(item, { on: ground.today, approver: who, opinion: given('opinion') }),
}
