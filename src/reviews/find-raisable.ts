import { can } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { isId } from '../platform/id.ts'
import type { Tx } from '../platform/db.ts'
import { yearOf } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { hrefOf } from './desk/hrefs.ts'
import { findCaseKind, openCase } from './open-case.ts'
import type { OpenedCase } from './open-case.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from './results.ts'

/** 被纠正的结果与何日作出；没有被纠正的、复议机关作共同被告的为 null。 */
export function correctionIn({ kind, state }: OpenedCase): { label: string; on: PlainDate } | null {
  if (kind === 'review') {
    const { result, decidedOn } = state
    return result !== null && decidedOn !== null && REVIEW_RESULTS[result].column === 'corrected' ? { label: REVIEW_RESULTS[result].label, on: decidedOn } : null
  }
  const { final, facts } = state
  return final !== null && facts.role === 'original' && LITIGATION_RESULTS[final.result].column === 'corrected' ? { label: LITIGATION_RESULTS[final.result].label, on: final.on } : null
}

/** 被纠正的一件，可以列为问题的写法；此人看不到的、没有被纠正的为 null。 */
export async function findRaisableCase(tx: Tx, actor: AccountActor, caseId: string): Promise<{ content: string; href: string; year: number } | null> {
  const { bodyId } = actor
  if (!isId(caseId) || !can(actor, 'review.read', bodyId) || (await findCaseKind(tx, bodyId, caseId)) === null) return null
  const opened = await openCase(tx, bodyId, caseId)
  const corrected = correctionIn(opened)
  return corrected === null ? null : { content: `${opened.state.facts.caseNo}：答复被${corrected.label}，须查明依据与程序上的问题`, href: hrefOf(caseId), year: yearOf(corrected.on) }
}
