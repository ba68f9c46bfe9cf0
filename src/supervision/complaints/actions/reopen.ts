import { dayField } from '../../../applications/index.ts'
import { NO_ARTICLE, NO_NAMES, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { mayReopen } from '../complaint.ts'
import { escalate } from '../hand-over.ts'

/** 再办由谁办 */
export const AGAIN_BY = { own: '仍由本机关办，另一人承办', office: '转给主管部门办' } as const

export const reopen: ComplaintAction = {
  event: 'reopened',
  label: '再办一次',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已记，重新查办；第一次的结论照留',
  consequences: ['反映人不满意的，只再办一次', '第一次的结论与答复照留，期限自今日另起', '原来的承办人空出，请另定一人'],
  when: (complaint) => mayReopen(complaint),
  fields: (_complaint, { today }) => [
    dayField(today, '提出之日'),
    { name: 'to', label: '由谁办', kind: 'choice', required: true, options: AGAIN_BY, value: 'own' },
    { name: 'reason', label: '反映人为何不满意', kind: 'long', required: true, maxLength: 500, hint: `反映人来电、来信、当面说的。${NO_NAMES}` },
  ],
  decide: async (complaint, given, context) => {
    const to = given('to')
    if (to !== 'own' && to !== 'office') return unsettled('to', '请选择由谁办')
    const again = { kind: 'reopened', on: given('on'), reason: given('reason'), textId: null } as const
    const moved = await escalate(context, complaint, again, to)
    return { ok: true, event: again, more: moved === null ? [] : [moved] }
  },
}
