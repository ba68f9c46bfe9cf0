import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Status } from './application.ts'
import { LATE_REPLY } from './late-reply.ts'

/** 一件申请的答复，办到哪里。 */
export interface AnswerState {
  caseId: string
  regNo: string
  status: Status
  receivedOn: PlainDate | null
  dueOn: PlainDate | null
  /** 判断按期的日子：交邮、签收之日；没有发出的为 null */
  answeredOn: PlainDate | null
  /** 没有答复而了结的（撤回、不再处理）之日 */
  endedOn: PlainDate | null
  docNo: string | null
  late: boolean
}

/** 照决定、裁判重新答复的一件。 */
export interface RedoState extends AnswerState {
  /** 原来的申请 */
  of: string
  /** 哪一件复议、诉讼 */
  disputeId: string
}

const MOST = 200
const COLUMNS = sql`case_id as "caseId", reg_no as "regNo", status, received_on as "receivedOn", due_on as "dueOn",
  case when report_row not like 'R3.6%' then coalesce(dispatched_on, served_on) end as "answeredOn",
  case when report_row like 'R3.6%' then decided_on end as "endedOn", doc_no as "docNo", ${LATE_REPLY} as late`

/** 若干件申请的答复办到哪里；至多二百件，没有的不在其中。 */
export async function listAnswerStates(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<AnswerState[]> {
  if (caseIds.length === 0) return []
  const { rows } = await sql<AnswerState>`select ${COLUMNS} from application where body_id = ${bodyId} and case_id = any(${caseIds.slice(0, MOST)}::uuid[]) order by case_id`.execute(tx)
  return rows
}

/** 由若干件申请引出的重新答复，先立的在前；至多二百件。 */
export async function listRedos(tx: Tx, bodyId: string, of: readonly string[]): Promise<RedoState[]> {
  if (of.length === 0) return []
  const { rows } = await sql<RedoState>`select ${COLUMNS}, redo_of as "of", redo_dispute as "disputeId" from application
    where body_id = ${bodyId} and redo_of = any(${of.slice(0, MOST)}::uuid[]) order by case_id limit ${MOST}`.execute(tx)
  return rows
}
