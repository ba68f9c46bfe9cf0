import { FlashNotice } from '../../../identity/index.ts'
import type { Flash } from '../../../identity/index.ts'
import { DataTable, DeskPage, LinkButton, Tabs, Tag } from '../../../platform/html/index.ts'
import type { ListQuery, Total } from '../../../platform/html/index.ts'
import type { PlainDate } from '../../../statute/plain-date.ts'
import { BASES, CHANNELS, MATTERS, OPEN, OUTCOMES, STATUSES } from '../complaint.ts'
import type { ComplaintRow } from '../queries.ts'
import { HOME, StatusTag, hrefOf } from './complaint-words.tsx'

/** 列表的几面。 */
export const VIEWS = {
  open: { title: '在办的投诉、反映', statuses: OPEN },
  answered: { title: '已答复、待反馈的', statuses: ['answered'] },
  all: { title: '全部投诉、反映', statuses: undefined },
} as const
export type View = keyof typeof VIEWS
const pathOf = (view: View): string => (view === 'open' ? HOME : `${HOME}/${view}`)

export interface ComplaintListModel {
  view: View
  rows: readonly ComplaintRow[]
  bodies: ReadonlyMap<string, string>
  people: ReadonlyMap<string, string>
  query: ListQuery
  total: Total
  today: PlainDate
  canHandle: boolean
  canExport: boolean
  /** 区政务公开办看的是别的机关的：只看，点不进去 */
  elsewhere: string | null
  isOffice: boolean
  /** 可以提出、批准期满的去标识化 */
  canKeep: boolean
  flash: Flash | null
}

const options = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([value, label]) => ({ value, label }))

/** 投诉与反映的列表：先到期的在前；须回避的人看不到自己须回避的。 */
export function ComplaintListPage({ view, rows, bodies, people, query, total, today, canHandle, canExport, elsewhere, isOffice, canKeep, flash }: ComplaintListModel) {
  return (
    <DeskPage
      title={elsewhere === null ? VIEWS[view].title : `${elsewhere}：${VIEWS[view].title}`}
      lead="公民、组织反映不依法公开、答复的（条例第四十七条），投诉、举报侵犯合法权益的（第五十一条）。须回避的人看不到所涉的件。"
      actions={canHandle && elsewhere === null ? <LinkButton href={`${HOME}/new`}>登记投诉</LinkButton> : undefined}
    >
      <FlashNotice flash={flash} />
      <Tabs
        label="投诉与反映"
        current={pathOf(view)}
        tabs={[
          { label: '在办', href: pathOf('open') },
          { label: '待反馈', href: pathOf('answered') },
          { label: '全部', href: pathOf('all') },
          ...(canKeep && elsewhere === null ? [{ label: '保存期限', href: `${HOME}/retention` }] : []),
          ...(isOffice ? [{ label: '各机关', href: `${HOME}/by-body` }] : []),
        ]}
      />
      <DataTable
        caption={VIEWS[view].title}
        columns={[
          { key: 'regNo', label: '登记号', nowrap: true, sort: true, render: (row: ComplaintRow) => row.regNo },
          { key: 'matter', label: '反映什么', render: (row) => <>{MATTERS[row.matter]}{row.basis === 'A51' && <> <Tag>投诉、举报</Tag></>}</> },
          { key: 'about', label: '所反映的机关', render: (row) => bodies.get(row.aboutBodyId) ?? '' },
          { key: 'status', label: '办到', render: (row) => <StatusTag status={row.status} /> },
          { key: 'receivedOn', label: '收到', nowrap: true, sort: true, render: (row) => row.receivedOn },
          { key: 'dueOn', label: '期限', nowrap: true, sort: true, render: (row) => <DueCell row={row} today={today} /> },
          { key: 'handler', label: '承办', render: (row) => (row.handler === null ? '—' : (people.get(row.handler) ?? '')) },
          { key: 'outcome', label: '结论', render: (row) => (row.outcome === null ? '—' : OUTCOMES[row.outcome]) },
        ]}
        rows={rows}
        rowKey={(row) => row.complaintId}
        rowHref={elsewhere === null ? (row) => hrefOf(row.complaintId) : undefined}
        list={{
          query,
          total,
          search: '登记号的开头',
          fixed: elsewhere === null ? [] : ['body'],
          clear: pathOf(view),
          filters: [
            ...(view === 'all' ? [{ kind: 'select' as const, name: 'status', label: '办到', options: options(STATUSES) }] : []),
            { kind: 'select', name: 'matter', label: '反映什么', options: options(MATTERS) },
            { kind: 'select', name: 'basis', label: '属于', options: options(BASES) },
            { kind: 'select', name: 'channel', label: '来源', options: options(CHANNELS) },
            { kind: 'select', name: 'due', label: '期限', options: [{ value: 'overdue', label: '已逾期' }] },
            { kind: 'date', name: 'from', label: '收到不早于' },
            { kind: 'date', name: 'to', label: '收到不晚于' },
          ],
          folded: true,
          exports: canExport ? [{ label: 'CSV', href: `${HOME}.csv?view=${view}` }] : [],
        }}
        empty={{
          title: view === 'open' ? '没有在办的投诉' : '还没有投诉',
          children: '信箱收到的信自动登记；电话、来信、来访、12345 转来的，在此登记；公众也可以在「投诉与反映」的网页上提交。',
          ...(canHandle && elsewhere === null ? { action: { label: '登记投诉', href: `${HOME}/new` } } : {}),
        }}
      />
    </DeskPage>
  )
}

function DueCell({ row, today }: { row: ComplaintRow; today: PlainDate }) {
  if (!OPEN.includes(row.status)) return <>{row.answeredOn === null ? '—' : `${row.answeredOn} 答复`}</>
  if (row.dueOn === null) return <>尚无该年节假日安排</>
  return (
    <>
      {row.dueOn} {row.dueOn < today && <Tag tone="late">逾期</Tag>}
    </>
  )
}

export interface BodyLoad {
  bodyId: string
  code: string
  name: string
  open: number
  late: number
}

/** 区政务公开办：各机关在办几件、逾期几件，点开看列表；看不到反映人与所写的话。 */
export const ComplaintsByBodyPage = ({ rows }: { rows: readonly BodyLoad[] }) => (
  <DeskPage title="各机关在办的投诉、反映" crumbs={LIST_CRUMB} lead="只看办到哪里，看不到反映人与所写的话；逾期多的在前。">
    <DataTable
      caption="各机关在办的投诉、反映"
      columns={[
        { key: 'name', label: '机关', render: (row: BodyLoad) => row.name },
        { key: 'open', label: '在办', unit: '件', align: 'end', render: (row) => row.open },
        { key: 'late', label: '其中逾期', unit: '件', align: 'end', render: (row) => (row.late === 0 ? 0 : <Tag tone="late">{row.late}</Tag>) },
      ]}
      rows={rows}
      rowKey={(row) => row.bodyId}
      rowHref={(row) => `${HOME}?body=${row.code}`}
      empty={{ title: '各机关都没有在办的投诉', children: '有了会按机关列在这里。' }}
    />
  </DeskPage>
)
const LIST_CRUMB = [{ label: '投诉与反映', href: HOME }]
