import { DeskPage } from '../../platform/html/index.ts'
import { SOURCES } from './filing.ts'
import type { FiledRoundRow } from './filing-store.ts'
import { DifferenceSheet, FindingsSheet } from './filing-page.tsx'
import type { ReportComparison } from '../difference/compare-reports.ts'
import { RoundView } from './round-view.tsx'

/** 某一次报送的全部内容：退回之后再报的，从前各次照样能看。 */
export function RoundPage({ base, name, round, difference }: { base: string; name: string; round: FiledRoundRow; difference: ReportComparison | null }) {
  return (
    <DeskPage
      title={`${name} ${round.year} 年度报告，第 ${round.round} 次报送`}
      heading={`第 ${round.round} 次报送`}
      crumbs={[{ label: `${name} ${round.year} 年度报告的报送`, href: base }]}
      lead={`${SOURCES[round.source]}，${round.filedOn} 报送。`}
      actions={round.fileName === null ? undefined : <a href={`${base}/rounds/${round.round}/file`}>下载原件</a>}
    >
      <p className="quiet">
        内容的 SM3：<code className="hash">{round.contentHash}</code>
      </p>
      <div className="stack">
        {difference !== null && <DifferenceSheet difference={difference} round={round.round} />}
        <FindingsSheet findings={round.findings} waivers={round.waivers} />
        <RoundView round={round} />
      </div>
    </DeskPage>
  )
}
