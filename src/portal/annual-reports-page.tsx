import { Fragment } from 'react'
import { DataTable, LinkList, PortalPage } from '../platform/html/index.ts'
import type { Column } from '../platform/html/index.ts'
import { bodyPath, reportPath } from './home-page.tsx'
import type { HomeReport } from './home-page.tsx'

export interface ReportsModel {
  /** 所看的年度 */
  year: number
  /** 可以看的各年度，新的在前；其中可以有一份也没有公布的 */
  years: readonly number[]
  /** 该年度已公布的报告；全区的另列 */
  reports: readonly HomeReport[]
  /** 本级政府公布的全区的报告；没有公布的为 null */
  district: HomeReport | null
  /** 还没有公布全区的报告，至迟哪一日公布；没有登记本级政府的、已公布的为 null */
  districtDueOn: string | null
  /** 该年度应当公布而没有公布的机关 */
  missing: readonly { code: string; name: string }[]
  /** 该年度之内撤销，没有另编报告的机关 */
  ended: readonly { code: string; name: string; abolishedOn: string | null }[]
  /** 还没有一份公布，公布的期限也没有到的，至哪一日；其余为 null */
  dueOn: string | null
}

const COLUMNS: readonly Column<HomeReport>[] = [
  { key: 'body', label: '机关', render: (report) => report.bodyName },
  { key: 'on', label: '公布日期', align: 'end', render: (report) => <time dateTime={report.publishedOn}>{report.publishedOn}</time> },
]

/** 各机关的年度报告：`/annual-reports?year=`。缺的也列出来，不悄悄略去。 */
export function AnnualReportsPage({ model }: { model: ReportsModel }) {
  return (
    <PortalPage title="政府信息公开年度报告" crumbs={[{ label: '首页', href: '/' }]} lead={model.missing.length > 0 ? <Missing {...model} count={model.missing.length} /> : undefined}>
      <nav aria-label="年度">
        <ul className="years">
          {model.years.map((year) => (
            <li key={year}>
              <a href={`/annual-reports?year=${year}`} aria-current={year === model.year ? 'page' : undefined}>
                {year} 年
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {model.dueOn === null && (
        <p className="beneath">
          <a href={`/annual-reports/filings/${model.year}`}>{model.year} 年度的报送登记簿</a>：各机关何时报送主管部门、何时受理，谁迟了。
        </p>
      )}
      <p className="beneath">
        手里有两份报告的，<a href="/check/difference">逐格、逐句比较</a>。
      </p>
      {model.district !== null && (
        <section className="section" aria-labelledby="district">
          <h2 id="district">全区的报告</h2>
          <LinkList
            items={[
              {
                label: `${model.district.bodyName}${model.year}年政府信息公开工作年度报告`,
                href: `/annual-reports/district/${model.year}`,
                on: model.district.publishedOn,
                note: '由各机关的报告逐格相加，写明汇总了哪些、缺哪些；表里的数点开看各机关',
              },
            ]}
          />
        </section>
      )}
      {model.districtDueOn !== null && <p className="beneath">全区 {model.year} 年度的报告应当在 {model.districtDueOn} 前公布（条例第四十九条），还没有公布。</p>}
      <section className="section" aria-labelledby="published">
        <h2 id="published">各机关 {model.year} 年度已公布 {model.reports.length} 份</h2>
        <DataTable
          caption={`${model.year} 年度已公布的年度报告`}
          columns={COLUMNS}
          rows={model.reports}
          rowKey={(report) => report.bodyCode}
          rowHref={(report) => reportPath(report.bodyCode, report.year)}
          empty={{ title: `${model.year} 年度还没有公布的报告`, children: model.missing.length > 0 ? '等哪些机关公布，列在下面。' : '请在上方另选一个年度。' }}
        />
      </section>
      {model.missing.length > 0 && (
        <section className="section prose" aria-labelledby="missing">
          <h2 id="missing">{model.dueOn === null ? '尚未在本站公布的' : '等待公布的'} {model.missing.length} 个机关</h2>
          <p><Names bodies={model.missing} /></p>
        </section>
      )}
      {model.ended.length > 0 && (
        <section className="section prose" aria-labelledby="ended">
          <h2 id="ended">{model.year} 年之内撤销的 {model.ended.length} 个机关</h2>
          {model.ended.map((body) => (
            <p key={body.code}>
              <Names bodies={[body]} />，{body.abolishedOn} 撤销。
            </p>
          ))}
        </section>
      )}
    </PortalPage>
  )
}

const Missing = ({ year, count, dueOn }: { year: number; count: number; dueOn: string | null }) => (
  <>
    {dueOn !== null && `${year} 年度的报告应当在 ${dueOn} 前公布，期限还没有到。`}
    {year} 年度还有 <a href="#missing">{count} 个机关没有在本站公布</a>。
  </>
)

const Names = ({ bodies }: { bodies: readonly { code: string; name: string }[] }) =>
  bodies.map(({ code, name }, i) => (
    <Fragment key={code}>
      {i > 0 && '、'}
      <a href={bodyPath(code)}>{name}</a>
    </Fragment>
  ))
