import { Notice, Sheet } from '../../platform/html/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { FindingLine, FindingTag, RuleCodes } from './finding-view.tsx'

interface Placed {
  finding: Finding
  /** 在全部发现里的序号，表里的格由此链接过来 */
  index: number
}

/** 同一规则的多处并作一组，如 125 个空格；各处相同的「应当」「怎样改」只写一次。 */
export function FindingGroups({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <Notice tone="ok" title="没有发现问题" />
  const order = ['error', 'warning', 'info'] as const
  const placed = findings
    .map((finding, index): Placed => ({ finding, index }))
    .toSorted((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity))
  return (
    <Sheet title="发现">
      <ol className="findings">
        {[...Map.groupBy(placed, ({ finding }) => `${finding.severity} ${finding.rule}`)].map(([key, group]) => (
          <li key={key}>
            <Group group={group} />
          </li>
        ))}
      </ol>
      <RuleCodes findings={findings} />
    </Sheet>
  )
}

const SHOWN = 3
const LISTED = 14

/** 印出来只写头一处，其余列行号，一页纸写得下。 */
function RestInPrint({ rest }: { rest: readonly Placed[] }) {
  if (rest.length === 0) return null
  const lines = [...new Set(rest.map(({ finding }) => finding.line))].filter((line) => line !== null)
  const shown = lines.slice(0, LISTED).join('、')
  return (
    <p className="quiet printonly">
      {shown === '' ? `另有 ${rest.length} 处` : `另在第 ${shown} 行${lines.length > LISTED ? '等' : ''}，共 ${rest.length} 处`}
    </p>
  )
}

function Group({ group }: { group: readonly Placed[] }) {
  const [first] = group
  if (first === undefined) return null
  const expected = sharedIn(group, ({ expected: text }) => text)
  const mend = sharedIn(group, ({ mend: text }) => text)
  const place = ({ finding, index }: Placed, at: number) => (
    <div key={index} id={`finding-${index}`} className={at > 0 ? 'noprint' : undefined}>
      <FindingLine finding={finding} />
      {expected === undefined && finding.expected !== undefined && <p className="quiet">应当：{finding.expected}</p>}
      {mend === undefined && finding.mend !== undefined && <p className="quiet">怎样改：{finding.mend}</p>}
    </div>
  )
  return (
    <>
      <FindingTag finding={first.finding} />
      <div className="finding-text">
        {group.slice(0, SHOWN).map(place)}
        <RestInPrint rest={group.slice(1)} />
        {group.length > SHOWN && (
          <details className="noprint">
            <summary>同一问题还有 {group.length - SHOWN} 处</summary>
            {group.slice(SHOWN).map((each, at) => place(each, at + SHOWN))}
          </details>
        )}
        {expected !== undefined && <p className="quiet">应当：{expected}</p>}
        {mend !== undefined && <p className="quiet">怎样改：{mend}</p>}
        {group.some(({ finding }) => finding.maybeExtraction === true) && (
          <p className="quiet">可能由网页或 PDF 转成文本时造成，请对照原件。</p>
        )}
      </div>
    </>
  )
}

/** 各处都相同的那句话；不尽相同的没有。 */
function sharedIn(group: readonly Placed[], of: (finding: Finding) => string | undefined): string | undefined {
  const texts = new Set(group.map(({ finding }) => of(finding)))
  return texts.size === 1 ? [...texts][0] : undefined
}
