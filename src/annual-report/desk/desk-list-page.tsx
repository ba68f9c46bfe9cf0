import { DataTable, DeskPage, Notice, PostButton, type ListQuery } from '../../platform/html/index.ts'
import { FlashNotice, type Flash } from '../../identity/index.ts'
import type { DistrictStanding } from '../district-standing.ts'
import { STATUSES, type Status } from '../report.ts'

export interface ReportRow {
  bodyCode: string
  bodyName: string
  year: number
  status: Status
  edition: number
  filedOn: string | null
  publishedOn: string | null
  /** 更正过的，第一版的两个日期 */
  first: { filedOn: string | null; publishedOn: string | null } | null
}

export interface ReportListModel {
  rows: readonly ReportRow[]
  total: number
  query: ListQuery
  years: readonly number[]
  /** 看全区还是只看本机关 */
  wholeDistrict: boolean
  /** 全区上一年度办到哪里；只看本机关的为 null */
  standing: DistrictStanding | null
  /** 还可以开始编制的年度；无权编制则为空 */
  openable: { code: string; years: readonly number[] } | null
  /** 本级政府的人：其报告由各机关的汇总得出 */
  government: boolean
  flash: Flash | null
}

/** 年度报告一览。 */
export function ReportListPage({ rows, total, query, years, wholeDistrict, standing, openable, government, flash }: ReportListModel) {
  const [next] = openable?.years ?? []
  return (
    <DeskPage
      title="年度报告"
      lead={government ? '各机关的报告汇总之后，编写本级政府的报告，报送上一级主管部门，每年 3 月 31 日前公布上一年度的（条例第四十九条）。' : '每年 1 月 31 日前报送区政务公开办，并向社会公布上一年度报告（条例第四十九条）。'}
      actions={
        openable !== null &&
        openable.years.map((year, i) => (
          <PostButton
            key={year}
            action={`/desk/reports/${openable.code}/${year}/open`}
            label={`开始编制 ${year} 年度报告`}
            kind={i === 0 ? 'main' : 'second'}
          />
        ))
      }
    >
      <FlashNotice flash={flash} />
      {standing !== null && <StandingNotice standing={standing} />}
      <DataTable
        caption="年度报告"
        columns={[
          { key: 'year', label: '年度', sort: true, render: (row: ReportRow) => `${row.year} 年度` },
          ...(wholeDistrict ? [{ key: 'body', label: '机关', render: (row: ReportRow) => row.bodyName }] : []),
          {
            key: 'status',
            label: '办到',
            render: (row) => `${STATUSES[row.status]}${row.edition > 1 ? `（第 ${row.edition} 版，更正）` : ''}`,
          },
          { key: 'filedOn', label: '报送', render: (row) => dateText(row.first?.filedOn, row.filedOn, '未报送') },
          { key: 'publishedOn', label: '公布', render: (row) => dateText(row.first?.publishedOn, row.publishedOn, '未公布') },
        ]}
        rows={rows}
        rowKey={(row) => `${row.bodyCode}-${row.year}`}
        rowHref={(row) => `/desk/reports/${row.bodyCode}/${row.year}`}
        list={{
          query,
          total,
          search: wholeDistrict ? '机关名称' : undefined,
          filters: [
            {
              kind: 'select',
              name: 'year',
              label: '年度',
              options: years.map((year) => ({ value: String(year), label: `${year} 年度` })),
            },
            {
              kind: 'select',
              name: 'status',
              label: '办到',
              options: Object.entries(STATUSES).map(([value, label]) => ({ value, label })),
            },
          ],
        }}
        empty={{
          title: '还没有年度报告',
          children:
            next === undefined
              ? '各机关开始编制后列在这里。'
              : government
                ? `数字由受理的各机关报告加成，先看全区汇总，再开始编制 ${next} 年度报告。`
                : `先导入台账，再开始编制 ${next} 年度报告；数字全部由台账得出。`,
          action: government ? { label: '看全区汇总', href: '/desk/roll-up' } : { label: '导入台账', href: '/desk/ledgers' },
        }}
      />
    </DeskPage>
  )
}

const dateText = (first: string | null | undefined, now: string | null, none: string): string =>
  first === null || first === undefined ? (now ?? none) : `${first}，更正版${now === null ? none : ` ${now}`}`

const MAX_NAMES = 20

function StandingNotice({ standing: { year, released, underway, missing, late } }: { standing: DistrictStanding }) {
  const left = underway + missing.length
  return (
    <Notice
      tone={left === 0 ? 'ok' : late ? 'warn' : 'info'}
      title={`${year} 年度：应有 ${released + left} 份，已报送并公布 ${released} 份，在办 ${underway} 份，还没有开始 ${missing.length} 份`}
    >
      {missing.length > 0 && `还没有开始的：${missing.slice(0, MAX_NAMES).join('、')}${missing.length > MAX_NAMES ? '等' : ''}。`}
      {left > 0 && late && '报送、公布的期限已过（条例第四十九条）。'}
      <a href={`/desk/filings/${year}`}>逐家看收集到哪里</a>
    </Notice>
  )
}
