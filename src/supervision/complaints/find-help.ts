import { getSetting, listBodies } from '../../bodies/index.ts'
import { listHolders } from '../../identity/index.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { isMailAddress } from '../../platform/mail/index.ts'
import type { RecordViewer } from '../../platform/record-source.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { findComplainant } from './complainant-store.ts'
import type { Help } from './complaint-action.ts'
import { MATTERS } from './complaint.ts'
import type { Complaint, Elsewhere } from './complaint.ts'
import { listComplaints } from './queries.ts'
import { HANDLERS } from './route-complaint.ts'

const MOST_OTHERS = 50

/** 打开表单、核对所填时要的：可以承办的、可以转给的、可以并入的。 */
export async function findHelp(tx: Tx, keys: FieldKeys, ref: Elsewhere, { barred, aboutBodyId }: Complaint, { today, viewer }: { today: PlainDate; viewer: RecordViewer }): Promise<Help> {
  const { bodyId, complaintId } = ref
  const free = (people: ReadonlyMap<string, string>) => Object.fromEntries([...people].filter(([account]) => !barred.includes(account)))
  const bodies = await listBodies(tx)
  const others = await listComplaints(tx, { bodyId, viewer, aboutBodyId, statuses: ['registered', 'accepted', 'asked'] }, { sort: 'receivedOn', descending: true, limit: MOST_OTHERS })
  const person = await findComplainant(tx, keys, ref)
  return {
    today,
    handlers: free(await listHolders(tx, bodyId, HANDLERS)),
    staff: free(await listHolders(tx, bodyId, [...HANDLERS, 'unit-head', 'leader'])),
    ownId: bodyId,
    ownName: bodies.find((body) => body.bodyId === bodyId)?.name ?? '',
    bodies: Object.fromEntries(bodies.filter((body) => body.bodyId !== bodyId).map((body) => [body.bodyId, body.name])),
    others: Object.fromEntries(others.filter((row) => row.complaintId !== complaintId).map((row) => [row.complaintId, `${row.regNo}，${row.receivedOn} 收到，${MATTERS[row.matter]}`])),
    hasMail: person !== null && isMailAddress(person.mail),
    mostExtension: await getSetting(tx, bodyId, 'complaintExtension'),
  }
}
