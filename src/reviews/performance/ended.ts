import type { PlainDate } from '../../statute/plain-date.ts'
import type { Litigation } from '../litigation.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'
import type { Review } from '../review.ts'

/** 一件案件的结果：何机关、何日、什么结果、文号。 */
export interface Ended {
  kind: 'review' | 'litigation'
  authority: string | null
  documentNo: string | null
  on: PlainDate
  result: string
  /** 要本机关照办的结果：撤销、变更、责令履行、确认违法、调解等 */
  binding: boolean
  /** 期限通常自此起算：收到决定书、裁判生效之日 */
  from: PlainDate
}

const BINDING: readonly string[] = ['revoked', 'changed', 'ordered', 'confirmed-illegal', 'confirmed-invalid', 'mediated', 'mediated-corrected']

/** 复议决定、生效裁判；还没有的为 null。 */
export function endedOf(state: Review | Litigation): Ended | null {
  if ('final' in state) {
    const { final, facts, finalNo, firstNo } = state
    if (final === null) return null
    return { kind: 'litigation', authority: facts.court, documentNo: finalNo ?? firstNo ?? facts.caseNo, on: final.on, result: LITIGATION_RESULTS[final.result].label, binding: BINDING.includes(final.result), from: final.on }
  }
  const { result, decidedOn, documentNo, facts, servedOn } = state
  if (result === null || decidedOn === null) return null
  return { kind: 'review', authority: facts.authority, documentNo, on: decidedOn, result: REVIEW_RESULTS[result].label, binding: BINDING.includes(result), from: servedOn ?? decidedOn }
}

/** 有了要照办的结果，还没有登记要办什么。 */
export const isOrderUnlisted = (state: Review | Litigation): boolean => endedOf(state)?.binding === true && state.duties.length === 0
