import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, LinkButton, Notice, Tag, toListSearch } from '../../platform/html/index.ts'
import type { ListQuery, Tone, Total } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { STATUSES } from '../application.ts'
import type { Status } from '../application.ts'
import { APPLICANT_KINDS } from '../events.ts'
import type { ApplicationRow } from '../queries.ts'
import { DUE_RANGES, STATUS_OPTIONS, VIEWS } from './list-spec.ts'
import type { View } from './list-spec.ts'
import { ViewChips } from '../saved-views/view-chips.tsx'
import type { Chip } from '../saved-views/view-chips.tsx'
import { ListTabs } from './workload-pages.tsx'

export interface ApplicationListModel {
  view: View
  rows: readonly ApplicationRow[]
  names: ReadonlyMap<string, string>
  query: ListQuery
  /** 存下的筛选 */
  chips: readonly Chip[]
  total: Total
  next: string | null
  /** 可以承办的人，供筛选 */
  handlers: ReadonlyMap<string, string>
  unconfirmed: number
  today: PlainDate
  canHandle: boolean
  canExport: boolean
  flash: Flash | null
}

const LEADS: Readonly<Record<View, string | undefined>> = {
  open: '先到期的在前；期限暂停的在后。',
  unconfirmed: '当日须与申请人确认，确认之日为收到之日；确认之前期限不走（条例第三十一条）。',
  closed: undefined,
  uncounted: '误登记作废的、确认收到之前撤回的、拆分了的原件：留着可查，不计入年度报告。',
}

const STATUS_TONES: Partial<Record<Status, Tone>> = { consulting: 'wait', 'correction-requested': 'wait', 'fee-noticed': 'wait', 'reason-requested': 'wait', served: 'ok', archived: 'ok', voided: 'late' }
export const StatusTag = ({ status }: { status: Status }) => <Tag tone={STATUS_TONES[status] ?? 'act'}>{STATUSES[status]}</Tag>

export function ApplicationListPage(props: ApplicationListModel) {
  const { view, query, today } = props
  const { title, empty } = VIEWS[view]
  const decided = view === 'closed'
  const unordered = view === 'unconfirmed' || view === 'uncounted'
  return (
    <DeskPage
      title={title}
      lead={LEADS[view]}
      actions={
        props.canHandle ? (
          <>
            {view === 'open' && props.rows.length > 0 && <LinkButton href={`/desk/applications/assign${toListSearch(query)}`} second>批量分派</LinkButton>}
            <LinkButton href="/desk/applications/new">登记申请</LinkButton>
          </>
        ) : undefined
      }
    >
      <FlashNotice flash={props.flash} />
      {view === 'open' && <ListTabs current={VIEWS.open.href} />}
      {view === 'open' && props.unconfirmed > 0 && (
        <Notice tone="warn" title={`${props.unconfirmed} 件尚未确认收到`}>
          当日须与申请人联系确认（条例第三十一条）。<a href={VIEWS.unconfirmed.href}>逐件确认</a>
        </Notice>
      )}
      {decided && (
        <p className="quiet">
          作废的、确认收到之前撤回的、拆分了的原件不在此列，见<a href={VIEWS.uncounted.href}>不计件的申请</a>。
        </p>
      )}
      <ViewChips view={view} query={query} chips={props.chips} />
      <DataTable
        caption={title}
        columns={[
          { key: 'regNo', label: '登记号', nowrap: true, sort: true, render: (row: ApplicationRow) => row.regNo },
          { key: 'content', label: '所求', render: (row) => (row.content.length > 60 ? `${row.content.slice(0, 60)}…` : row.content) },
          { key: 'applicant', label: '申请人', render: (row) => applicantOf(row, props.names) },
          { key: 'status', label: '办到', render: (row) => <StatusTag status={row.status} /> },
          { key: 'receivedOn', label: '收到', nowrap: true, sort: !unordered, render: (row) => row.receivedOn ?? (view === 'uncounted' ? '未收到' : '待确认') },
          ...(view === 'uncounted' ? [] : [decided
            ? { key: 'decidedOn', label: '作出决定', nowrap: true, sort: true, render: (row: ApplicationRow) => row.decidedOn ?? '—' }
            : { key: 'dueOn', label: '应当答复', nowrap: true, sort: view === 'open', render: (row: ApplicationRow) => <DueCell row={row} today={today} /> }]),
          ...(decided ? [{ key: 'outcome', label: '结果', render: (row: ApplicationRow) => (row.outcome === null ? '—' : outcomeRule(row.outcome).label) }] : []),
        ]}
        rows={props.rows}
        rowKey={(row) => row.caseId}
        rowHref={(row) => `/desk/applications/${row.caseId}`}
        list={{
          query,
          total: props.total,
          search: '登记号、文号或所求里的话，不分在办、已办结',
          clear: `${VIEWS[view].href}?all=1`,
          cursors: { next: props.next, previous: null },
          filters: [
            ...(view === 'unconfirmed' ? [] : [{ kind: 'select' as const, name: 'status', label: '办到', options: optionsOf(STATUS_OPTIONS) }]),
            { kind: 'select', name: 'kind', label: '申请人', options: optionsOf(APPLICANT_KINDS) },
            ...(view === 'open' ? [{ kind: 'select' as const, name: 'due', label: '期限', options: optionsOf(DUE_RANGES) }, { kind: 'select' as const, name: 'handler', label: '承办', options: handlersOf(props.handlers) }] : []),
            { kind: 'date', name: 'from', label: '收到自' },
            { kind: 'date', name: 'to', label: '收到至' },
          ],
          ...(props.canExport ? { exports: [{ label: 'CSV' as const, href: `/desk/applications.csv?view=${view}` }] } : {}),
        }}
        empty={{
          title: empty,
          children: view === 'open' ? '收到申请即登记；往年的可以导入台账。' : undefined,
          ...(props.canHandle && view === 'open' ? { action: { label: '登记申请', href: '/desk/applications/new' } } : {}),
        }}
      />
    </DeskPage>
  )
}

const handlersOf = (people: ReadonlyMap<string, string>) => [{ value: 'none', label: '还没有分派' }, ...[...people].map(([value, label]) => ({ value, label }))]

const optionsOf = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const applicantOf = (row: ApplicationRow, names: ReadonlyMap<string, string>): string => {
  const name = row.applicantId === null ? undefined : names.get(row.applicantId)
  return name === undefined || name === '' ? APPLICANT_KINDS[row.applicantKind] : `${name}（${APPLICANT_KINDS[row.applicantKind]}）`
}

const CLOCK_WORDS = { running: '—', consulting: '征求意见，暂停', stopped: '暂停', 'no-calendar': '尚无该年节假日安排' } as const

function DueCell({ row, today }: { row: ApplicationRow; today: PlainDate }) {
  if (row.decidedOn !== null) return <>{row.decidedOn} 已作出决定</>
  if (row.dueOn === null) return <>{row.clock === null ? (row.status === 'received-unconfirmed' ? '未起算' : '—') : CLOCK_WORDS[row.clock]}</>
  if (row.dueOn >= today) return <>{row.dueOn}</>
  return (
    <>
      {row.dueOn} <Tag tone="late">逾期</Tag>
    </>
  )
}
