import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, settled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'

export const accept: ComplaintAction = {
  event: 'accepted',
  label: '受理',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已受理',
  fields: (_complaint, { today, handlers }) => [
    dayField(today, '受理之日'),
    { name: 'handler', label: '承办人', kind: 'choice', options: { '': '不指定，有岗位的都可以办', ...handlers }, value: '', hint: '须回避的人不在其中' },
  ],
  decide: (_complaint, given) => settled({ kind: 'accepted', on: given('on'), handler: given('handler') || null }),
}
