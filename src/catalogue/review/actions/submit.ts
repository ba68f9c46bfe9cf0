import { requestReview } from '../../item-rules.ts'
import { awaitingOf } from '../../item.ts'
import { ensurePrecheck } from '../ensure-precheck.ts'
import type { ItemAction } from '../item-action.ts'

export const submit: ItemAction = {
  label: '送审',
  article: '条例第十七条',
  permit: 'item.handle',
  done: (after) => (awaitingOf(after) === 'check' ? '已送科室负责人审核' : '已送保密审查'),
  when: (item) => ['submit', 'mend'].includes(awaitingOf(item) ?? ''),
  barred: () => [],
  fields: () => [],
  before: ensurePrecheck,
  decide: (item, _, { who, ground, precheck }) => requestReview(item, { on: ground.today, handler: who, way: ground.way, precheck }),
}
