import { listRegNos, plainRegNo } from '../../../applications/index.ts'
import { listOpenDisputes } from '../../../reviews/index.ts'
import type { Tx } from '../../../platform/db.ts'
import type { PlainDate } from '../../../statute/plain-date.ts'
import { complaintStore } from '../complaint-store.ts'

/** 期满而须保全的各件：所涉的申请、文号、案号还在复议、诉讼之中，或者判了而没有履行。 */
export async function listHeld(tx: Tx, bodyId: string, ids: readonly string[], today: PlainDate): Promise<Set<string>> {
  const states = [...(await complaintStore.loadStates(tx, bodyId, ids))].flatMap(([id, state]) => (state.status === 'new' || state.links.length === 0 ? [] : [{ id, ...state }]))
  if (states.length === 0) return new Set()
  const disputes = await listOpenDisputes(tx, [...new Set(states.map(({ aboutBodyId }) => aboutBodyId).concat(bodyId))], today)
  const inDispute = new Set(disputes.flatMap(({ caseNo, decisionNo }) => [caseNo, decisionNo ?? '']).map(plainRegNo))
  for (const about of new Set(disputes.map((one) => one.bodyId))) {
    const applications = disputes.flatMap((one) => (one.bodyId === about && one.applicationId !== null ? [one.applicationId] : []))
    for (const regNo of (await listRegNos(tx, about, applications)).values()) inDispute.add(plainRegNo(regNo))
  }
  inDispute.delete('')
  return new Set(states.flatMap(({ id, links }) => (links.some(({ label }) => inDispute.has(plainRegNo(label))) ? [id] : [])))
}
