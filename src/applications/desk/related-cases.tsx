import { STATUSES } from '../application.ts'
import type { Duplicate } from '../find-duplicates.ts'

/** 为何可能重复。 */
export const duplicateWords = ({ sameApplicant, sameContent }: Pick<Duplicate, 'sameApplicant' | 'sameContent'>): string =>
  sameApplicant && sameContent ? '同一申请人、内容相同' : sameContent ? '内容相同' : '同一申请人同月所提'

// 相同的多了，不把页面撑长
const SHOWN = 5

const CaseList = ({ cases }: { cases: readonly Duplicate[] }) => (
  <ul>
    {cases.map((one) => (
      <li key={one.caseId}>
        <a href={`/desk/applications/${one.caseId}`}>{one.regNo}</a>（{duplicateWords(one)}，{STATUSES[one.status]}
        {one.receivedOn !== null && `，${one.receivedOn} 收到`}）：{one.content.slice(0, 60)}
      </li>
    ))}
  </ul>
)

/** 同一申请人同月所提的、内容相同的各件，供判断是否重复、是否并案。 */
export function RelatedCases({ related }: { related: readonly Duplicate[] }) {
  if (related.length === 0) return null
  return (
    <>
      <h2>同一申请人、相同内容</h2>
      <CaseList cases={related.slice(0, SHOWN)} />
      {related.length > SHOWN && (
        <details>
          <summary>还有 {related.length - SHOWN} 件</summary>
          <CaseList cases={related.slice(SHOWN)} />
        </details>
      )}
      <p className="quiet">前案已作答复、申请人与内容都相同的，方可不予重复处理（条例第三十六条第六项）；前案尚未答复的，可以并案。</p>
    </>
  )
}
