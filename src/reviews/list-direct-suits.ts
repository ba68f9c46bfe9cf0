import './tables.ts'
import type { Tx } from '../platform/db.ts'
import type { CountScope } from './table4.ts'

/** 该年计入「未经复议直接起诉」的案件，连同被诉答复的文号；没有记文号的不列。至多 1,000 件。 */
export async function listDirectSuits(tx: Tx, { bodyId, year, asOf }: CountScope): Promise<{ caseNo: string; decisionNo: string }[]> {
  const rows = await tx
    .selectFrom('litigation_case')
    .select(['case_no', 'decision_no'])
    .where('body_id', '=', bodyId)
    .where('after_review', '=', false)
    .where('role', '=', 'original')
    .where('received_on', '<=', asOf)
    .where((eb) => eb.or([eb('effective_on', 'is', null), eb('effective_on', '>=', `${year}-01-01`)]))
    .where('decision_no', 'is not', null)
    .orderBy('received_on')
    .limit(1000)
    .execute()
  return rows.map((row) => ({ caseNo: row.case_no, decisionNo: row.decision_no ?? '' }))
}
