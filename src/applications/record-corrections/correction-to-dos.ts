import { getCalendar, getSetting } from '../../bodies/index.ts'
import { actorKey, can, standsInFor } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ApplicationToDo } from '../to-dos.ts'
import { hrefOf } from './correction-pages.tsx'
import { listCorrections } from './correction-store.ts'
import { correctionDueOn } from './record-correction.ts'

const MOST = 30

/** 此人的更正申请：承办的，还没有核实的；审批的，等他批准的；作出处理还没有告知的归承办。每类至多三十件，先收到的在前。 */
export async function recordCorrectionToDos({ db }: Deps, actor: SignedInActor): Promise<ApplicationToDo[]> {
  const { bodyId } = actor
  if (!can(actor, 'application.read', bodyId)) return []
  const [days, calendar] = [await getSetting(db, bodyId, 'recordCorrectionDays'), await getCalendar(db)]
  const first = { page: 1, size: MOST, descending: false }
  const [handles, approves] = [can(actor, 'application.handle', bodyId), can(actor, 'application.approve', bodyId)]
  const proposed = approves ? (await listCorrections(db, { bodyId, status: 'proposed' }, first)).filter(({ proposedBy: by }) => by !== actorKey(actor) && standsInFor(actor, 'application.approve', by === null ? [] : [by]) !== undefined) : []
  const open = handles ? await listCorrections(db, { bodyId, status: 'open' }, first) : []
  const untold = handles ? await listCorrections(db, { bodyId, status: 'decided' }, first) : []
  const toDo = (note: string) => (row: (typeof open)[number]): ApplicationToDo => ({
    title: `${row.regNo} 更正申请`,
    href: hrefOf(row.correctionId),
    dueOn: row.status === 'decided' ? null : correctionDueOn(row.receivedOn, days, calendar),
    note,
  })
  return [...proposed.map(toDo('等您批准处理')), ...open.map(toDo('核实，拟定处理')), ...untold.map(toDo('把更正告知书告知申请人'))]
}
