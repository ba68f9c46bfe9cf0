import { getCalendar } from '../../../bodies/index.ts'
import { dayField } from '../../../applications/index.ts'
import { actorKey } from '../../../identity/index.ts'
import { NO_ARTICLE, NO_NAMES, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { COMPLAINT_REFUSALS, decideComplaint, isOpen } from '../complaint.ts'
import { getComplaint, saveComplaints } from '../complaint-store.ts'
import { moveIfStuck } from '../hand-over.ts'

export const merge: ComplaintAction = {
  event: 'merged',
  label: '并入同一件',
  permit: 'complaint.handle',
  article: NO_ARTICLE,
  done: '已并入，答复时一并告诉反映人',
  consequences: ['本件不再单独办，随那一件答复', '本件须回避的人，那一件也须回避；能办的人因此都须回避了的，那一件随即转给主管部门'],
  when: (_complaint, { others }) => Object.keys(others).length > 0,
  fields: (_complaint, { today, others }) => [
    dayField(today, '并入之日'),
    { name: 'into', label: '并入', kind: 'choice', required: true, options: others, hint: '同一机关、同一事情，还没有答复的' },
    { name: 'reason', label: '理由', kind: 'long', required: true, maxLength: 300, hint: NO_NAMES },
  ],
  decide: async (complaint, given, context) => {
    const { tx, deps, actor, ref, help } = context
    const [on, into] = [given('on'), given('into')]
    if (!Object.hasOwn(help.others, into)) return unsettled('into', '请从所列的选项中选择')
    const lead = await getComplaint(tx, ref.bodyId, into)
    if (!isOpen(lead.state)) return unsettled('into', '那一件已经答复，不能并入')
    const accounts = complaint.barred.filter((account) => !lead.state.barred.includes(account))
    if (accounts.length > 0) {
      const barred = decideComplaint(lead.state, { kind: 'barred', on, accounts, reason: `${complaint.regNo} 并入，其须回避的人一并回避` }, deps.clock.today())
      if (!barred.ok) return unsettled('on', COMPLAINT_REFUSALS[barred.refusal])
      const moved = await moveIfStuck({ ...context, ref: { bodyId: ref.bodyId, complaintId: into } }, { ...lead.state, barred: [...lead.state.barred, ...accounts] }, on)
      await saveComplaints(tx, [{ found: lead, events: [...barred.events, ...(moved === null ? [] : [moved])] }], { actor: actorKey(actor), at: deps.clock.now() }, await getCalendar(tx))
    }
    return settled({ kind: 'merged', on, into: { bodyId: ref.bodyId, complaintId: into }, reason: given('reason') })
  },
}
