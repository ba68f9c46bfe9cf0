import { DeskPage, DueDate, EmptyState, LinkButton, LinkList, Notice, PostButton, Sheet, Steps, Tag, Timeline, type Step, type Tone } from '../../platform/html/index.ts'
import { FlashNotice, type Flash } from '../../identity/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { labelOf } from '../../statute/report-form.ts'
import { findingKey } from '../own-check/finding-key.ts'
import { FindingTag, FindingText, RuleCodes } from '../desk/finding-view.tsx'
import type { Waiver } from '../report.ts'
import { FILING_STATUSES, SOURCES, type FilingStatus } from './filing.ts'
import { toHistory } from './filing-history.ts'
import type { FilingView } from './load-filing.ts'
import { ReturnedView } from './returned-view.tsx'
import { RoundView } from './round-view.tsx'
import type { ReportComparison } from '../difference/compare-reports.ts'

export const FILING_TONES: Record<FilingStatus, Tone> = { none: 'wait', filed: 'act', returned: 'late', accepted: 'ok', locked: 'plain' }

export const FilingTag = ({ status }: { status: FilingStatus }) => <Tag tone={FILING_TONES[status]}>{FILING_STATUSES[status]}</Tag>

export interface FilingPageModel extends FilingView {
  base: string
  year: number
  due: { dueOn: string; innerOn: string; note: string; late: boolean }
  /** 能审核的是主管部门的人；能报的是机关的人 */
  mayReview: boolean
  mayFile: boolean
  /** 系统里有这一年的报告 */
  reportHref: string | null
  /** 为何在（不在）名单上、并入的前身之类 */
  notes: readonly string[]
  uploads: readonly { uploadId: string; fileName: string; confirmed: boolean }[]
  /** 现在能办的事 */
  next: { what: string; links: readonly { label: string; href: string; post?: boolean }[] }
  flash: Flash | null
}

/** 一个机关一个年度的报送：现在怎样、下一步、报来的内容、退回的意见、经过。机关与主管部门看的是同一页。 */
export function FilingPage(model: FilingPageModel) {
  const { base, year, name, found, current, mayReview } = model
  const { state } = found
  return (
    <DeskPage
      title={`${name} ${year} 年度报告的报送`}
      heading={`${year} 年度报告的报送`}
      crumbs={mayReview ? [{ label: `${year} 年度报告的收集`, href: `/desk/filings/${year}` }] : [{ label: '年度报告', href: '/desk/reports' }]}
      status={<FilingTag status={state.status} />}
      lead={name}
    >
      <FlashNotice flash={model.flash} />
      <Steps label="报送到哪一步" steps={stepsOf(state.status)} />
      <div className="stack">
        <div className="aside">
          <Sheet title="下一步">
            <p>{model.next.what}</p>
            {model.next.links.length > 0 && (
              <div className="buttons">
                {model.next.links.map((one, index) =>
                  one.post === true ? <PostButton key={one.href} action={one.href} label={one.label} kind={index === 0 ? 'main' : 'second'} fields={{ version: String(found.version) }} /> : <LinkButton key={one.href} href={one.href} second={index > 0}>{one.label}</LinkButton>,
                )}
              </div>
            )}
            {model.uploads.length > 0 && (
              <LinkList items={model.uploads.map((one) => ({ label: `《${one.fileName}》`, href: `${base}/uploads/${one.uploadId}${one.confirmed ? '/check' : ''}`, note: one.confirmed ? '已核对，待报送' : '待逐格核对' }))} />
            )}
          </Sheet>
          <Sheet title="期限">
            <DueDate label="报送、公布均须在此日前（条例第四十九条）" on={model.due.dueOn} state={model.due.late ? 'late' : state.filedOn === null ? 'ahead' : 'met'} note={model.due.note} />
            {model.due.innerOn < model.due.dueOn && <p className="quiet">区里要求 {model.due.innerOn} 前报送，以便审核。</p>}
          </Sheet>
        </div>
        {model.notes.map((note) => (
          <Notice key={note} tone="info" title={note} />
        ))}
        {model.returned !== null && <ReturnedView returned={model.returned} />}
        {current === null ? (
          <EmptyState title="还没有报来">{mayReview ? '报来之后，内容、校核与对照列在这里。' : '报送之后，内容与审核的意见列在这里。'}</EmptyState>
        ) : (
          <>
            {model.difference !== null && <DifferenceSheet difference={model.difference} round={current.round} />}
            <FindingsSheet findings={current.findings} waivers={current.waivers} />
            <Sheet title={`第 ${current.round} 次报送的内容`} actions={<RoundLinks base={base} round={current.round} fileName={current.fileName} />}>
              <p className="quiet">
                {SOURCES[current.source]}，{current.filedOn} 报送。内容的 SM3：<code className="hash">{current.contentHash}</code>
              </p>
              <RoundView
                round={current}
                bad={new Set(current.findings.flatMap((one) => (one.severity === 'error' && one.cell !== null ? [one.cell] : [])))}
                href={(code) => (current.source === 'system' ? `/desk/reports/${model.body.code}/${year}/cells/${code}` : null)}
              />
            </Sheet>
          </>
        )}
        <Sheet title="经过">
          {found.history.length === 0 ? <p className="quiet">还没有办过什么。</p> : <Timeline entries={toHistory(found.history, model.people)} />}
          {state.round > 1 && (
            <LinkList items={Array.from({ length: state.round - 1 }, (_, i) => ({ label: `第 ${i + 1} 次报送的内容`, href: `${base}/rounds/${i + 1}` }))} />
          )}
        </Sheet>
      </div>
    </DeskPage>
  )
}

