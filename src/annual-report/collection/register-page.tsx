import { DataTable, EmptyState, PortalPage, Sheet, Tag, type ListQuery } from '../../platform/html/index.ts'
import type { Filer, NonFiler } from './filings.ts'
import { FILER_KINDS, kindOf, type Standing } from './standing.ts'

export interface RegisterPageModel {
  year: number
  years: readonly number[]
  due: { dueOn: string }
  standing: Standing
  rows: readonly Filer[]
  total: number
  query: ListQuery
  others: readonly NonFiler[]
}

/** 公众所见：应报的各机关何时报送、受理、公布，谁迟了、谁没有报；不报的写明缘故。 */
export function RegisterPage({ year, years, due, standing, rows, total, query, others }: RegisterPageModel) {
  const unlisted = others.filter(({ because }) => because.why !== 'not-yet')
  return (
    <PortalPage
      title={`${year} 年度报告的报送登记簿`}
      description={`各机关 ${year} 年度政府信息公开工作年度报告何时报送、受理、公布。`}
      crumbs={CRUMBS}
      lead={`各机关应于 ${due.dueOn} 前向主管部门提交并向社会公布 ${year} 年度报告（条例第四十九条）。应报 ${standing.total} 家，已报 ${standing.filed} 家，受理 ${standing.accepted} 家；迟报 ${standing.lateFiled} 家，逾期未报 ${standing.overdue} 家。`}
    >
      <DataTable
        caption={`${year} 年度报告的报送`}
        columns={[
          { key: 'name', label: '机关', sort: true, render: (row: Filer) => <Name filer={row} /> },
          { key: 'kind', label: '种类', render: (row) => FILER_KINDS[kindOf(row)] },
          { key: 'filedOn', label: '报送', sort: true, nowrap: true, render: (row) => row.filedOn ?? '—' },
          { key: 'acceptedOn', label: '受理', sort: true, nowrap: true, render: (row) => row.acceptedOn ?? '—' },
          { key: 'published', label: '公布', nowrap: true, render: (row) => <Published filer={row} /> },
          { key: 'state', label: '情况', render: (row) => <State filer={row} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.bodyId}
        list={{
          query,
          total,
          search: '机关名称、曾用名',
          filters: [
            { kind: 'select', name: 'status', label: '情况', options: [{ value: 'settled', label: '已受理' }, { value: 'missing', label: '没有报' }, { value: 'late', label: '迟报、逾期未报' }] },
            { kind: 'select', name: 'kind', label: '种类', options: Object.entries(FILER_KINDS).map(([value, label]) => ({ value, label })) },
          ],
        }}
        empty={{ title: `${year} 年度没有应报的机关`, action: { label: '看已公布的年度报告', href: '/annual-reports' } }}
      />
      {unlisted.length > 0 && (
        <Sheet title="不单独报送的机构">
          <ul>
            {unlisted.map((one) => (
              <li key={one.bodyId}>
                {one.name}：{one.because.words}
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      <OtherYears years={years.filter((one) => one !== year)} />
    </PortalPage>
  )
}

const CRUMBS = [
  { label: '首页', href: '/' },
  { label: '年度报告', href: '/annual-reports' },
]

/** 没有在本系统报送过的年度：没有登记，谁也不写成没有报。 */
export const NoRegisterPage = ({ year, years }: { year: number; years: readonly number[] }) => (
  <PortalPage title={`${year} 年度报告的报送登记簿`} crumbs={CRUMBS}>
    <EmptyState title={`${year} 年度的报送没有在本站登记`} action={{ label: '看已公布的年度报告', href: '/annual-reports' }}>
      各机关那一年的报告不是在本站报送的；没有登记，不等于没有报。
    </EmptyState>
    <OtherYears years={years} />
  </PortalPage>
)

const OtherYears = ({ years }: { years: readonly number[] }) =>
  years.length > 0 && (
    <p className="also beneath">
      其他年度：
      {years.map((one) => (
        <a key={one} className="whole" href={`/annual-reports/filings/${one}`}>
          {one} 年度
        </a>
      ))}
    </p>
  )

const Name = ({ filer }: { filer: Filer }) => (
  <>
    {filer.name}
    {filer.currentName !== filer.name && <small>（现名{filer.currentName}）</small>}
    {filer.because.words !== '' && <small>（{filer.because.words}）</small>}
    {filer.absorbed.length > 0 && <small>（含并入的{filer.absorbed.map(({ name }) => name).join('、')}）</small>}
  </>
)

const Published = ({ filer: { publishedOn, publishedAt } }: { filer: Filer }) =>
  publishedAt === null ? (
    <>—</>
  ) : (
    <a href={publishedAt} rel={publishedAt.startsWith('/') ? undefined : 'external noopener'}>
      {publishedOn ?? '查看'}
    </a>
  )

// 退回修改是审核中的往来，公众只看得到还在审核
function State({ filer: { status, filedOn, late } }: { filer: Filer }) {
  if (filedOn === null) return late ? <Tag tone="late">逾期未报</Tag> : <Tag>未报</Tag>
  return (
    <>
      {late && <Tag tone="late">迟报</Tag>} {status === 'filed' || status === 'returned' ? <Tag tone="wait">审核中</Tag> : <Tag tone="ok">已受理</Tag>}
    </>
  )
}
