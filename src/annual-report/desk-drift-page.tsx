import { DataTable, DeskPage, PostButton, Sheet } from '../platform/html/index.ts'
import type { Drift } from './drift.ts'
import { titleOf, type ReportModel } from './report-model.ts'

export interface DriftPageModel {
  base: string
  model: ReportModel
  drift: Drift
  canFreeze: boolean
  released: boolean
}

/** 冻结之后台账的出入：哪些格变了，哪些记录改过。 */
export function DriftPage({ base, model, drift, canFreeze, released }: DriftPageModel) {
  return (
    <DeskPage
      title={`台账出入 - ${titleOf(model)}`}
      heading="冻结之后台账的出入"
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        { label: `${model.year} 年度报告`, href: base },
      ]}
      lead={released ? '报告已报送或公布，其数字不再变动；确有错误的，另起更正版。' : '报告用的是冻结时的数。核对改动无误后，重新冻结。'}
      actions={canFreeze && drift.cells.length > 0 && <PostButton action={`${base}/freeze`} label="重新冻结" />}
    >
      <DataTable
        caption="已不相同的格"
        showCaption
        columns={[
          { key: 'label', label: '格', render: (row: Drift['cells'][number]) => row.label },
          { key: 'frozen', label: '冻结时', align: 'end', render: (row) => row.frozen ?? '空' },
          { key: 'live', label: '台账现为', align: 'end', render: (row) => row.live ?? '空' },
        ]}
        rows={drift.cells}
        rowKey={(row) => row.code}
        rowHref={(row) => `${base}/cells/${row.code}`}
        empty={{ title: '没有出入：报告与台账一致', action: { label: '回到报告', href: base } }}
      />
      <Sheet title="冻结之后改动过的记录">
        {drift.changes.length === 0 ? (
          <p className="quiet">没有改动过的记录。</p>
        ) : (
          <table className="list">
            <caption className="vh">改动过的记录</caption>
            <thead>
              <tr>
                <th scope="col">记录</th>
                <th scope="col">改动</th>
                <th scope="col">时刻</th>
              </tr>
            </thead>
            <tbody>
              {drift.changes.map((change) => (
                <tr key={`${change.id}-${change.version}`}>
                  <td data-label="记录">
                    <a href={`/desk/records/${change.kind}/${change.bodyId}/${change.id}?year=${model.year}`}>{change.title}</a>
                  </td>
                  <td data-label="改动">{change.what}</td>
                  <td data-label="时刻">{change.at}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {drift.more && <p className="quiet">只列最近 200 次改动。</p>}
      </Sheet>
    </DeskPage>
  )
}
