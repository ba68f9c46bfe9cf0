import { dayField } from '../../../applications/index.ts'
import { newId } from '../../../platform/id.ts'
import { NO_ARTICLE, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { MOST_TEXT, MOST_TEXTS, countTexts, insertText } from '../text-store.ts'

export const supply: ComplaintAction = {
  event: 'supplied',
  label: '记反映人的补充',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已记补充',
  fields: (_complaint, { today }) => [
    dayField(today, '补充之日'),
    { name: 'text', label: '反映人补充的', kind: 'long', required: true, maxLength: MOST_TEXT.supply, hint: '电话、来信、当面补充的，照所说的记；加密存放' },
  ],
  decide: async (_complaint, given, { tx, deps, ref, keys }) => {
    if ((await countTexts(tx, ref)) >= MOST_TEXTS) return unsettled('text', `补充已有 ${MOST_TEXTS} 段，不再添加`)
    const textId = newId()
    await insertText(tx, keys, ref, { textId, kind: 'supply', text: given('text') }, deps.clock.now())
    return settled({ kind: 'supplied', on: given('on'), textId })
  },
}
