import { DataTable, DeskPage, Notice, type ListQuery, type Total } from '../../platform/html/index.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'
import type { CellRecord } from '../tally/cell-records.ts'

export interface CellPageModel {
  base: string
  model: ReportModel
  cell: string
  label: string
  value: string
  /** 这一格怎样得来，如「本年答复、结果为部分公开的申请」 */
  meaning: string
  /** 并入的前身：其台账计在这一格里，记录在原机关名下 */
  predecessors: readonly { code: string; name: string; on: string }[]
  records: readonly CellRecord[]
  query: ListQuery
  total: Total
  cursors?: { next: string | null; previous: string | null }
  /** 冻结的数与台账现数不同时 */
  live: string | null
  exportHref: string | null
  /** 这一年的报告是否已经立了 */
  opened: boolean
}

/** 一格所计的记录：从数字追到台账。 */
export function CellPage(props: CellPageModel) {
  const { base, model } = props
  return (
    <DeskPage
      title={`${props.label} - ${titleOf(model)}`}
      heading={props.label}
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        ...(props.opened ? [{ label: `${model.year} 年度报告`, href: base }] : []),
      ]}
      lead={props.meaning}
      status={<span className="due-on">{props.value}</span>}
    >
      {props.live !== null && (
        <Notice tone="warn" title={`冻结的数为 ${props.value}，台账现为 ${props.live}`}>
          以下是台账现在的记录。<a href={`${base}/drift`}>查看改动</a>
        </Notice>
      )}
      {props.predecessors.map((one) => (
        <Notice key={one.code} tone="info" title={`这一格含 ${one.on} 并入的${one.name}的台账`}>
          它的记录在原机关名下，不在下表：<a href={`/desk/reports/${one.code}/${model.year}/cells/${props.cell}`}>看它的记录</a>（须有查看原机关的权限）。
        </Notice>
      ))}
      <DataTable
        caption={`${props.label}所计的记录`}
        columns={[
          { key: 'title', label: '记录', render: (row: CellRecord) => row.title },
          { key: 'kind', label: '种类', render: (row) => row.kindLabel },
          { key: 'note', label: '情形', render: (row) => row.note },
          { key: 'on', label: '计入之日', render: (row) => row.on },
          { key: 'amount', label: '计数', align: 'end', render: (row) => row.amount },
        ]}
        rows={props.records}
        rowKey={(row) => `${row.kind}/${row.id}/${row.on}`}
        rowHref={(row) => `/desk/records/${row.kind}/${row.bodyId}/${row.id}?year=${model.year}`}
        list={{
          query: props.query,
          total: props.total,
          ...(props.exportHref === null ? {} : { exports: [{ label: 'CSV' as const, href: props.exportHref }] }),
          ...(props.cursors === undefined ? {} : { cursors: props.cursors }) }}
        empty={{
          title: '没有记录，所以是 0',
          children: '这一格由台账得出，不能直接填。应有而没有的，到台账补记。',
          action: { label: '导入台账', href: '/desk/ledgers' },
        }}
      />
    </DeskPage>
  )
}
