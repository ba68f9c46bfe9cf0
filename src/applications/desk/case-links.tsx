import { DefinitionList, Notice, Tag } from '../../platform/html/index.ts'
import { STATUSES } from '../application.ts'
import type { Application, Status } from '../application.ts'
import type { CoHandlingView } from './to-case-page.ts'
import { VOID_REASONS } from '../events.ts'
import { redoTermWords, redoWords } from '../redo.ts'

export interface CaseLink {
  regNo: string
  href: string
  /** 办到哪一步 */
  at: Status
}

/** 与本件相连的各件：拆自、拆为、并入、并入本件的。 */
export interface CaseLinks {
  splitFrom: CaseLink | null
  parts: readonly CaseLink[]
  mergedInto: CaseLink | null
  followers: readonly CaseLink[]
  /** 照决定、裁判重新答复的，原来的一件 */
  redoOf: CaseLink | null
  /** 照决定、裁判重新答复本件的 */
  redos: readonly CaseLink[]
}

export function LinkedCases({ splitFrom, parts, mergedInto, followers, redoOf, redos }: CaseLinks) {
  const lines = [
    ...(redoOf === null ? [] : [{ words: '重新答复的原件', link: redoOf }]),
    ...redos.map((link) => ({ words: '重新答复', link })),
    ...(splitFrom === null ? [] : [{ words: '拆自', link: splitFrom }]),
    ...parts.map((link) => ({ words: '拆为', link })),
    ...(mergedInto === null ? [] : [{ words: '并入', link: mergedInto }]),
    ...followers.map((link) => ({ words: '并入本件的', link })),
  ]
  if (lines.length === 0) return null
  return (
    <ul>
      {lines.map(({ words, link }) => (
        <li key={link.href}>
          {words} <a href={link.href}>{link.regNo}</a> <span className="quiet">{STATUSES[link.at]}</span>
        </li>
      ))}
    </ul>
  )
}

/** 请科室、其他机关协办的各项，没有回的在前。 */
export function CoHandlings({ items }: { items: readonly CoHandlingView[] }) {
  if (items.length === 0) return null
  return (
    <>
      <h2 id="co-handling">协办</h2>
      {items.map((item) => (
        <section key={item.id} aria-label={`协办：${item.unit}`}>
          <h3>
            {item.unit} <Tag tone={item.tone}>{item.words}</Tag>
          </h3>
          <DefinitionList items={item.facts} />
        </section>
      ))}
    </>
  )
}

/** 作废了的，页上头一句写明；记录与已发出的答复不符的，也写明。 */
export function CaseNotices({ application: { voided, redo }, letterDiffers }: { application: Application; letterDiffers: boolean }) {
  return (
    <>
      {voided !== null && (
        <Notice tone="warn" title={`本件已于 ${voided.on} 作废：${VOID_REASONS[voided.why]}`}>
          {voided.reason}。留着可查，不计入年度报告。
        </Notice>
      )}
      {redo !== undefined && (
        <Notice tone="info" title={`照复议决定、裁判重新答复：${redoWords(redo)}`}>
          原来的答复{redo.replaces.docNo === null ? '' : `（${redo.replaces.docNo}）`}由本件的答复取代；{redoTermWords(redo)}。<a href={`/desk/reviews/${redo.disputeId}`}>看那件复议、诉讼</a>
        </Notice>
      )}
      {letterDiffers && (
        <Notice tone="warn" title="已发出的答复文书与现在的记录不一致">
          文书发出之后更正过记录。文书照发出时的样子封存，不随记录改变；告知申请人的有误的，须另行告知。前后见经过里的「更正记录」。
        </Notice>
      )}
    </>
  )
}
