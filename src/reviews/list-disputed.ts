import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'

/** 复议决定作出之后多久没有起诉，才当作没有争议了；起诉期限为十五日，另留在途、登记的余地。 */
const TIME_TO_SUE = 60

/** 这些文号里，被复议、被诉而还没有完的：复议没有办结、裁判没有生效，或者要履行的没有履行。至多问 200 个。 */
export async function listDisputed(tx: Tx, bodyId: string, docNos: readonly string[], today: PlainDate): Promise<string[]> {
  if (docNos.length > 200) throw new RangeError('一次至多问 200 个文号')
  const { rows } = await sql<{ docNo: string }>`
    select decision_no as "docNo" from review_case where body_id = ${bodyId} and decision_no = any(${[...docNos]}::text[])
      and status <> 'closed' and (status <> 'decided' or decided_on > ${addCalendarDays(today, -TIME_TO_SUE)}::date)
    union
    select decision_no from litigation_case where body_id = ${bodyId} and decision_no = any(${[...docNos]}::text[]) and status <> 'final'
    union
    select c.decision_no from dispute_duty d join review_case c on c.body_id = d.body_id and c.review_id = d.case_id
      where d.body_id = ${bodyId} and d.done_on is null and d.dropped_on is null and c.decision_no = any(${[...docNos]}::text[])
    union
    select c.decision_no from dispute_duty d join litigation_case c on c.body_id = d.body_id and c.litigation_id = d.case_id
      where d.body_id = ${bodyId} and d.done_on is null and d.dropped_on is null and c.decision_no = any(${[...docNos]}::text[])
    order by 1`.execute(tx)
  return rows.map((row) => row.docNo)
}
