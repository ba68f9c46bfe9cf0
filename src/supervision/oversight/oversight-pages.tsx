import { DataTable, DefinitionList, DeskPage, EmptyState, Sheet, Tabs } from '../../platform/html/index.ts'
import type { DataTableProps, ListQuery } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { WorkState } from '../leading-group/leading-group-pages.tsx'
import { answerOf, PROBLEM_SOURCES, PROBLEM_STATES } from '../problems/problem.ts'
import type { Measure, Problem } from '../problems/problem.ts'
import type { KeyField, Proposal } from '../registers/register-store.ts'
import { PROPOSAL_KINDS, PUBLICATIONS } from '../registers/proposal.ts'
import type { Session } from '../training/sessions.ts'
import type { Done, MeetingSeen, TaskSeen } from './oversight-queries.ts'

export const OVERSIGHT = '/desk/safeguards'
const hrefOf = (code: string, year: number): string => `${OVERSIGHT}/${code}?year=${year}`

export interface BodyDone extends Done {
  code: string
  name: string
}

/** 区政务公开办：各机关一年的监督保障，点开看一机关的。只看，不代办。 */
export const OversightPage = ({ year, years, rows, query, total }: { year: number; years: readonly number[]; rows: readonly BodyDone[]; query: ListQuery; total: number }) => (
  <DeskPage title="各机关的监督保障" lead="各机关一年开了几次会、办了几场培训、列了几个问题；点开看逐条。只看，由各机关自己办。">
    <Tabs label="年度" current={`${OVERSIGHT}?year=${year}`} tabs={years.map((one) => ({ label: `${one} 年`, href: `${OVERSIGHT}?year=${one}` }))} />
    <DataTable
      caption={`${year} 年各机关的监督保障`}
      columns={[
        { key: 'name', label: '机关', render: (row: BodyDone) => row.name },
        { key: 'meetings', label: '会议', unit: '次', align: 'end', render: (row) => row.meetings },
        { key: 'lateTasks', label: '议定逾期', unit: '件', align: 'end', render: (row) => row.lateTasks },
        { key: 'sessions', label: '培训', unit: '场', align: 'end', render: (row) => row.sessions },
        { key: 'hours', label: '学时', align: 'end', render: (row) => row.hours },
        { key: 'problems', label: '问题', unit: '个', align: 'end', render: (row) => row.problems },
        { key: 'lateMeasures', label: '措施逾期', unit: '项', align: 'end', render: (row) => row.lateMeasures },
      ]}
      rows={rows}
      rowKey={(row) => row.code}
      rowHref={(row) => hrefOf(row.code, year)}
      list={{ query, total, search: '机关的名称', fixed: ['year'], clear: `${OVERSIGHT}?year=${year}` }}
      empty={{ title: '没有这样的机关', children: '换一个名称再找。' }}
    />
  </DeskPage>
)

export interface BodyOversight {
  name: string
  code: string
  year: number
  years: readonly number[]
  today: PlainDate
  meetings: readonly MeetingSeen[]
  tasks: readonly TaskSeen[]
  sessions: readonly Session[]
  problems: readonly Problem[]
  proposals: readonly Proposal[]
  keyFields: readonly KeyField[]
}

const MeasureSeen = ({ measure: { content, dueOn, state }, today }: { measure: Measure; today: PlainDate }) => (
  <div>
    {content}（{dueOn} 前） <WorkState {...{ state, dueOn, today }} />
  </div>
)

