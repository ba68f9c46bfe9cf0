import { Tag } from '../../platform/html/index.ts'
import type { Finding } from '../../statute/finding.ts'

export const FINDING_WORDS = { error: '错误', warning: '提醒', info: '信息' } as const

/** 一条发现该去哪里改：汇总缺了谁的去写明缘由，算不出的、说明过的去汇总，受理有变的回报告页重新冻结，有格的去格，其余去正文。 */
export function findingLink(base: string, { cell, rule, severity }: Finding): string {
  const rollUp = `/desk/roll-up/${base.split('/').at(-1)}`
  if (rule === 'MC-R01') return severity === 'error' ? `${rollUp}/explain` : `${rollUp}/absent`
  if (rule === 'MC-R03' || rule === 'MC-N05') return base
  if (cell !== null) return `${base}/cells/${cell}`
  return rule === 'MC-R02' ? rollUp : `${base}/narrative`
}

export const FindingTag = ({ finding }: { finding: Finding }) => (
  <Tag tone={finding.severity === 'error' ? 'late' : finding.severity === 'warning' ? 'wait' : 'plain'}>{FINDING_WORDS[finding.severity]}</Tag>
)

/** 各条所据的规则的编号：办事的人用不着，折起来，供维护、对照命令行的结果。 */
export function RuleCodes({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <details className="quiet noprint">
      <summary>规则的编号</summary>
      <ul>
        {[...Map.groupBy(findings, ({ severity, rule }) => `${FINDING_WORDS[severity]} ${rule}`)].map(([code, [first, ...rest]]) => (
          <li key={code}>
            {code}：{first?.message.slice(0, 60)}
            {rest.length > 0 && `，同类另有 ${rest.length} 处`}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** 错在哪一行、何处。 */
export const FindingLine = ({ finding }: { finding: Finding }) => (
  <p>
    {finding.line !== null && <span className="quiet">第 {finding.line} 行 </span>}
    {finding.message}
  </p>
)

/** 一条发现的全文：错在何处、应当如何、怎样改。 */
export const FindingText = ({ finding }: { finding: Finding }) => (
  <div className="finding-text">
    <FindingLine finding={finding} />
    {finding.expected !== undefined && <p className="quiet">应当：{finding.expected}</p>}
    {finding.mend !== undefined && <p className="quiet">怎样改：{finding.mend}</p>}
    {finding.maybeExtraction === true && <p className="quiet">可能由网页或 PDF 转成文本时造成，请对照原件。</p>}
  </div>
)
