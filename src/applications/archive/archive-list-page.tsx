import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, ProgressBar, Tabs, Tag } from '../../platform/html/index.ts'
import type { Column, ListQuery, Total } from '../../platform/html/index.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { StatusTag } from '../desk/desk-list-page.tsx'
import type { ArchiveRow, ArchiveView } from './list-archives.ts'
import { RETENTIONS } from './retention.ts'

export const ARCHIVE = '/desk/archive'
export const archiveHref = (caseId: string): string => `${ARCHIVE}/cases/${caseId}`

/** 列表的几面。 */
export const ARCHIVE_VIEWS: Readonly<Record<ArchiveView, { href: string; tab: string; title: string; lead: string; empty: string; next?: string }>> = {
  waiting: { href: ARCHIVE, tab: '待归档', title: '待归档的申请', lead: '送达了的、不再处理的、撤回了的。归档即做一个档案包，在后台进行。', empty: '没有待归档的申请', next: '申请送达之后在这里归档；已归档的见「已归档」。' },
  kept: { href: `${ARCHIVE}/kept`, tab: '已归档', title: '已归档的案卷', lead: '各件的档案包、保管期限；取出须填事由，留痕。', empty: '还没有归档的案卷', next: '在「待归档」里选了归档。' },
  due: { href: `${ARCHIVE}/due`, tab: '期满鉴定', title: '保管期限届满的案卷', lead: '今年年底之前期满的。逐件鉴定：延长保管，或者提出销毁、由另一人批准。', empty: '今年没有期满的案卷' },
  destroyed: { href: `${ARCHIVE}/destroyed`, tab: '销毁清册', title: '销毁清册', lead: '销毁了的案卷：摘要、份数、何人何时因何销毁，永久保留。', empty: '没有销毁过案卷' },
}
export const VIEW_NAMES: readonly ArchiveView[] = ['waiting', 'kept', 'due', 'destroyed']

export interface ArchiveListModel {
  view: ArchiveView
  rows: readonly ArchiveRow[]
  query: ListQuery
  total: Total
  next: string | null
  building: { cases: number; done: number; total: number }
  /** 送达之后多久归档，天 */
  afterDays: number
  canKeep: boolean
  canExport: boolean
  flash: Flash | null
}