/** 一机关一年的会议与议定的事、培训、问题与措施、登记，逐条；人名不列。 */
export function BodyOversightPage({ name, code, year, years, today, meetings, tasks, sessions, problems, proposals, keyFields }: BodyOversight) {
  const parts = { 领导小组会议: meetings, 议定的事: tasks, 办了的培训: sessions, 问题与措施: problems, 建议提案: proposals, 重点领域: keyFields }
  const none = Object.entries(parts).flatMap(([name, rows]) => (rows.length === 0 ? [name] : []))
  return (
    <DeskPage title={`${name}：监督保障`} crumbs={[{ label: '各机关的监督保障', href: `${OVERSIGHT}?year=${year}` }]} lead="只看，由该机关自己办；每种至多列二百条。">
      <Tabs label="年度" current={hrefOf(code, year)} tabs={years.map((one) => ({ label: `${one} 年`, href: hrefOf(code, one) }))} />
      <div className="stack">
        {none.length === 6 && <EmptyState title={`${year} 年还没有登记`}>会议、培训、问题由该机关登记，登记了就列在这里。</EmptyState>}
        {meetings.map((meeting) => (
          <Sheet key={meeting.meetingId} title={`${meeting.heldOn} ${meeting.title}`}>
            <DefinitionList items={[['议程', meeting.agenda], ...(meeting.summary === '' ? [] : [['议定', meeting.summary] as const]), ['到会', `${meeting.present} 人`]]} />
          </Sheet>
        ))}
        <Part
          caption="议定的事"
          columns={[
            { key: 'content', label: '事项', render: (row: TaskSeen) => row.content },
            { key: 'unit', label: '承办', render: (row) => row.unit },
            { key: 'dueOn', label: '时限', nowrap: true, render: (row) => row.dueOn },
            { key: 'state', label: '现在', render: (row) => <WorkState state={row.state} dueOn={row.dueOn} today={today} /> },
          ]}
          rows={tasks}
          rowKey={(row) => row.taskId}
        />
        <Part
          caption="办了的培训"
          columns={[
            { key: 'topic', label: '课题', render: (row: Session) => row.topic },
            { key: 'heldOn', label: '日期', nowrap: true, render: (row) => row.heldOn },
            { key: 'hours', label: '学时', align: 'end', render: (row) => row.halfHours / 2 },
            { key: 'attended', label: '签到', unit: '人', align: 'end', render: (row) => row.attended },
          ]}
          rows={sessions}
          rowKey={(row) => row.sessionId}
        />
        <Part
          caption="问题与措施"
          columns={[
            { key: 'content', label: '问题', render: (row: Problem) => row.content },
            { key: 'source', label: '来自', nowrap: true, render: (row) => PROBLEM_SOURCES[row.source] },
            { key: 'measures', label: '措施', render: (row) => (row.measures.length === 0 ? '—' : row.measures.map((measure) => <MeasureSeen key={measure.measureId} {...{ measure, today }} />)) },
            { key: 'answer', label: '整改情况', render: (row) => answerOf(row) || '—' },
            { key: 'state', label: '现在', nowrap: true, render: (row) => PROBLEM_STATES[row.state] },
          ]}
          rows={problems}
          rowKey={(row) => row.problemId}
        />
        <Part
          caption="建议提案"
          columns={[
            { key: 'title', label: '标题', render: (row: Proposal) => row.title },
            { key: 'kind', label: '种类', render: (row) => PROPOSAL_KINDS[row.kind] },
            { key: 'answeredOn', label: '答复', nowrap: true, render: (row) => row.answeredOn ?? '—' },
            { key: 'publication', label: '公开', render: (row) => PUBLICATIONS[row.publication] },
          ]}
          rows={proposals}
          rowKey={(row) => row.id}
        />
        <Part
          caption="重点领域"
          columns={[
            { key: 'field', label: '领域', render: (row: KeyField) => row.field },
            { key: 'content', label: '公开了什么', render: (row) => row.content },
            { key: 'count', label: '公开', unit: '条', align: 'end', render: (row) => row.count },
          ]}
          rows={keyFields}
          rowKey={(row) => row.id}
        />
        {none.length > 0 && none.length < 6 && <p className="quiet">{year} 年没有{none.join('、')}。</p>}
      </div>
    </DeskPage>
  )
}

// 没有行的不占地方，合为末尾的一句
const Part = <Row,>(props: Omit<DataTableProps<Row>, 'empty'>) => (props.rows.length === 0 ? null : <DataTable {...props} showCaption empty={{ title: '' }} />)
