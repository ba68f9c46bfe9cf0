import {
  DeskPage,
  LinkButton,
  LinkList,
  Notice,
  PostButton,
  Sheet,
  Steps,
  Tag,
  Timeline,
  type Step,
  type TimelineEntry,
  type Tone,
} from '../../platform/html/index.ts'
import { DocumentView } from '../../documents/index.ts'
import { FlashNotice, type Flash } from '../../identity/index.ts'
import type { FilingStatus } from '../collection/filing.ts'
import { FilingTag } from '../collection/filing-page.tsx'
import { ReturnedView, type ReturnedModel } from '../collection/returned-view.tsx'
import { findingLink, FindingTag } from './finding-view.tsx'
import type { Finding } from '../../statute/finding.ts'
import { findingKey } from '../own-check/own-checks.ts'
import { toDocument, type ReportLinks } from '../editions/report-document.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'
import { STATUSES, type Report, type Status } from '../report.ts'
import type { NextStep } from './next-step.ts'
import type { SentBack } from './report-history.ts'
import { RaiseProblem } from '../../supervision/index.ts'

export interface ReportPageModel {
  base: string
  report: Report
  model: ReportModel
  findings: readonly Finding[]
  /** 冻结后台账又改过的格数 */
  drifted: number
  /** 报送到哪里；没有列入收集的为 null */
  filing: { status: FilingStatus; href: string } | null
  /** 本机关的人退回起草的意见；没有退回着的为 null */
  sentBack: SentBack | null
  history: readonly TimelineEntry[]
  /** 主管部门退回的意见 */
  returned: ReturnedModel | null
  /** 退回的可以列为问题 */
  canRaise: boolean
  /** 上年承接的数含有并入的前身的，怎样加得 */
  carried: readonly string[]
  deadline: { dueOn: string; internalOn: string; note: string; late: boolean }
  next: NextStep
  frozenAt: string | null
  publicHref: string | null
  faces: string
  flash: Flash | null
}

const TONES: Record<Status, Tone> = {
  collecting: 'plain',
  frozen: 'wait',
  drafting: 'wait',
  checked: 'act',
  reviewed: 'act',
  signed: 'act',
  released: 'ok',
}

export const StatusTag = ({ report }: { report: Report }) => (
  <Tag tone={TONES[report.status]}>
    {report.status === 'released' ? releasedWord(report) : STATUSES[report.status]}
    {report.edition > 1 && `（第 ${report.edition} 版，更正）`}
  </Tag>
)

const releasedWord = ({ filedOn, publishedOn }: Report): string =>
  filedOn !== null && publishedOn !== null ? '已报送、公布' : filedOn !== null ? '已报送，待公布' : '已公布，待报送'

export function ReportPage(props: ReportPageModel) {
  const { base, report, model, next } = props
  return (
    <DeskPage
      title={titleOf(model)}
      crumbs={[{ label: '年度报告', href: '/desk/reports' }]}
      status={<StatusTag report={report} />}
      lead={`数字${model.summed === undefined ? '取自台账' : '由受理的各机关报告加成'}，${props.frozenAt === null ? `截至 ${model.asOf}` : `统计截至 ${model.asOf}，冻结于 ${props.frozenAt}`}；每格可点开，查看${model.summed === undefined ? '所计的记录' : '由哪些机关加成'}。`}
      actions={<Downloads base={base} />}
    >
      <FlashNotice flash={props.flash} />
      <Steps label="办到哪一步" steps={lifeSteps(report)} />
      <div className="stack">
      <div className="aside">
        <Sheet title="下一步">
          <p>{next.what}</p>
          <NextActions next={next} />
        </Sheet>
        <Sheet title="期限">
          <div className={props.deadline.late ? 'duedate late' : 'duedate'}>
            <p className="due-on">{props.deadline.dueOn}</p>
          </div>
          <p className="quiet">
            报送、公布均须在此日前（条例第四十九条）。{props.deadline.note}
            {props.deadline.internalOn !== props.deadline.dueOn && `内部完成线 ${props.deadline.internalOn}。`}
          </p>
          {props.filing !== null && (
            <p>
              报送：<FilingTag status={props.filing.status} /> <a href={props.filing.href}>看报送的经过</a>
            </p>
          )}
        </Sheet>
      </div>
      {props.sentBack !== null && (
        <Notice tone="warn" title={`${props.sentBack.on} ${props.sentBack.by}退回修改`}>
          <p>{props.sentBack.reason}</p>
        </Notice>
      )}
      {props.returned !== null && (
        <ReturnedView
          returned={props.returned}
          raise={props.canRaise && <RaiseProblem source="filing-return" id={`${model.year}/${props.returned.round}`} />}
        />
      )}
      {props.carried.map((line) => (
        <Notice key={line} tone="info" title={line} />
      ))}
      {props.drifted > 0 && (
        <Notice tone="warn" title={`冻结之后${model.summed === undefined ? '台账有改动' : '受理的情况或者本级的记录有变'}：${props.drifted} 格的数已不相同`}>
          <a href={`${base}/drift`}>{model.summed === undefined ? '查看哪些格、哪些记录' : '查看哪些格'}</a>
        </Notice>
      )}
      <FindingSummary base={base} findings={props.findings} explained={new Set(report.waivers.map((one) => one.findingKey))} />
      <ReportBody model={model} links={{ cell: (code) => `${base}/cells/${code}`, marked: new Set(props.returned?.remarks.flatMap((one) => (one.cell === null ? [] : [one.cell]))) }} />
      <Sheet title="经过">
        <Timeline entries={props.history} />
      </Sheet>
      <p className="quiet">{props.faces}</p>
      </div>
    </DeskPage>
  )
}

