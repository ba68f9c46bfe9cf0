import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'

/** 发出了而没有记送达的一件。 */
export interface Unreceipted {
  caseId: string
  regNo: string
  content: string
  dispatchedOn: PlainDate
}

/** 这一日以前发出、还没有记送达的，先发出的在前；至多 `limit` 件。送达之日是申请人可以复议、起诉的起点。 */
export async function listUnreceipted(tx: Tx, bodyId: string, { before, limit }: { before: PlainDate; limit: number }): Promise<Unreceipted[]> {
  const { rows } = await sql<Unreceipted>`select case_id as "caseId", reg_no as "regNo", content, dispatched_on as "dispatchedOn" from application
    where body_id = ${bodyId} and status = 'dispatched' and merged_into is null and dispatched_on <= ${before}::date order by dispatched_on, case_id limit ${limit}`.execute(tx)
  return rows
}
