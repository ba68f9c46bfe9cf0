import { DataTable, LinkList, PortalPage, Sheet } from '../platform/html/index.ts'
import type { Column, LinkItem } from '../platform/html/index.ts'

/** 一个机关在首页的一行。 */
export interface HomeBody {
  code: string
  name: string
  /** 已公布年度报告的年度，新的在前 */
  reportYears: readonly number[]
  /** 最近一次公布年度报告的日子；没有则为 null */
  lastPublishedOn: string | null
}

/** 最近公布的一份年度报告。 */
export interface HomeReport {
  bodyCode: string
  bodyName: string
  year: number
  publishedOn: string
}

export interface HomeModel {
  /** 如「武昌区」 */
  district: string
  /** 已有检索页时才给；其他模块建成后由它们补上「我要办」 */
  hasSearch: boolean
  tasks: readonly LinkItem[]
  reports: readonly HomeReport[]
  bodies: readonly HomeBody[]
}

export const reportPath = (bodyCode: string, year: number): string => `/bodies/${bodyCode}/annual-reports/${year}`
export const bodyPath = (code: string): string => `/bodies/${code}`

/** 门户首页：我要办、最近公布的年度报告、按机关找。 */
export function HomePage({ model }: { model: HomeModel }) {
  return (
    <PortalPage title={`${model.district}政府信息公开`} description={`${model.district}各机关的政府信息公开年度报告`} plain>
      <Hero district={model.district} hasSearch={model.hasSearch} />
      <div className="two">
        <Sheet title="我要办">
          <LinkList items={model.tasks} prominent />
        </Sheet>
        <Sheet title="最近公布的年度报告">
          {model.reports.length === 0 ? (
            <p className="quiet">还没有公布的年度报告。各机关应于每年一月三十一日前公布上一年度的报告（条例第四十九条）。</p>
          ) : (
            <LinkList items={model.reports.map(toReportLink)} />
          )}
        </Sheet>
      </div>
      <section className="section" aria-labelledby="by-body">
        <h2 id="by-body">按机关找</h2>
        <BodiesTable bodies={model.bodies} />
      </section>
    </PortalPage>
  )
}

function Hero({ district, hasSearch }: { district: string; hasSearch: boolean }) {
  if (!hasSearch) {
    return (
      <div className="hero">
        <h1>每一个数，都有出处</h1>
        <p>{district}各机关的政府信息公开年度报告，由台账逐件数出。可按机关、按年度查阅，也可交来任何一份报告当场核查。</p>
      </div>
    )
  }
  return (
    <div className="hero">
      <h1>找信息，先问这里</h1>
      <p>可输入内容、文号或索引号</p>
      <search>
        <form className="find" action="/search">
          <input type="search" name="q" aria-label="检索政府信息" maxLength={100} />
          <button className="btn">检索</button>
        </form>
      </search>
    </div>
  )
}

const toReportLink = (report: HomeReport): LinkItem => ({
  label: `${report.bodyName} ${report.year} 年政府信息公开工作年度报告`,
  href: reportPath(report.bodyCode, report.year),
  on: report.publishedOn,
})

const COLUMNS: readonly Column<HomeBody>[] = [
  { key: 'name', label: '机关', render: (body) => body.name },
  { key: 'years', label: '年度报告', render: (body) => <Years body={body} /> },
  {
    key: 'last',
    label: '最近公布',
    align: 'end',
    render: (body) => (body.lastPublishedOn === null ? '—' : <time dateTime={body.lastPublishedOn}>{body.lastPublishedOn}</time>),
  },
]

function Years({ body }: { body: HomeBody }) {
  if (body.reportYears.length === 0) return '尚未公布'
  return (
    <span className="years">
      {body.reportYears.slice(0, 3).map((year) => (
        <a key={year} href={reportPath(body.code, year)} aria-label={`${body.name} ${year} 年度报告`}>
          {year}
        </a>
      ))}
      {body.reportYears.length > 3 && <span className="quiet">等 {body.reportYears.length} 年</span>}
    </span>
  )
}

/** 机关一览，首页与 `/bodies` 共用。 */
export const BodiesTable = ({ bodies }: { bodies: readonly HomeBody[] }) => (
  <DataTable
    caption="各机关及其年度报告"
    columns={COLUMNS}
    rows={bodies}
    rowKey={(body) => body.code}
    rowHref={(body) => bodyPath(body.code)}
    empty={{ title: '还没有录入机关', children: '由系统管理员在工作台「机构」里录入后，这里即列出。' }}
  />
)
