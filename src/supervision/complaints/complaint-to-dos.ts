import { can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { MATTERS } from './complaint.ts'
import type { Status } from './complaint.ts'
import { listComplaints } from './queries.ts'

/** 一件待办；工作台只排次序。 */
export interface ComplaintToDo {
  title: string
  href: string
  dueOn: string | null
  note: string
}

const MOST = 50
const NOTES: Partial<Record<Status, string>> = { registered: '看过，受理、转办或者并入', accepted: '查办', asked: '等反映人补充，期限照走', decided: '把结论答复反映人', answered: '联系反映人，收反馈、办结' }

/** 此人的投诉：自己承办的，没有定承办人的；须回避的不在其中。先到期的在前，至多五十件。 */
export async function complaintToDos({ db }: Deps, actor: SignedInActor): Promise<ComplaintToDo[]> {
  const { bodyId, accountId } = actor
  const [handles, decides] = [can(actor, 'complaint.handle', bodyId), can(actor, 'complaint.decide', bodyId)]
  if (!handles && !decides) return []
  const statuses = handles ? (Object.keys(NOTES) as Status[]) : (['accepted'] as const)
  const rows = await listComplaints(db, { bodyId, viewer: accountId, statuses }, { sort: 'dueOn', descending: false, limit: MOST })
  return rows
    .filter(({ handler }) => handler === null || handler === accountId || decides)
    .map(({ complaintId, regNo, matter, status, dueOn }) => ({ title: `${regNo} ${MATTERS[matter]}`, href: `/desk/complaints/${complaintId}`, dueOn: status === 'answered' ? null : dueOn, note: NOTES[status] ?? '' }))
}