const RoundLinks = ({ base, round, fileName }: { base: string; round: number; fileName: string | null }) => (
  <>
    <a href={`${base}/rounds/${round}`}>单独一页</a>
    {fileName !== null && <a href={`${base}/rounds/${round}/file`}>下载原件</a>}
  </>
)

const ORDER: readonly FilingStatus[] = ['none', 'filed', 'accepted', 'locked']
const STEP_WORDS: Readonly<Record<string, string>> = { none: '报送', filed: '审核', accepted: '受理', locked: '锁定' }

function stepsOf(status: FilingStatus): Step[] {
  const at = status === 'returned' ? 0 : ORDER.indexOf(status)
  return ORDER.map((one, index) => ({
    label: index === 0 && status === 'returned' ? '改后再报' : (STEP_WORDS[one] ?? ''),
    state: index < at || (index === at && (status === 'accepted' || status === 'locked')) ? 'done' : index === at ? 'current' : 'todo',
  }))
}

/** 自动校核所得：错误、提醒与说明。 */
export function FindingsSheet({ findings, waivers }: { findings: readonly Finding[]; waivers: readonly Waiver[] }) {
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length
  const shown = findings.filter((one) => one.severity !== 'info')
  return (
    <Sheet title={`自动校核：${count('error')} 处错误，${count('warning')} 处提醒，${count('info')} 条信息`}>
      {shown.length === 0 && <p className="quiet">勾稽关系、文表一致、与上年衔接均已逐条核过。</p>}
      {shown.map((finding) => {
        const waiver = waivers.find((one) => one.findingKey === findingKey(finding))
        return (
          <div className="finding-line" key={findingKey(finding)}>
            <FindingTag finding={finding} />
            <FindingText finding={finding} />
            {waiver !== undefined && (
              <p className="quiet">
                {waiver.person}说明：{waiver.reason}
              </p>
            )}
          </div>
        )
      })}
      <RuleCodes findings={shown} />
    </Sheet>
  )
}

const SHOWN = 40

/** 与上一次报送的不同。 */
export function DifferenceSheet({ difference: { cells, parts, counts }, round }: { difference: ReportComparison; round: number }) {
  const changed = parts.flatMap(({ sentences }) => sentences).filter((one) => one.kind === 'added' || one.kind === 'removed')
  return (
    <Sheet title={`与第 ${round - 1} 次报送相比：${counts.cells} 格、${counts.added + counts.removed} 句不同`}>
      {cells.length + changed.length === 0 && <p className="quiet">一字不差。</p>}
      {cells.length > 0 && (
        <div className="datatable">
          <table className="list">
            <caption className="vh">变了的格</caption>
            <thead>
              <tr>
                <th scope="col">格</th>
                <th scope="col" className="num">上次</th>
                <th scope="col" className="num">这次</th>
              </tr>
            </thead>
            <tbody>
              {cells.slice(0, SHOWN).map((one) => (
                <tr key={one.code}>
                  <td data-label="格">{labelOf(one.code)}</td>
                  <td data-label="上次" className="num">{one.before ?? '空'}</td>
                  <td data-label="这次" className="num">{one.after ?? '空'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {cells.length > SHOWN && <p className="quiet">另有 {cells.length - SHOWN} 格。</p>}
      {changed.slice(0, SHOWN).map((one, index) => (one.kind === 'added' ? <p key={index}><ins>{one.text}</ins></p> : <p key={index}><del>{one.text}</del></p>))}
      {changed.length > SHOWN && <p className="quiet">另有 {changed.length - SHOWN} 句。</p>}
    </Sheet>
  )
}
