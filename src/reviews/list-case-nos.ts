import type { Tx } from '../platform/db.ts'

/** 复议、诉讼案件的案号；ids 混在一起给，至多几百个。 */
export async function listCaseNos(tx: Tx, bodyId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const reviews = await tx.selectFrom('review_case').select(['review_id as id', 'case_no']).where('body_id', '=', bodyId).where('review_id', 'in', ids).execute()
  const suits = await tx
    .selectFrom('litigation_case')
    .select(['litigation_id as id', 'case_no'])
    .where('body_id', '=', bodyId)
    .where('litigation_id', 'in', ids)
    .execute()
  return new Map([...reviews, ...suits].map(({ id, case_no }) => [id, case_no]))
}
