import { Hono, type Context } from 'hono'
import { listPublished, type PublishedReport } from '../annual-report/index.ts'
import { countAnsweredRequests } from '../applications/index.ts'
import { districtName, getBodyByCode, listBodies, listNames } from '../bodies/index.ts'
import { countPublishedItems, listPublishedItems, listPublishedYears } from '../catalogue/index.ts'
import { publicPage } from '../platform/http/index.ts'
import { parseListQuery, renderPage } from '../platform/html/index.ts'
import { AnnualReportsPage } from './annual-reports-page.tsx'
import { BodyPage } from './body-page.tsx'
import { HomePage, type HomeBody } from './home-page.tsx'
import { ItemsPage } from './items-page.tsx'
import { AccessibilityPage, PrivacyPage } from './small-print-pages.tsx'

/** 门户：首页、机关专栏、年度报告一览、小字各页。 */
export const portalRoutes = new Hono()

const TASKS = [
  { label: '申请公开政府信息', href: '/apply', note: '分步填写，不用登录，不问用途' },
  { label: '查询申请进度', href: '/applications/track', note: '凭登记号与查询码；补正、撤回也在这里' },
  { label: '看各机关的年度报告', href: '/annual-reports', note: '每年 1 月 31 日前公布，可下载 PDF、DOCX、XLSX' },
  { label: '核查一份年度报告', href: '/check', note: '勾稽关系、格式、文表一致，即查即得，不留存' },
]

portalRoutes.get('/', (c) => publicPage(c, () => homePage(c)))

async function homePage(c: Context) {
  const { db } = c.get('deps')
  const [district, bodies, published] = await Promise.all([
    c.get('whileUnchanged')('district-name', () => districtName(db)),
    listBodies(db),
    listPublished(db),
  ])
  const byBody = Map.groupBy(published, (report) => report.bodyId)
  return renderPage(
    c,
    <HomePage
      model={{
        district,
        hasSearch: false,
        tasks: TASKS,
        reports: published.toSorted(byRecency).slice(0, LATEST),
        bodies: bodies.map((body) => toHomeBody(body, byBody.get(body.bodyId) ?? [])),
      }}
    />,
  )
}

const LATEST = 6

// 先看公布之日，同日的再看年度、代码
const byRecency = (a: PublishedReport, b: PublishedReport): number =>
  compare(b.publishedOn, a.publishedOn) || b.year - a.year || compare(a.bodyCode, b.bodyCode)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const toHomeBody = (body: { code: string; name: string }, reports: readonly PublishedReport[]): HomeBody => ({
  code: body.code,
  name: body.name,
  reportYears: reports.map((report) => report.year),
  lastPublishedOn: reports.map((report) => report.publishedOn).toSorted().at(-1) ?? null,
})

portalRoutes.get('/annual-reports', (c) => publicPage(c, () => annualReportsPage(c)))

async function annualReportsPage(c: Context) {
  const { db } = c.get('deps')
  const all = await listPublished(db)
  const years = [...new Set(all.map((report) => report.year))].toSorted((a, b) => b - a)
  const asked = Number(c.req.query('year'))
  const year = years.includes(asked) ? asked : (years[0] ?? asked)
  const reports = all.filter((report) => report.year === year)
  const has = new Set(reports.map((report) => report.bodyId))
  const missing = (await listBodies(db)).filter((body) => !has.has(body.bodyId) && body.kind !== 'government')
  return renderPage(c, <AnnualReportsPage model={{ year, years, reports, missing }} />)
}

portalRoutes.get('/bodies/:code', (c) => publicPage(c, () => bodyPage(c)))

async function bodyPage(c: Context) {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code') ?? '')
  const [names, reports, items, answered] = await Promise.all([
    listNames(db, body.bodyId),
    listPublished(db, { bodyId: body.bodyId }),
    countPublishedItems(db, body.bodyId),
    countAnsweredRequests(db, body.bodyId),
  ])
  return renderPage(
    c,
    <BodyPage
      body={{
        code: body.code,
        name: body.name,
        formerNames: names
          .filter((one) => one.kind === 'official' && one.to !== null)
          .map((one) => ({ name: one.name, until: one.to })),
        parts: [
          ...(body.abolishedOn === null ? [{ label: '申请公开政府信息', href: `/apply/${body.code}`, note: '向本机关申请没有主动公开的' }] : []),
          ...(items === 0 ? [] : [{ label: `主动公开的政府信息（${items} 条）`, href: `/bodies/${body.code}/items`, note: '按公开日期排列，可检索' }]),
          ...(answered === 0 ? [] : [{ label: `答复过的申请（${answered} 件）`, href: `/bodies/${body.code}/answered-requests`, note: '公众关心的答复，已去掉个人信息，可检索' }]),
        ],
        contact: [],
        reports: reports.map((report) => ({
          year: report.year,
          publishedOn: report.publishedOn,
          corrected: report.edition > 1,
        })),
      }}
    />,
  )
}

const ITEMS = { sorts: ['on'], defaultSort: '-on', filters: { year: 'year' }, size: 50 } as const

portalRoutes.get('/bodies/:code/items', (c) => publicPage(c, () => itemsPage(c)))

async function itemsPage(c: Context) {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code') ?? '')
  const query = parseListQuery(c.req.url, ITEMS)
  const year = query.filters['year']
  const found = await listPublishedItems(db, {
    bodyId: body.bodyId,
    text: query.q,
    limit: query.size,
    offset: query.offset,
    ...(year === undefined ? {} : { year: Number(year) }),
  })
  const years = await listPublishedYears(db, body.bodyId)
  return renderPage(c, <ItemsPage body={body} {...found} query={query} years={years} />)
}

portalRoutes.get('/accessibility', (c) => publicPage(c, () => renderPage(c, <AccessibilityPage />)))
portalRoutes.get('/privacy', (c) => publicPage(c, () => renderPage(c, <PrivacyPage />)))
