import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, LinkButton, Tag } from '../../platform/html/index.ts'
import type { ListQuery, Tone } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { LITIGATION_STATUSES } from '../litigation.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'
import { REVIEW_STATUSES } from '../review.ts'
import { hrefOf, HOME } from './hrefs.ts'
import { CASE_GROUPS } from './list-cases.ts'
import type { CaseRow } from './list-cases.ts'

export const STATE_FILTERS = { open: '尚未审结', overdue: '期限已过', ended: '已审结', upheld: '结果维持', corrected: '结果纠正', other: '其他结果' } as const

export interface CaseListModel {
  rows: readonly CaseRow[]
  query: ListQuery
  total: number
  today: PlainDate
  people: ReadonlyMap<string, string>
  canHandle: boolean
  canExport: boolean
  flash: Flash | null
}

export const groupOf = ({ kind, afterReview }: CaseRow): string => (kind === 'review' ? CASE_GROUPS.review : afterReview === true ? CASE_GROUPS['after-review'] : CASE_GROUPS.direct)

export const statusOf = (row: CaseRow): string => Object.entries(row.kind === 'review' ? REVIEW_STATUSES : LITIGATION_STATUSES).find(([key]) => key === row.status)?.[1] ?? row.status
export const resultOf = ({ kind, result }: CaseRow): string =>
  result === null ? '尚未审结' : (Object.entries<{ label: string }>(kind === 'review' ? REVIEW_RESULTS : LITIGATION_RESULTS).find(([key]) => key === result)?.[1].label ?? result)

const toneOf = ({ status, endedOn }: CaseRow): Tone => (endedOn !== null ? 'plain' : status === 'received' || status === 'filed' ? 'act' : 'wait')

/** 复议、诉讼的列表：先到期的在前。 */
export function CaseListPage({ rows, query, total, today, people, canHandle, canExport, flash }: CaseListModel) {
  return (
    <DeskPage
      title="行政复议、行政诉讼"
      lead="本机关的政府信息公开答复被复议、起诉的案件；审结的计入年度报告表四。先到期的在前。"
      actions={canHandle ? <LinkButton href={`${HOME}/new`}>登记案件</LinkButton> : undefined}
    >
      <FlashNotice flash={flash} />
      <DataTable
        caption="行政复议、行政诉讼案件"
        columns={[
          { key: 'caseNo', label: '案号', nowrap: true, sort: true, render: (row: CaseRow) => row.caseNo },
          { key: 'group', label: '种类', render: (row) => <GroupCell row={row} /> },
          { key: 'decisionNo', label: '所争的文书', nowrap: true, render: (row) => row.decisionNo ?? '—' },
          { key: 'status', label: '办到', render: (row) => <Tag tone={toneOf(row)}>{statusOf(row)}</Tag> },
          { key: 'receivedOn', label: '收到', nowrap: true, sort: true, render: (row) => row.receivedOn },
          { key: 'dueOn', label: '期限、开庭、履行', nowrap: true, sort: true, render: (row) => <DueCell row={row} today={today} /> },
          { key: 'result', label: '结果', render: (row) => (row.result === null ? '—' : resultOf(row)) },
          { key: 'endedOn', label: '审结', nowrap: true, sort: true, render: (row) => row.endedOn ?? '—' },
          { key: 'handler', label: '承办', render: (row) => (row.handler === null ? '—' : (people.get(row.handler) ?? '—')) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => hrefOf(row.id)}
        list={{
          query,
          total,
          search: '案号、所争文书的文号',
          filters: [
            { kind: 'select', name: 'group', label: '种类', options: optionsOf(CASE_GROUPS) },
            { kind: 'select', name: 'state', label: '审结与结果', options: optionsOf(STATE_FILTERS) },
            { kind: 'date', name: 'from', label: '收到自' },
            { kind: 'date', name: 'to', label: '收到至' },
          ],
          ...(canExport ? { exports: [{ label: 'XLSX' as const, href: `${HOME}.xlsx` }] } : {}),
        }}
        empty={{
          title: '没有行政复议、行政诉讼案件',
          children: '收到行政复议申请书副本、起诉状副本的当日登记；往年的可以导入复议诉讼台账。',
          ...(canHandle ? { action: { label: '登记案件', href: `${HOME}/new` } } : {}),
        }}
      />
    </DeskPage>
  )
}

const optionsOf = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const GroupCell = ({ row }: { row: CaseRow }) => (
  <>
    {groupOf(row)}
    {row.role === 'review-organ' && <span className="quiet">本机关为复议机关，不计入表四</span>}
  </>
)

function DueCell({ row, today }: { row: CaseRow; today: PlainDate }) {
  if (row.dueOn === null && row.hearingOn === null) return <>—</>
  return (
    <>
      {row.dueOn !== null && row.dueOn}
      {row.owes && <span className="quiet"> 履行</span>}
      {row.dueOn !== null && row.dueOn < today && (
        <>
          {' '}
          <Tag tone="late">逾期</Tag>
        </>
      )}
      {row.hearingOn !== null && <div className="quiet">{row.hearingOn} 听证、开庭</div>}
    </>
  )
}
