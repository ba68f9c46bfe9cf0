import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { CaseKind } from '../open-case.ts'
import { REVIEW_RESULTS } from '../results.ts'
import type { ReviewResult } from '../results.ts'

/** 这个案号登记过没有。 */
export async function isRegistered(tx: Tx, bodyId: string, kind: CaseKind, caseNo: string): Promise<boolean> {
  const found = await tx.selectFrom(kind === 'review' ? 'review_case' : 'litigation_case').select('case_no').where('body_id', '=', bodyId).where('case_no', '=', caseNo).limit(1).executeTakeFirst()
  return found !== undefined
}

/** 这个文号、这件申请的复议：编号 → 案号与结果，供复议后起诉的连上；至多二十件。 */
export async function listReviewsOf(tx: Tx, bodyId: string, { decisionNo, applicationId }: { decisionNo: string; applicationId: string | null }): Promise<Record<string, string>> {
  const { rows } = await sql<{ id: string; caseNo: string; result: ReviewResult | null }>`
    select review_id as id, case_no as "caseNo", result, received_on from review_case where body_id = ${bodyId} and decision_no = ${decisionNo === '' ? null : decisionNo}
    union select review_id, case_no, result, received_on from review_case where body_id = ${bodyId} and application_id = ${applicationId}
    order by received_on desc limit 20`.execute(tx)
  return Object.fromEntries(rows.map(({ id, caseNo, result }) => [id, `${caseNo}${result === null ? '（尚未作出决定）' : `（${REVIEW_RESULTS[result].label}）`}`]))
}
