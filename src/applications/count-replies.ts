import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { LATE_REPLY } from './late-reply.ts'
import { countedPeriod } from './report-facts.ts'

/**
 * 某年作出的答复（不含不再处理、撤回等其他处理，也不含不计的重新答复），与其中按期的；没有期限可比的视为按期。
 */
export async function countReplies(tx: Tx, bodyId: string, year: number, asOf: PlainDate): Promise<{ total: number; onTime: number }> {
  const { from, to } = countedPeriod(year, asOf)
  const { rows } = await sql<{ total: number; onTime: number }>`
    select count(*) as total,
      count(*) filter (where not ${LATE_REPLY}) as "onTime"
    from application
    where body_id = ${bodyId} and counted and not redo_uncounted and decided_on between ${from}::date and ${to}::date and report_row not like 'R3.6%'`.execute(tx)
  return rows[0] ?? { total: 0, onTime: 0 }
}

/** 若干件的登记号，供列出改动过的记录；至多 1,000 件。 */
export async function listRegNos(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<Map<string, string>> {
  if (caseIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('application')
    .select(['case_id', 'reg_no'])
    .where('body_id', '=', bodyId)
    .where('case_id', 'in', caseIds.slice(0, 1000))
    .execute()
  return new Map(rows.map((row) => [row.case_id, row.reg_no]))
}

/** 按答复文号找答复：结果归报告的哪一行、何日作出；至多 1,000 个文号。 */
export async function findRepliesByDocNo(tx: Tx, bodyId: string, docNos: readonly string[]): Promise<Map<string, { row: string; on: PlainDate }>> {
  if (docNos.length === 0) return new Map()
  const rows = await tx
    .selectFrom('application')
    .select(['doc_no', 'report_row', 'decided_on'])
    .where('body_id', '=', bodyId)
    .where('doc_no', 'in', docNos.slice(0, 1000))
    .where('counted', '=', true)
    .execute()
  return new Map(rows.flatMap((row) => (row.doc_no === null || row.report_row === null || row.decided_on === null ? [] : [[row.doc_no, { row: row.report_row, on: row.decided_on }]])))
}
