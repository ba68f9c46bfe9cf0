import { DataTable, DefinitionList, Notice, PortalPage, Sheet } from '../../platform/html/index.ts'
import type { WithdrawnItem } from '../queries.ts'
import { itemPath } from './item-path.ts'

interface Named {
  code: string
  name: string
}

const HOME = { label: '首页', href: '/' }

/** 撤回了的，在原来的地址上只有索引号、日子与说明（410）。 */
export const WithdrawnPage = ({ item, body }: { item: WithdrawnItem; body: Named }) => (
  <PortalPage title={`信息已撤回 ${item.indexNo}`} heading="这条信息已经撤回" crumbs={[HOME, { label: body.name, href: `/bodies/${body.code}` }]}>
    <div className="stack">
      <Notice tone="warn" title={`自 ${item.withdrawnOn} 起不再公开`}>
        {item.notice ?? '发布机关没有另写说明。'}
      </Notice>
      <Sheet title="撤回的信息">
        <DefinitionList
          items={[
            ['索引号', item.indexNo],
            ['公开机关', body.name],
            ['公开日期', <time key="on" dateTime={item.publishedOn}>{item.publishedOn}</time>],
            ['撤回日期', <time key="off" dateTime={item.withdrawnOn}>{item.withdrawnOn}</time>],
          ]}
        />
      </Sheet>
      <Sheet title="接下来可以">
        <ul>
          <li>
            <a href={`/bodies/${body.code}/items`}>看{body.name}公开的其他信息</a>，内容有更正的，新的一条多半也在那里
          </li>
          <li>
            <a href={`/apply/${body.code}`}>向{body.name}申请公开</a>，写明这个索引号
          </li>
        </ul>
      </Sheet>
    </div>
  </PortalPage>
)

export interface Choice {
  body: Named
  /** 撤回了的为 null */
  title: string | null
  on: string
}

/** 两个机关编了同样的索引号：由人选一个。 */
export const ChooseItemPage = ({ indexNo, choices }: { indexNo: string; choices: readonly Choice[] }) => (
  <PortalPage title={`索引号 ${indexNo}`} heading="这个索引号有几条信息" crumbs={[HOME]} lead={`不同的机关编了同样的索引号 ${indexNo}，请选您要看的一条。`}>
    <DataTable
      caption={`索引号为 ${indexNo} 的信息`}
      columns={[
        { key: 'title', label: '名称', render: (row: Choice) => row.title ?? '已撤回的信息' },
        { key: 'body', label: '公开机关', render: (row) => row.body.name },
        { key: 'on', label: '公开日期', align: 'end', nowrap: true, render: (row) => <time dateTime={row.on}>{row.on}</time> },
      ]}
      rows={choices}
      rowKey={(row) => row.body.code}
      rowHref={(row) => `${itemPath(indexNo)}?body=${row.body.code}`}
      empty={{ title: '没有这个索引号' }}
    />
  </PortalPage>
)
