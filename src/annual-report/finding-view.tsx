import { Tag } from '../platform/html/index.ts'
import type { Finding } from '../statute/finding.ts'

export const FINDING_WORDS = { error: '错误', warning: '提醒', info: '信息' } as const

/** 一条发现该去哪里改：汇总缺了谁的去名单，受理有变的回报告页重新冻结，有格的去格，其余去正文。 */
export const findingLink = (base: string, { cell, rule }: Finding): string =>
  rule === 'MC-R01'
    ? `/desk/roll-up/${base.split('/').at(-1)}/absent`
    : rule === 'MC-R03'
    ? base
    : cell === null ? `${base}/narrative` : `${base}/cells/${cell}`

export const FindingTag = ({ finding }: { finding: Finding }) => (
  <Tag tone={finding.severity === 'error' ? 'late' : finding.severity === 'warning' ? 'wait' : 'plain'}>
    {FINDING_WORDS[finding.severity]} {finding.rule}
  </Tag>
)

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
