import './tables.ts'
import { sql } from 'kysely'
import { caseStore } from '../../platform/case-store.ts'
import type { CaseChange } from '../../platform/case-store.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordedBy } from '../../platform/timeline.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { evolveComplaint } from './complaint.ts'
import type { Complaint, ComplaintEvent, ComplaintState } from './complaint.ts'
import { complaintDueOn } from './complaint-term.ts'

export const complaintStore = caseStore<'complaint', Complaint, ComplaintEvent>({
  stream: 'complaint',
  table: 'complaint',
  idColumn: 'complaint_id',
  called: '投诉',
  evolve: evolveComplaint,
})

export const newComplaint = complaintStore.newCase

/** 一件及其时间线；没有则抛 NotFound。 */
export const getComplaint = complaintStore.getWithHistory

/** 一件的现状；没有的为 null。 */
export async function findComplaint(tx: Tx, bodyId: string, complaintId: string): Promise<Complaint | null> {
  const state = (await complaintStore.loadStates(tx, bodyId, [complaintId])).get(complaintId)
  return state === undefined || state.status === 'new' ? null : state
}

/** 追加事件并刷新行，同一事务；他人先办的抛 `Conflict`。 */
export const saveComplaints = (tx: Tx, changes: readonly CaseChange<ComplaintState, ComplaintEvent>[], by: RecordedBy, calendar: Calendar): Promise<number> =>
  complaintStore.save(tx, changes, by, (state, { caseId, ledgerKey }) => ({ complaint_id: caseId, ledger_key: ledgerKey, ...toComplaintRow(state), due_on: complaintDueOn(state, calendar) }))

/** 由状态得出的列；到期日另随日历而变，不在其中。 */
export const toComplaintRow = (state: Complaint) => ({
  reg_no: state.regNo,
  status: state.status,
  channel: state.channel,
  basis: state.basis,
  matter: state.matter,
  anonymous: state.anonymous,
  about_body_id: state.aboutBodyId,
  received_on: state.receivedOn,
  handler: state.handler,
  barred: [...state.barred],
  merged_into: state.status === 'merged' ? (state.movedTo?.complaintId ?? null) : null,
  drafted_on: state.draft?.on ?? null,
  drafted_by: state.draft?.by[0] ?? null,
  stripped_on: state.strippedOn,
  reopened_on: state.reopenedOn,
  found_on: state.findings.at(-1)?.on ?? null,
  outcome: state.decision?.outcome ?? null,
  decided_on: state.decision?.on ?? null,
  answered_on: state.answer?.on ?? null,
  rating: state.feedback?.rating ?? null,
  closed_on: state.closedOn,
})

/** 取一机构某年的下一个序号，须在登记的同一事务里。 */
export async function nextComplaintSerial(tx: Tx, bodyId: string, year: number): Promise<number> {
  const { last } = await tx
    .insertInto('complaint_number')
    .values({ body_id: bodyId, year, last: 1 })
    .onConflict((conflict) => conflict.columns(['body_id', 'year']).doUpdateSet({ last: sql`complaint_number.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}
