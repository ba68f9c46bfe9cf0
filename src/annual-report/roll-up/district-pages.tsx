import { DataTable, PortalPage, Sheet, type ListQuery } from '../../platform/html/index.ts'
import type { PublishedCell } from './published-parts.ts'
import type { Summed } from './summed.ts'

/** 全区的报告由哪些机关的报告加成，缺哪些。 */
export function SummedSheet({ summed: { parts, absent }, reports }: { summed: Summed; reports: ReadonlyMap<string, string> }) {
  const filed = parts.filter(({ round }) => round > 0)
  const own = parts.find(({ round }) => round === 0)
  return (
    <Sheet title="由哪些报告汇总">
      <p className="quiet">
        {filed.length} 个机关的报告之和{own !== undefined && '，加本级政府自己的数据'}；表里的数点开看各机关。
      </p>
      <details>
        <summary>汇总的 {filed.length} 个机关</summary>
        <ul>
          {filed.map(({ bodyId, bodyName }) => {
            const href = reports.get(bodyId)
            return <li key={bodyId}>{href === undefined ? bodyName : <a href={href}>{bodyName}</a>}</li>
          })}
        </ul>
      </details>
      {absent.length > 0 && (
        <>
          <p>没有汇总的 {absent.length} 个：</p>
          <ul>
            {absent.map(({ bodyName, reason }) => (
              <li key={bodyName}>
                {bodyName}
                {reason !== '' && <span className="quiet">：{reason}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Sheet>
  )
}

export interface DistrictCellModel {
  year: number
  label: string
  value: number | null
  bodyName: string
  rows: readonly PublishedCell[]
  query: ListQuery
  total: number
}

/** 全区的一格：各机关公布的报告里各是多少。 */
export const DistrictCellPage = ({ year, label, value, bodyName, rows, query, total }: DistrictCellModel) => (
  <PortalPage
    title={`${label} - ${year} 年全区`}
    heading={label}
    crumbs={[
      { label: '首页', href: '/' },
      { label: '年度报告', href: '/annual-reports' },
      { label: `${bodyName} ${year} 年`, href: `/annual-reports/district/${year}` },
    ]}
    lead={`${year} 年全区合计${value === null ? '没有数' : ` ${value.toLocaleString('en-US')}`}。各机关的数取自各自公布的报告。`}
  >
    <DataTable
      caption={`${label}：各机关`}
      columns={[
        { key: 'name', label: '机关', sort: true, render: (row: PublishedCell) => (row.href === null ? row.bodyName : <a href={row.href}>{row.bodyName}</a>) },
        { key: 'value', label: '数', align: 'end', sort: true, render: (row) => (row.value === null ? '未在本站公布' : row.value.toLocaleString('en-US')) },
      ]}
      rows={rows}
      rowKey={({ bodyId }) => bodyId}
      list={{ query, total, search: '机关名称' }}
      empty={{ title: '没有汇总任何机关' }}
    />
  </PortalPage>
)
