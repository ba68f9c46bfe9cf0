import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import type { OpenedCase } from '../open-case.ts'
import { hrefOf } from './hrefs.ts'

/** 与本件相连的：复议引出的诉讼，诉讼先前的复议；至多二十件。 */
export async function listRelatedCases(tx: Tx, bodyId: string, caseId: string, opened: OpenedCase): Promise<{ href: string; words: string }[]> {
  if (opened.kind === 'review') {
    const suits = await tx.selectFrom('litigation_case').select(['litigation_id', 'case_no']).where('body_id', '=', bodyId).where('review_id', '=', caseId).orderBy('received_on').limit(20).execute()
    return suits.map((row) => ({ href: hrefOf(row.litigation_id), words: `引出的诉讼 ${row.case_no}` }))
  }
  const { reviewId } = opened.state
  if (reviewId === null) return []
  const row = await tx.selectFrom('review_case').select('case_no').where('body_id', '=', bodyId).where('review_id', '=', reviewId).executeTakeFirst()
  return row === undefined ? [] : [{ href: hrefOf(reviewId), words: `先前的复议 ${row.case_no}` }]
}
