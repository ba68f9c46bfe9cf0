import { DataTable, PortalPage, type ListQuery } from '../platform/html/index.ts'
import type { PublishedItem } from '../catalogue/index.ts'
import { bodyPath } from './home-page.tsx'

export interface ItemsModel {
  body: { code: string; name: string }
  items: readonly PublishedItem[]
  total: number
  query: ListQuery
  years: readonly number[]
}

/** 机关主动公开的信息：`/bodies/:code/items`；年度报告里「主动公开 n 条」点开即此。 */
export const ItemsPage = ({ body, items, total, query, years }: ItemsModel) => (
  <PortalPage
    title={`${body.name}主动公开的政府信息`}
    heading="主动公开的政府信息"
    crumbs={[
      { label: '首页', href: '/' },
      { label: body.name, href: bodyPath(body.code) },
    ]}
    lead="已撤回的不列；已失效的注明。"
  >
    <DataTable
      caption={`${body.name}主动公开的政府信息`}
      columns={[
        { key: 'title', label: '名称', render: (item: PublishedItem) => <Title item={item} /> },
        { key: 'indexNo', label: '索引号', nowrap: true, render: (item) => item.indexNo },
        { key: 'docNo', label: '文号', render: (item) => item.docNo ?? '' },
        { key: 'on', label: '公开日期', align: 'end', render: (item) => <time dateTime={item.publishedOn}>{item.publishedOn}</time> },
      ]}
      rows={items}
      rowKey={(item) => item.itemId}
      list={{
        query,
        total,
        search: '名称、文号、索引号',
        filters: [
          {
            kind: 'select',
            name: 'year',
            label: '公开年度',
            options: years.map((year) => ({ value: String(year), label: `${year} 年` })),
          },
        ],
      }}
      empty={{ title: '还没有公开的信息', action: { label: `回到${body.name}`, href: bodyPath(body.code) } }}
    />
  </PortalPage>
)

const Title = ({ item }: { item: PublishedItem }) => (
  <>
    {item.url === null ? item.title : <a href={item.url}>{item.title}</a>}
    {item.expiredOn !== null && <span className="quiet">（{item.expiredOn} 起失效）</span>}
  </>
)
