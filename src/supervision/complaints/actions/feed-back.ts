import { dayField } from '../../../applications/index.ts'
import { newId } from '../../../platform/id.ts'
import { NO_ARTICLE, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { RATINGS } from '../complaint.ts'
import type { Rating } from '../complaint.ts'
import { MOST_TEXT, insertText } from '../text-store.ts'

export const isRating = (text: string): text is Rating => Object.hasOwn(RATINGS, text)

export const feedBack: ComplaintAction = {
  event: 'fed-back',
  label: '记反馈',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已记反馈',
  when: ({ feedback }) => feedback === null,
  fields: (_complaint, { today }) => [
    dayField(today, '反馈之日'),
    { name: 'rating', label: '反映人是否满意', kind: 'choice', required: true, options: RATINGS, hint: '电话、来信、当面说的；反映人也可以自己在查询页评价' },
    { name: 'text', label: '反映人的意见', kind: 'long', maxLength: MOST_TEXT.feedback, hint: '加密存放' },
  ],
  decide: async (_complaint, given, { tx, deps, ref, keys }) => {
    const [rating, text] = [given('rating'), given('text')]
    if (!isRating(rating)) return unsettled('rating', '请选择')
    const textId = text === '' ? null : newId()
    if (textId !== null) await insertText(tx, keys, ref, { textId, kind: 'feedback', text }, deps.clock.now())
    return settled({ kind: 'fed-back', on: given('on'), rating, textId })
  },
}
