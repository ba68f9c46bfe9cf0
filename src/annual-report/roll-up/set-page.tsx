import { FlashNotice, type Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, Moment, PostButton, ProgressBar } from '../../platform/html/index.ts'
import type { ReportSetRow } from './report-set.ts'
import { rollUpPath } from './roll-up-place.ts'

const size = (bytes: number): string => (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`)

const STATUSES = { running: '正在打包', done: '已打好', failed: '没有打成' } as const

/** 全套报告：打包、进度、下载。 */
export function SetPage({ year, sets, names, running, accepted, absent, days, flash }: { year: number; sets: readonly ReportSetRow[]; names: ReadonlyMap<string, string>; running: boolean; accepted: number; absent: number; days: number; flash: Flash | null }) {
  const here = `${rollUpPath(year)}/set`
  const [latest] = sets
  return (
    <DeskPage
      title={`${year} 年度全套报告`}
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        { label: `${year} 年度全区汇总`, href: rollUpPath(year) },
      ]}
      lead={`受理的 ${accepted} 家各一夹：本系统报来的有网页、DOCX、PDF、XLSX、JSON，上传的是原件与读出的数；另有汇总、登记册、逐份的校验值。${absent === 0 ? '' : `缺的 ${absent} 家写在登记册里。`}打好的包存 ${days} 天，过后可以再打。`}
      actions={running || accepted === 0 ? undefined : <PostButton action={here} label={latest === undefined ? '打包' : '再打一包'} />}
    >
      <FlashNotice flash={flash} />
      {running && latest !== undefined && <ProgressBar label="打包" done={latest.done} total={latest.total} unit="家" />}
      <DataTable
        caption="打过的包"
        columns={[
          { key: 'at', label: '交办于', render: (row: ReportSetRow) => <Moment at={row.created_at} /> },
          { key: 'by', label: '交办的人', render: (row) => names.get(row.requested_by) ?? '—' },
          { key: 'status', label: '结果', render: (row) => `${STATUSES[row.status]}${row.message === null ? '' : `：${row.message}`}` },
          { key: 'size', label: '大小', align: 'end', render: (row) => (row.size === null ? '—' : size(row.size)) },
          { key: 'sm3', label: '校验值（SM3）', render: (row) => (row.sm3 === null ? '—' : <code>{row.sm3.slice(0, 16)}…</code>) },
          { key: 'get', label: '下载', render: (row) => (row.status === 'done' ? <a href={`${here}/${row.body_id}/${row.set_id}.zip`}>下载</a> : '—') },
        ]}
        rows={sets}
        rowKey={({ set_id }) => set_id}
        empty={{ title: '还没有打过包', children: accepted === 0 ? '受理了一家，就可以打包。' : '按「打包」即在后台打，可离开本页。' }}
      />
    </DeskPage>
  )
}
