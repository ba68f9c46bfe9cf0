import { DataTable, DeskPage, Notice, type ListQuery } from '../../platform/html/index.ts'
import { FILING_STATUSES } from '../collection/filing.ts'
import { rollUpPath } from './roll-up-place.ts'
import { GROUPS, GROUP_KEYS, type Absent, type GroupKey, type RollUpPart } from './roll-up.ts'

/** 一格里的一家；缺报的没有数，也列着。 */
export interface CellPart {
  bodyId: string
  bodyCode: string
  bodyName: string
  group: GroupKey
  value: number | null
  /** 这个数从哪里来，点开去哪里 */
  source: string
  href: string
}

export interface CellPageModel {
  year: number
  label: string
  value: number | null
  rows: readonly CellPart[]
  query: ListQuery
  total: number
  /** 空着这一格的各家 */
  unknown: readonly string[]
  absent: number
  /** 看得到各机关的报告与记录；编写区政府报告的人只看得到数，不给点不开的链接 */
  mayOpen: boolean
}

const SOURCES = { system: '本系统的记录', upload: '上传的报告', records: '区政府本级的台账' } as const

export const toCellPart = (year: number, code: string, part: RollUpPart, value: number | null): CellPart => ({
  ...part,
  value,
  source: SOURCES[part.source],
  href: part.source === 'upload' ? `/desk/filings/${part.bodyCode}/${year}` : `/desk/reports/${part.bodyCode}/${year}/${part.source === 'records' ? 'own-cells' : 'cells'}/${code}`,
})

export const toAbsentPart = (year: number, absent: Absent, group: GroupKey): CellPart => ({
  ...absent,
  group,
  value: null,
  source: `没有加进来（${FILING_STATUSES[absent.status]}）`,
  href: `/desk/filings/${absent.bodyCode}/${year}`,
})

/** 全区的一格由哪些机关加成；每家再点开到它的记录。 */
export function RollUpCellPage({ year, label, value, rows, query, total, unknown, absent, mayOpen }: CellPageModel) {
  return (
    <DeskPage
      title={`${label} - ${year} 年度全区汇总`}
      heading={label}
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        { label: `${year} 年度全区汇总`, href: rollUpPath(year) },
      ]}
      lead={`各家之和${mayOpen ? '；点开一家，到它所计的记录，上传的到它报来的报告' : '；各家所计的记录由各家与区政务公开办看'}。${absent === 0 ? '' : `缺报的 ${absent} 家没有数，也列在表里。`}`}
      status={<span className="due-on">{value === null ? '算不出' : value.toLocaleString('en-US')}</span>}
    >
      {unknown.length > 0 && (
        <Notice tone="warn" title={`${unknown.length} 家空着这一格，故算不出`}>
          {unknown.slice(0, 20).join('、')}
        </Notice>
      )}
      <DataTable
        caption={`${label}：各机关`}
        columns={[
          { key: 'name', label: '机关', sort: true, render: (row: CellPart) => row.bodyName },
          { key: 'group', label: '类别', render: (row) => GROUPS[row.group].label },
          { key: 'value', label: '数', align: 'end', sort: true, render: (row) => (row.value === null ? '—' : row.value.toLocaleString('en-US')) },
          { key: 'share', label: '占全区', align: 'end', render: (row) => (row.value === null || value === null || value <= 0 ? '—' : `${((100 * row.value) / value).toFixed(1)}%`) },
          { key: 'source', label: '来处', render: (row) => row.source },
        ]}
        rows={rows}
        rowKey={({ bodyId }) => bodyId}
        {...(mayOpen && { rowHref: ({ href }: CellPart) => href })}
        list={{ query, total, search: '机关名称', filters: [{ kind: 'select', name: 'group', label: '类别', options: GROUP_KEYS.map((key) => ({ value: key, label: GROUPS[key].label })) }] }}
        empty={{ title: '还没有受理的报告', children: '受理之后，各家的数列在这里。', action: { label: '去审核', href: `/desk/filings?year=${year}` } }}
      />
    </DeskPage>
  )
}
