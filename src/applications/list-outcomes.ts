import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Outcome } from '../statute/outcomes.ts'

/** 一件答复的结果，供看它后来怎样。 */
export interface AnsweredOutcome {
  bodyId: string
  caseId: string
  docNo: string | null
  outcome: Outcome
}

const MOST = 10_000

/** 若干机关里，这些案号、这些答复文号的答复是什么结果；至多一万件，没有答复的不在其中。 */
export async function listOutcomes(tx: Tx, bodyIds: readonly string[], { caseIds, docNos }: { caseIds: readonly string[]; docNos: readonly string[] }): Promise<AnsweredOutcome[]> {
  const bodies = [...bodyIds]
  const { rows } = await sql<AnsweredOutcome>`
    select body_id as "bodyId", case_id as "caseId", doc_no as "docNo", outcome from application
      where body_id = any(${bodies}::uuid[]) and case_id = any(${caseIds.slice(0, MOST)}::uuid[]) and outcome is not null
    union
    select body_id, case_id, doc_no, outcome from application
      where body_id = any(${bodies}::uuid[]) and doc_no = any(${docNos.slice(0, MOST)}::text[]) and outcome is not null
    limit ${MOST}`.execute(tx)
  return rows
}