const BATCH = 'archive-batch'
const MB = 1024 * 1024
/** 字节数的写法。 */
export const sizeWords = (bytes: number): string => (bytes < MB ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MB).toFixed(1)} MB`)

export function ArchiveListPage(props: ArchiveListModel) {
  const { view, rows, query, building } = props
  const { href, title, lead, empty, next } = ARCHIVE_VIEWS[view]
  const picks = view === 'waiting' && props.canKeep
  return (
    <DeskPage title={title} lead={lead}>
      <FlashNotice flash={props.flash} />
      <Tabs label="档案" current={href} tabs={VIEW_NAMES.map((name) => ({ label: ARCHIVE_VIEWS[name].tab, href: ARCHIVE_VIEWS[name].href }))} />
      {building.cases > 0 && <ProgressBar label={`正在做 ${building.cases} 件的档案包`} done={building.done} total={building.total === 0 ? null : building.total} unit="份文件" />}
      <DataTable
        caption={title}
        columns={columnsOf(props, picks)}
        rows={rows}
        rowKey={(row) => row.caseId}
        {...(view === 'waiting' ? {} : { rowHref: (row: ArchiveRow) => archiveHref(row.caseId) })}
        list={{
          query,
          total: props.total,
          search: '登记号的开头',
          cursors: { next: props.next, previous: null },
          filters: filtersOf(view, props.afterDays),
          ...(props.canExport ? { exports: [{ label: 'CSV' as const, href: `${ARCHIVE}.csv?view=${view}` }] } : {}),
        }}
        empty={{ title: empty, ...(next === undefined ? {} : { children: next }) }}
      />
      {picks && rows.length > 0 && <BatchForm rows={rows} />}
    </DeskPage>
  )
}

const BatchForm = ({ rows }: { rows: readonly ArchiveRow[] }) => (
  <form id={BATCH} method="post" action={`${ARCHIVE}/batch`} className="form sheet">
    <p>归档之后不能退回；登记、结果有误的仍可更正，档案包随之重做。</p>
    {rows.map((row) => (
      <input key={row.caseId} type="hidden" name="shown" value={row.caseId} />
    ))}
    <div className="buttons">
      <button className="btn">归档所选</button>
      <button className="btn second" name="all" value="yes">
        本页 {rows.length} 件全部归档
      </button>
    </div>
  </form>
)

const yearFilter = { kind: 'text', name: 'year', label: '年度' } as const

function filtersOf(view: ArchiveView, afterDays: number) {
  if (view === 'waiting') return [{ kind: 'select' as const, name: 'ripe', label: '时间', options: [{ value: 'yes', label: `送达满 ${afterDays} 天，该归档的` }] }]
  if (view === 'destroyed') return [yearFilter]
  return [{ kind: 'select' as const, name: 'state', label: '情况', options: STATE_OPTIONS }, ...(view === 'kept' ? [yearFilter] : [])]
}

export const STATE_FILTERS = { failed: '档案包没有做成', held: '保全的', traces: '经过里疑有个人信息', identified: '还没有去标识化', proposed: '提出销毁、待批准' } as const
const STATE_OPTIONS = Object.entries(STATE_FILTERS).map(([value, label]) => ({ value, label }))

function columnsOf({ view }: ArchiveListModel, picks: boolean): Column<ArchiveRow>[] {
  const regNo: Column<ArchiveRow> = { key: 'regNo', label: '登记号', nowrap: true, render: (row) => (view === 'waiting' ? <a href={`/desk/applications/${row.caseId}`}>{row.regNo}</a> : row.regNo) }
  const content: Column<ArchiveRow> = { key: 'content', label: '所求', render: (row) => (row.content.length > 40 ? `${row.content.slice(0, 40)}…` : row.content) }
  const outcome: Column<ArchiveRow> = { key: 'outcome', label: '结果', render: (row) => (row.outcome === null ? '—' : outcomeRule(row.outcome).label) }
  if (view === 'waiting')
    return [
      regNo,
      content,
      { key: 'status', label: '办到', render: (row) => <StatusTag status={row.status} /> },
      outcome,
      { key: 'servedOn', label: '送达', nowrap: true, render: (row) => row.servedOn ?? (row.decidedOn === null ? '—' : `${row.decidedOn} 决定`) },
      { key: 'package', label: '预览', render: (row) => (row.state === null ? <a href={archiveHref(row.caseId)} aria-label={`${row.regNo} 的案卷`}>案卷</a> : <a href={archiveHref(row.caseId)} aria-label={`${row.regNo} 的预览`}>有预览</a>) },
      ...(picks ? [{ key: 'pick', label: '选', render: (row: ArchiveRow) => <input type="checkbox" form={BATCH} name="case" value={row.caseId} aria-label={`选 ${row.regNo}`} /> }] : []),
    ]
  if (view === 'destroyed')
    return [regNo, content, { key: 'destroyedOn', label: '销毁', nowrap: true, render: (row) => row.destroyedOn ?? '—' }, { key: 'why', label: '理由', render: (row) => row.destroyBecause ?? '—' }, { key: 'files', label: '份数', align: 'end', render: (row) => row.files ?? 0 }]
  return [
    regNo,
    content,
    outcome,
    { key: 'archivedOn', label: '归档', nowrap: true, render: (row) => row.archivedOn ?? '—' },
    { key: 'retention', label: '保管期限', nowrap: true, render: (row) => (row.retention === null ? '—' : row.retainUntil === null ? RETENTIONS[row.retention] : `${RETENTIONS[row.retention]}，至 ${row.retainUntil}`) },
    { key: 'state', label: '档案包', render: (row) => <PackageTag row={row} /> },
    { key: 'size', label: '大小', align: 'end', render: (row) => (row.size === null ? '—' : sizeWords(row.size)) },
  ]
}

/** 档案包的情况，与要留意的几样。 */
function PackageTag({ row }: { row: ArchiveRow }) {
  return (
    <>
      {row.state === 'kept' && <Tag tone="ok">完好</Tag>}
      {row.state === 'waiting' && <Tag tone="wait">等着做</Tag>}
      {row.state === 'building' && <Tag tone="wait">{`正在做 ${row.done ?? 0}/${row.total ?? 0}`}</Tag>}
      {row.state === 'failed' && <Tag tone="late">没有做成</Tag>} {row.heldBecause !== null && <Tag tone="wait">保全</Tag>} {row.destroyBecause !== null && <Tag tone="late">待批准销毁</Tag>}{' '}
      {row.deidentifiedOn !== null && <Tag>已去标识化</Tag>} {(row.traces ?? 0) > 0 && <Tag tone="wait">经过里疑有个人信息</Tag>}
    </>
  )
}
