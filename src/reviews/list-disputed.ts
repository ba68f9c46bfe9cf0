import './tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'

/** 复议决定作出之后多久没有起诉，才当作没有争议了；起诉期限为十五日，另留在途、登记的余地。 */
const TIME_TO_SUE = 60

/**
 * 连着这件申请的（没有答复而被复议、被诉的没有文号），或者争这些文号的，还没有完的各件：复议没有办结、裁判没有生效，
 * 或者要履行的没有履行。返回文号，没有文号的为案号；至多问 200 个文号。
 */
export async function listDisputed(tx: Tx, bodyId: string, { caseId, docNos }: { caseId: string; docNos: readonly string[] }, today: PlainDate): Promise<string[]> {
  if (docNos.length > 200) throw new RangeError('一次至多问 200 个文号')
  const ours = sql`c.body_id = ${bodyId} and (c.application_id = ${caseId} or c.decision_no = any(${[...docNos]}::text[]))`
  const { rows } = await sql<{ name: string }>`
    select coalesce(c.decision_no, c.case_no) as name from review_case c where ${ours} and ${reviewOpen(today)}
    union
    select coalesce(c.decision_no, c.case_no) from litigation_case c where ${ours} and ${suitOpen}
    order by 1 limit 200`.execute(tx)
  return rows.map((row) => row.name)
}

const isOwed = (id: RawBuilder<unknown>) => sql`exists (select from dispute_duty d where d.body_id = c.body_id and d.case_id = ${id} and d.done_on is null and d.dropped_on is null)`
const reviewOpen = (today: PlainDate) => sql`((c.status <> 'closed' and (c.status <> 'decided' or c.decided_on > ${addCalendarDays(today, -TIME_TO_SUE)}::date)) or ${isOwed(sql`c.review_id`)})`
const suitOpen = sql`(c.status <> 'final' or ${isOwed(sql`c.litigation_id`)})`

/** 还没有完的一件复议、诉讼：案号、所争的文号与申请。 */
export interface OpenDispute {
  bodyId: string
  caseNo: string
  decisionNo: string | null
  applicationId: string | null
}

/** 几个机关还没有完的复议、诉讼，与 `listDisputed` 同一口径；所凭以保全，不可漏，故至多一万件。 */
export async function listOpenDisputes(tx: Tx, bodyIds: readonly string[], today: PlainDate): Promise<OpenDispute[]> {
  const columns = sql`c.body_id as "bodyId", c.case_no as "caseNo", c.decision_no as "decisionNo", c.application_id as "applicationId"`
  const ours = sql`c.body_id = any(${[...bodyIds]}::uuid[])`
  const { rows } = await sql<OpenDispute>`select ${columns} from review_case c where ${ours} and ${reviewOpen(today)}
    union all select ${columns} from litigation_case c where ${ours} and ${suitOpen} limit 10000`.execute(tx)
  return rows
}
