import { FeedLinks, itemPath } from '../catalogue/index.ts'
import type { PublishedItem } from '../catalogue/index.ts'
import { LinkList, PortalPage, Sheet } from '../platform/html/index.ts'
import type { LinkItem } from '../platform/html/index.ts'
import { SearchForm } from './search-form.tsx'

/** 一个机关在首页的一处链接。 */
export interface HomeBody {
  code: string
  name: string
}

/** 最近公布的一份年度报告。 */
export interface HomeReport {
  bodyCode: string
  bodyName: string
  year: number
  publishedOn: string
}

/** 最近公开的一条信息。 */
export type HomeItem = Pick<PublishedItem, 'itemId' | 'indexNo' | 'title' | 'publishedOn'> & { bodyName: string }

export interface HomeModel {
  /** 如「武昌区」 */
  district: string
  tasks: readonly LinkItem[]
  items: readonly HomeItem[]
  reports: readonly HomeReport[]
  /** 先列的一些机关 */
  bodies: readonly HomeBody[]
  /** 全区共有几个机关 */
  bodyCount: number
}

export const reportPath = (bodyCode: string, year: number): string => `/bodies/${bodyCode}/annual-reports/${year}`
export const bodyPath = (code: string): string => `/bodies/${code}`

/** 门户首页：检索、最新公开、我要办、按机关找。 */
export const HomePage = ({ model }: { model: HomeModel }) => (
  <PortalPage
    title={`${model.district}政府信息公开`}
    description={`${model.district}各机关主动公开的政府信息、政策文件、公开指南与年度报告，可检索，可申请公开。`}
    head={<FeedLinks scope={{ kind: 'all' }} />}
    plain
  >
    <div className="hero">
      <h1>找信息，先问这里</h1>
      <p>写要找的事、文号、索引号都行；{model.district}各机关公开的正文与附件都查得到。</p>
      <SearchForm />
    </div>
    <div className="two">
      <Sheet title="最新公开" actions={<LatestLinks />}>
        {model.items.length === 0 ? (
          <p className="quiet">还没有公开的信息。形成或者变更之日起 20 个工作日内公开（条例第二十六条）；要找的可以先申请。</p>
        ) : (
          <LinkList items={model.items.map((item) => ({ label: item.title, href: itemPath(item.indexNo), note: item.bodyName, on: item.publishedOn }))} />
        )}
      </Sheet>
      <div className="stack">
        <Sheet title="我要办">
          <LinkList items={model.tasks} prominent />
        </Sheet>
        <Sheet title="最近公布的年度报告" actions={<a href="/annual-reports">各年度</a>}>
          {model.reports.length === 0 ? (
            <p className="quiet">还没有公布的年度报告。各机关应于每年一月三十一日前公布上一年度的报告（条例第四十九条）。</p>
          ) : (
            <LinkList items={model.reports.map(toReportLink)} />
          )}
        </Sheet>
      </div>
    </div>
    <section className="section" aria-labelledby="by-body">
      <h2 id="by-body">按机关找</h2>
      {model.bodies.length === 0 ? <p className="quiet">还没有录入机关。由系统管理员在工作台「机构」里录入后，这里即列出。</p> : <BodyLinks {...model} />}
    </section>
  </PortalPage>
)

const LatestLinks = () => (
  <>
    <a href="/items">全部</a> <a href="/subscribe">订阅</a>
  </>
)

const BodyLinks = ({ bodies, bodyCount }: Pick<HomeModel, 'bodies' | 'bodyCount'>) => (
  <>
    <ul className="bodies">
      {bodies.map((body) => (
        <li key={body.code}>
          <a href={bodyPath(body.code)}>{body.name}</a>
        </li>
      ))}
    </ul>
    <p className="also">
      <a href="/bodies">{bodyCount > bodies.length ? `全部 ${bodyCount} 个机关，可按名称、曾用名找` : '各机关一览，可按名称、曾用名找'}</a>
    </p>
  </>
)

const toReportLink = (report: HomeReport): LinkItem => ({
  label: `${report.bodyName} ${report.year} 年政府信息公开工作年度报告`,
  href: reportPath(report.bodyCode, report.year),
  on: report.publishedOn,
})
