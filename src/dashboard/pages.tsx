import { DataTable, DeskPage, Sheet, type ListQuery, type Total } from '../platform/html/index.ts'
import { Dashboard, spanWords, YearTabs, type DashboardModel } from './dashboard-page.tsx'
import { decidedOf, correctedOf, onTimeShare, type Figures, type Standing } from './figures.ts'
import type { Gathered } from './gather.ts'
import { DASHBOARD } from './places.ts'

/** 一个机关的看板。 */
export function BodyDashboardPage({ gathered: { body, absorbed }, code, ...model }: DashboardModel & { gathered: Gathered; code: string | null }) {
  const { period, years, here } = model
  return (
    <DeskPage
      title={`数据看板 ${body.name}`}
      heading={code === null ? '数据看板' : `${body.name}的数据看板`}
      {...(code === null ? {} : { crumbs: [{ label: '全区数据看板', href: `${DASHBOARD}?year=${period.year}` }] })}
      lead={`${spanWords(period)}${absorbed.length === 0 ? '' : `含并入的${absorbed.join('、')}。`}`}
    >
      <YearTabs years={years} year={period.year} here={here} />
      <Dashboard {...model} />
    </DeskPage>
  )
}

/** 全区看板里的一行。 */
export interface BodyLine {
  body: Gathered['body']
  figures: Figures
  standing: Standing
}

export interface DistrictPageModel extends DashboardModel {
  rows: readonly BodyLine[]
  query: ListQuery
  total: number
  canExport: boolean
}

/** 全区的看板：合计之下是各机关，点机关到它的看板。 */
export function DistrictDashboardPage({ rows, query, total, canExport, ...model }: DistrictPageModel) {
  const { period, years, here } = model
  return (
    <DeskPage title="全区数据看板" lead={spanWords(period)}>
      <YearTabs years={years} year={period.year} here={here} />
      <Dashboard {...model}>
        <Sheet title="各机关" id="bodies">
          <DataTable
            caption="各机关"
            columns={[
              { key: 'name', label: '机关', sort: true, render: ({ body }: BodyLine) => body.name },
              { key: 'received', label: '收到', unit: '件', align: 'end', sort: true, render: ({ figures }) => figures.received.toLocaleString('en-US') },
              { key: 'decided', label: '办结', unit: '件', align: 'end', sort: true, render: ({ figures }) => decidedOf(figures).toLocaleString('en-US') },
              { key: 'share', label: '按期答复', align: 'end', render: ({ figures }) => onTimeShare(figures) ?? '—' },
              { key: 'late', label: '逾期答复', unit: '件', align: 'end', sort: true, render: ({ figures }) => figures.late },
              ...(period.current ? [{ key: 'overdue', label: '逾期未答', unit: '件', align: 'end' as const, sort: true, render: ({ standing }: BodyLine) => standing.overdue }] : []),
              { key: 'published', label: '公开', unit: '条', align: 'end', sort: true, render: ({ figures }) => figures.published.toLocaleString('en-US') },
              ...(period.current ? [{ key: 'dueLate', label: '逾期未公开', unit: '条', align: 'end' as const, sort: true, render: ({ standing }: BodyLine) => standing.dueLate }] : []),
              { key: 'corrected', label: '被纠正', unit: '件', align: 'end', sort: true, render: ({ figures }) => correctedOf(figures) },
            ]}
            rows={rows}
            rowKey={({ body }) => body.bodyId}
            rowHref={({ body }) => `${DASHBOARD}/bodies/${body.code}?year=${period.year}`}
            list={{ query, total, search: '机关名称', fixed: ['year'], clear: `${DASHBOARD}?year=${period.year}#bodies`, ...(canExport ? { exports: [{ label: 'CSV', href: `${DASHBOARD}.csv` }] } : {}) }}
            empty={{ title: '还没有机关', action: { label: '机构名册', href: '/desk/bodies' } }}
          />
        </Sheet>
      </Dashboard>
    </DeskPage>
  )
}

export interface RecordLine {
  key: string
  title: string
  kind: string
  note: string
  on: string
  href: string
}

export interface RecordsModel {
  heading: string
  crumbs: readonly { label: string; href: string }[]
  span: string
  /** 导出的地址；无权导出的为 null */
  exportHref: string | null
  rows: readonly RecordLine[]
  query: ListQuery
  total: Total
  cursors?: { next: string | null; previous: string | null }
}

/** 看板上一个数所计的记录。 */
export function RecordsPage({ heading, crumbs, span, exportHref, rows, query, total, cursors }: RecordsModel) {
  return (
    <DeskPage title={heading} crumbs={crumbs} lead={span} status={<span className="due-on">{typeof total === 'number' ? total.toLocaleString('en-US') : `${total.atLeast}+`}</span>}>
      <DataTable
        caption={heading}
        columns={[
          { key: 'title', label: '记录', render: (row: RecordLine) => row.title },
          { key: 'kind', label: '种类', render: (row) => row.kind },
          { key: 'note', label: '情形', render: (row) => row.note },
          { key: 'on', label: '日期', nowrap: true, render: (row) => row.on },
        ]}
        rows={rows}
        rowKey={({ key }) => key}
        rowHref={({ href }) => href}
        list={{ query, total, fixed: ['what', 'from', 'to', 'asOf', 'year'], ...(exportHref === null ? {} : { exports: [{ label: 'CSV' as const, href: exportHref }] }), ...(cursors === undefined ? {} : { cursors }) }}
        empty={{ title: '没有记录，所以是 0', children: '数由记录得出，不能直接填。' }}
      />
    </DeskPage>
  )
}

export interface ShareLine {
  body: Gathered['body']
  n: number
  href: string
}

/** 全区的一个数由哪些机关加成；一家一家点开到记录。 */
export function BreakdownPage({ heading, unit, span, year, rows, total }: { heading: string; unit: string; span: string; year: number; rows: readonly ShareLine[]; total: number }) {
  return (
    <DeskPage title={`${heading}，按机关`} crumbs={[{ label: '全区数据看板', href: `${DASHBOARD}?year=${year}` }]} lead={`${span} 为零的机关不列。`} status={<span className="due-on">{total.toLocaleString('en-US')}</span>}>
      <DataTable
        caption={`${heading}，按机关`}
        columns={[
          { key: 'name', label: '机关', render: ({ body }: ShareLine) => body.name },
          { key: 'n', label: heading, unit, align: 'end', render: ({ n }) => n.toLocaleString('en-US') },
        ]}
        rows={rows}
        rowKey={({ body }) => body.bodyId}
        rowHref={({ href }) => href}
        empty={{ title: '没有记录，所以是 0' }}
      />
    </DeskPage>
  )
}
