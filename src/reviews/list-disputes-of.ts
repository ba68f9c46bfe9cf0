import './tables.ts'
import { sql } from 'kysely'
import type { DisputeLink } from '../applications/index.ts'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { LITIGATION_STATUSES } from './litigation.ts'
import type { LitigationStatus } from './litigation.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from './results.ts'
import type { LitigationResult, ReviewResult } from './results.ts'
import { REVIEW_STATUSES } from './review.ts'
import type { ReviewStatus } from './review.ts'

type Row = { id: string; caseNo: string; dueOn: PlainDate | null } & (
  | { kind: 'review'; status: ReviewStatus; result: ReviewResult | null }
  | { kind: 'litigation'; status: LitigationStatus; result: LitigationResult | null }
)

/** 由一件申请引出的复议、诉讼，先收到的在前：登记时连上的，与只记了文号的；至多五十件。 */
export async function listDisputesOf(tx: Tx, bodyId: string, applicationId: string, docNo: string | null): Promise<DisputeLink[]> {
  const { rows } = await sql<Row>`
    select 'review' as kind, review_id as id, case_no as "caseNo", due_on as "dueOn", status, result, received_on from review_case
      where body_id = ${bodyId} and (application_id = ${applicationId} or (application_id is null and decision_no = ${docNo}))
    union all
    select 'litigation', litigation_id, case_no, due_on, status, result, received_on from litigation_case
      where body_id = ${bodyId} and (application_id = ${applicationId} or (application_id is null and decision_no = ${docNo}))
    order by received_on, id limit 50`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind === 'review' ? '行政复议' : '行政诉讼',
    caseNo: row.caseNo,
    dueOn: row.dueOn,
    status: row.kind === 'review' ? REVIEW_STATUSES[row.status] : LITIGATION_STATUSES[row.status],
    result: row.result === null ? null : row.kind === 'review' ? REVIEW_RESULTS[row.result].label : LITIGATION_RESULTS[row.result].label,
  }))
}
