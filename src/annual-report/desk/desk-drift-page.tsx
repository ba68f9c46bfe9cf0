import { DataTable, DeskPage, PostButton, Sheet } from '../../platform/html/index.ts'
import { RECORD_KINDS } from '../tally/cell-records.ts'
import type { Drift } from '../tally/drift.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'

export interface DriftPageModel {
  base: string
  model: ReportModel
  drift: Drift
  canFreeze: boolean
  released: boolean
}

/** 冻结之后台账的出入：哪些格变了，哪些记录改过。 */
export function DriftPage({ base, model, drift, canFreeze, released }: DriftPageModel) {
  const summed = model.summed !== undefined
  return (
    <DeskPage
      title={`冻结之后的出入 - ${titleOf(model)}`}
      heading={summed ? '冻结之后汇总的出入' : '冻结之后台账的出入'}
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
          { key: 'live', label: summed ? '现在加得' : '台账现为', align: 'end', render: (row) => row.live ?? '空' },
        ]}
        rows={drift.cells}
        rowKey={(row) => row.code}
        rowHref={(row) => `${base}/cells/${row.code}`}
        empty={{ title: summed ? '没有出入：报告与受理的各份之和一致' : '没有出入：报告与台账一致', action: { label: '回到报告', href: base } }}
      />
      <Sheet title={summed ? '冻结之后本级改动过的记录' : '冻结之后改动过的记录'}>
        <DataTable
          caption="改动过的记录"
          columns={[
            { key: 'title', label: '记录', render: (row: Drift['changes'][number]) => row.title },
            { key: 'kind', label: '种类', nowrap: true, render: (row) => RECORD_KINDS[row.kind] },
            { key: 'what', label: '改动', nowrap: true, render: (row) => row.what },
            { key: 'at', label: '时刻', nowrap: true, render: (row) => row.at },
          ]}
          rows={drift.changes}
          rowKey={(row) => `${row.id}-${row.version}`}
          rowHref={(row) => `/desk/records/${row.kind}/${row.bodyId}/${row.id}?year=${model.year}`}
          empty={{ title: '没有改动过的记录' }}
        />
        {drift.more && <p className="quiet">只列最近 200 次改动。</p>}
      </Sheet>
    </DeskPage>
  )
}
