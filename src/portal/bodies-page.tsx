import { BODY_KINDS } from '../bodies/index.ts'
import type { Body } from '../bodies/index.ts'
import { DataTable, PortalPage } from '../platform/html/index.ts'
import type { ListQuery } from '../platform/html/index.ts'
import { bodyPath } from './home-page.tsx'

/** 各机关一览的一行。 */
export interface BodyRow {
  body: Body
  items: number
  guideOn: string | null
  /** 最近公布的年度报告是哪一年度的 */
  reportYear: number | null
}

export interface BodiesModel {
  district: string
  rows: readonly BodyRow[]
  total: number
  query: ListQuery
}

/** 全区各机关：`/bodies`；可按名称、曾用名找，撤销了的注明。 */
export const BodiesPage = ({ district, rows, total, query }: BodiesModel) => (
  <PortalPage title={`${district}各机关`} crumbs={[{ label: '首页', href: '/' }]} lead="点机关的名称，看它的公开指南、制度、法定主动公开内容与年度报告。曾用名也找得到。">
    <DataTable
      caption="各机关的政府信息公开专栏"
      columns={[
        { key: 'name', label: '机关', render: ({ body }: BodyRow) => (body.abolishedOn === null ? body.name : `${body.name}（${body.abolishedOn} 撤销）`) },
        { key: 'kind', label: '种类', render: ({ body }) => BODY_KINDS[body.kind] },
        { key: 'items', label: '主动公开', unit: '条', align: 'end', render: ({ items }) => items },
        { key: 'guide', label: '公开指南', nowrap: true, render: ({ guideOn }) => (guideOn === null ? '还没有公布' : `${guideOn} 更新`) },
        { key: 'report', label: '最近的年报', nowrap: true, render: ({ reportYear }) => (reportYear === null ? '还没有公布' : `${reportYear} 年度`) },
      ]}
      rows={rows}
      rowKey={({ body }) => body.code}
      rowHref={({ body }) => bodyPath(body.code)}
      list={{ query, total, search: '名称、曾用名', filters: [{ kind: 'select', name: 'status', label: '现存与否', options: [{ value: 'active', label: '只看现存的' }] }] }}
      empty={{ title: '还没有录入机关', children: '由系统管理员在工作台「机构」里录入后，这里即列出。' }}
    />
  </PortalPage>
)
