import { PostButton } from '../../platform/html/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { OpenedCase } from '../open-case.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'
import { hrefOf } from './hrefs.ts'

/** 被纠正的结果与何日作出；没有被纠正的、复议机关作共同被告的为 null。 */
function correctionIn({ kind, state }: OpenedCase): { label: string; on: PlainDate } | null {
  if (kind === 'review') {
    const { result, decidedOn } = state
    return result !== null && decidedOn !== null && REVIEW_RESULTS[result].column === 'corrected' ? { label: REVIEW_RESULTS[result].label, on: decidedOn } : null
  }
  const { final, facts } = state
  return final !== null && facts.role === 'original' && LITIGATION_RESULTS[final.result].column === 'corrected' ? { label: LITIGATION_RESULTS[final.result].label, on: final.on } : null
}

/** 被纠正的，可以一键列为问题，写进年度报告、定改进措施；问题的登记在监督保障，本模块在其下，故只交表单。 */
export function RaiseFromCase({ opened, caseId }: { opened: OpenedCase; caseId: string }) {
  const corrected = correctionIn(opened)
  if (corrected === null) return null
  const content = `${opened.state.facts.caseNo}：答复被${corrected.label}，须查明依据与程序上的问题`
  return <PostButton action="/desk/problems/raise" fields={{ source: 'review', ref: caseId, content, href: hrefOf(caseId), year: String(yearOf(corrected.on)) }} label="列为问题" kind="second" />
}
