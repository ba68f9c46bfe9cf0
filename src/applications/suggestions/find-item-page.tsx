import type { PublishedItem } from '../../catalogue/index.ts'
import { DataTable, DeskPage } from '../../platform/html/index.ts'
import type { ListQuery, Total } from '../../platform/html/index.ts'

export interface FoundItem {
  item: PublishedItem
  bodyName: string
}

export interface FindItemModel {
  caseId: string
  regNo: string
  rows: readonly FoundItem[]
  query: ListQuery
  total: Total
}

/** 查已经公开的信息：选定一条，带回「拟定答复」。没有写检索词的，列出与所求相近的。 */
export const FindItemPage = ({ caseId, regNo, rows, query, total }: FindItemModel) => {
  const here = `/desk/applications/${caseId}`
  return (
    <DeskPage
      title={`查已公开的信息 ${regNo}`}
      heading="查已公开的信息"
      crumbs={[
        { label: '在办申请', href: '/desk/applications' },
        { label: regNo, href: here },
      ]}
      lead="选定一条，其名称、索引号与链接填入答复（条例第三十六条第（一）项）。没有写检索词的，列出与所求相近的。"
    >
      <DataTable
        caption="已经公开的信息"
        columns={[
          { key: 'title', label: '名称', render: ({ item }: FoundItem) => item.title },
          { key: 'body', label: '公开的机关', render: ({ bodyName }) => bodyName },
          { key: 'indexNo', label: '索引号', nowrap: true, render: ({ item }) => item.indexNo },
          { key: 'docNo', label: '文号', render: ({ item }) => item.docNo ?? '' },
          { key: 'on', label: '公开之日', align: 'end', nowrap: true, render: ({ item }) => <time dateTime={item.publishedOn}>{item.publishedOn}</time> },
        ]}
        rows={rows}
        rowKey={({ item }) => item.itemId}
        rowHref={({ item }) => `${here}/propose?outcome=GRANTED_ALREADY_PUBLIC&item=${item.bodyId}.${item.itemId}`}
        list={{ query, total, search: '名称、文号、索引号' }}
        empty={{ title: '本区还没有录入公开的信息', children: '确实已经公开的，直接在答复里写明链接或者获取途径。', action: { label: '回到拟定答复', href: `${here}/propose?outcome=GRANTED_ALREADY_PUBLIC` } }}
      />
    </DeskPage>
  )
}