const FORMATS = [
  ['pdf', 'PDF'],
  ['docx', 'DOCX'],
  ['xlsx', 'XLSX'],
  ['html', '网页'],
  ['json', 'JSON'],
] as const

const Downloads = ({ base }: { base: string }) => (
  <span className="downloads">
    下载
    {FORMATS.map(([format, label]) => (
      <a key={format} href={`${base}/download/${format}`}>
        {label}
      </a>
    ))}
  </span>
)

const NextActions = ({ next }: { next: NextStep }) =>
  next.actions.length === 0 ? null : (
    <div className="buttons">
      {next.actions.map((action, i) =>
        action.method === 'post' ? (
          <PostButton key={action.href} action={action.href} label={action.label} kind={i === 0 ? 'main' : 'second'} />
        ) : (
          <LinkButton key={action.href} href={action.href} second={i > 0}>
            {action.label}
          </LinkButton>
        ),
      )}
    </div>
  )

// 冻结、校核、审查、签发一经办成即过，正在办的是其后一步
const DOING: Record<Status, Status> = {
  collecting: 'collecting',
  frozen: 'drafting',
  drafting: 'drafting',
  checked: 'reviewed',
  reviewed: 'signed',
  signed: 'released',
  released: 'released',
}

function lifeSteps(report: Report): Step[] {
  const order: readonly Status[] = ['collecting', 'frozen', 'drafting', 'checked', 'reviewed', 'signed', 'released']
  const at = order.indexOf(DOING[report.status])
  const done = report.status === 'released' && report.filedOn !== null && report.publishedOn !== null
  return order.map((status, i) => ({
    label: STATUSES[status],
    state: i < at || done ? 'done' : i === at ? 'current' : 'todo',
  }))
}

function FindingSummary({ base, findings, explained }: { base: string; findings: readonly Finding[]; explained: ReadonlySet<string> }) {
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length
  const [errors, warnings, infos] = [count('error'), count('warning'), count('info')]
  const isOpen = (one: Finding) => one.severity === 'error' || (one.severity === 'warning' && !explained.has(findingKey(one)))
  const shown = findings.filter(isOpen).slice(0, 5)
  return (
    <Sheet
      title={errors + warnings === 0 ? '校核：没有错误和提醒' : `校核：${errors} 处错误，${warnings} 处提醒${shown.length === 0 ? '，都已说明' : ''}`}
      actions={<a href={`${base}/findings`}>全部 {errors + warnings + infos} 条</a>}
    >
      {shown.length === 0 ? (
        <p className="quiet">勾稽关系、文表一致、与上年衔接均已逐条核过。</p>
      ) : (
        <LinkList
          items={shown.map((finding) => ({
            label: finding.message,
            href: findingLink(base, finding),
            note: finding.mend,
            tag: <FindingTag finding={finding} />,
          }))}
        />
      )}
    </Sheet>
  )
}

/** 报告正文，与文件同出一源；links 不为 null 则数可点开。 */
export const ReportBody = ({ model, links }: { model: ReportModel; links: ReportLinks | null }) => (
  <DocumentView document={toDocument(model, links)} withoutTitle />
)
