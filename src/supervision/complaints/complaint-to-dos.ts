import { can, standsInFor } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { MATTERS } from './complaint.ts'
import type { Status } from './complaint.ts'
import { listComplaints } from './queries.ts'
import type { ComplaintRow } from './queries.ts'
import { listStrips } from './retention/strip-acts.ts'
import { viewerOf } from './viewer.ts'

/** 一件待办；工作台只排次序。 */
export interface ComplaintToDo {
  title: string
  href: string
  dueOn: string | null
  note: string
}

const MOST = 50
const STEPS: readonly Status[] = ['registered', 'accepted', 'asked', 'decided', 'answered']

/** 等此人办什么；不等他的为 null。审定的只等别人拟好的。 */
function noteOf({ status, foundOn, draftedOn, draftedBy, handler }: ComplaintRow, { handles, decides, accountId }: { handles: boolean; decides: boolean; accountId: string }): string | null {
  if (status === 'accepted' && draftedOn !== null) return decides && draftedBy !== accountId ? '结论拟好了，请审定' : null
  if (!handles || (handler !== null && handler !== accountId)) return null
  if (status === 'accepted' && foundOn !== null) return '查办过了，拟结论'
  return { registered: '看过，受理、转办或者并入', accepted: '查办', asked: '等反映人补充，期限照走', decided: '把结论答复反映人', answered: '联系反映人，收反馈、办结' }[status as 'registered']
}

/** 此人的投诉：自己承办的、没有定承办人的，与等他作结论的；须回避的不在其中。先到期的在前，看五十件。 */
export async function complaintToDos({ db }: Deps, actor: SignedInActor): Promise<ComplaintToDo[]> {
  const { bodyId, accountId } = actor
  const me = { accountId, handles: can(actor, 'complaint.handle', bodyId), decides: can(actor, 'complaint.decide', bodyId) }
  if (!me.handles && !me.decides) return []
  const rows = await listComplaints(db, { bodyId, viewer: viewerOf(actor), statuses: STEPS }, { sort: 'dueOn', descending: false, limit: MOST })
  const keeping = me.decides ? await stripToDos(db, actor) : []
  return keeping.concat(rows.flatMap((row) => {
    const note = noteOf(row, me)
    const { complaintId, regNo, matter, status, dueOn } = row
    return note === null ? [] : [{ title: `${regNo} ${MATTERS[matter]}`, href: `/desk/complaints/${complaintId}`, dueOn: status === 'answered' ? null : dueOn, note }]
  }))
}

/** 等此人批准的去标识化。 */
async function stripToDos(db: Deps['db'], actor: SignedInActor): Promise<ComplaintToDo[]> {
  const waiting = (await listStrips(db, actor.bodyId)).filter(({ state, proposedBy }) => state === 'proposed' && !proposedBy.includes(actor.accountId) && standsInFor(actor, 'complaint.decide', proposedBy) !== undefined)
  return waiting.map(({ cases }) => ({ title: `反映人的资料保存期满 ${cases} 件`, href: '/desk/complaints/retention', dueOn: null, note: '看过之后批准去标识化，或者退回' }))
}
