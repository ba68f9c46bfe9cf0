import { Hono, type Context } from 'hono'
import { listPublished, owesReport, type PublishedReport } from '../annual-report/index.ts'
import { districtName, getBodyByCode, listBodies } from '../bodies/index.ts'
import { countFacets, GENRES, listNewestItems, pickItems, PUBLICATION_CODES, toBrowseFilter, TOPICS } from '../catalogue/index.ts'
import type { BrowseFilter } from '../catalogue/index.ts'
import { publicPage, rateLimit } from '../platform/http/index.ts'
import { parseListQuery, renderPage } from '../platform/html/index.ts'
import { yearOf } from '../statute/plain-date.ts'
import { AnnualReportsPage } from './annual-reports-page.tsx'
import { portalColumnRoutes } from './column-routes.tsx'
import { HomePage } from './home-page.tsx'
import { ItemsPage } from './items-page.tsx'
import { AccessibilityPage, PrivacyPage } from './small-print-pages.tsx'

/** 门户：首页、机关专栏、年度报告一览、小字各页。 */
export const portalRoutes = new Hono()

portalRoutes.route('/', portalColumnRoutes)

const TASKS = [
  { label: '查政策文件', href: '/policies', note: '按年度、机关、主题找，写明现在有没有效' },
  { label: '申请公开政府信息', href: '/apply', note: '分步填写，不用登录，不问用途' },
  { label: '查询申请进度', href: '/applications/track', note: '凭登记号与查询码；补正、撤回也在这里' },
  { label: '投诉与反映', href: '/complain', note: '没有依法公开、没有依法答复的，可以提出；可以匿名' },
  { label: '看各机关的年度报告', href: '/annual-reports', note: '每年 1 月 31 日前公布；谁迟了，登记簿里写明' },
  { label: '核查一份年度报告', href: '/check', note: '勾稽关系、格式、文表一致，不留存；也可以比较两份' },
]

portalRoutes.get('/', (c) => publicPage(c, () => homePage(c)))

const LATEST_ITEMS = 10
const LATEST_REPORTS = 4
const MOST_BODIES = 60

async function homePage(c: Context) {
  const { db } = c.get('deps')
  const [district, bodies, reports, items] = await Promise.all([
    c.get('whileUnchanged')('district-name', () => districtName(db)),
    listBodies(db, { includeAbolished: true }),
    listPublished(db),
    listNewestItems(db, LATEST_ITEMS),
  ])
  const names = new Map(bodies.map((body) => [body.bodyId, body.name]))
  const standing = bodies.filter(({ abolishedOn }) => abolishedOn === null)
  return renderPage(
    c,
    <HomePage
      model={{
        district,
        tasks: TASKS,
        items: items.map((item) => ({ ...item, bodyName: names.get(item.bodyId) ?? '' })),
        reports: reports.toSorted(byRecency).slice(0, LATEST_REPORTS),
        bodies: standing.slice(0, MOST_BODIES),
        bodyCount: standing.length,
      }}
    />,
  )
}

// 先看公布之日，同日的再看年度、代码
const byRecency = (a: PublishedReport, b: PublishedReport): number =>
  compare(b.publishedOn, a.publishedOn) || b.year - a.year || compare(a.bodyCode, b.bodyCode)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

portalRoutes.get('/annual-reports', (c) => publicPage(c, () => annualReportsPage(c)))

async function annualReportsPage(c: Context) {
  const { db, clock } = c.get('deps')
  const all = await listPublished(db)
  const latest = Math.max(...all.map((report) => report.year))
  const last = yearOf(clock.today()) - 1
  // 不带年度的一页存着，不可依据时刻：公布过的之后只接一个年度；写明年度的不存，接到上一年
  const newest = c.req.query('year') === undefined && all.length > 0 ? latest + 1 : Math.max(latest + 1, last)
  if (all.length === 0) c.set('publicVersion', undefined)
  const oldest = Math.min(...all.map((report) => report.year), newest)
  const years = Array.from({ length: newest - oldest + 1 }, (_, n) => newest - n)
  const asked = Number(c.req.query('year'))
  const year = years.includes(asked) ? asked : all.length > 0 ? latest : newest
  const [dueOn, districtDueOn] = [`${year + 1}-01-31`, `${year + 1}-03-31`]
  const bodies = await listBodies(db, { includeAbolished: true })
  const governments = new Set(bodies.filter(({ kind }) => kind === 'government').map(({ bodyId }) => bodyId))
  const ofYear = all.filter((report) => report.year === year)
  const reports = ofYear.filter(({ bodyId }) => !governments.has(bodyId))
  const district = ofYear.find(({ bodyId }) => governments.has(bodyId)) ?? null
  const has = new Set(reports.map((report) => report.bodyId))
  const without = bodies.filter((body) => !has.has(body.bodyId))
  const missing = without.filter((body) => owesReport(body, year))
  const ended = without.filter(({ kind, abolishedOn }) => kind !== 'government' && abolishedOn?.startsWith(`${year}-`) === true)
  return renderPage(c, <AnnualReportsPage model={{ year, years, reports, district, districtDueOn: governments.size > 0 && district === null && reports.length > 0 ? districtDueOn : null, missing, ended, dueOn: reports.length === 0 && clock.today() <= dueOn ? dueOn : null }} />)
}

const ITEMS = {
  sorts: ['on'],
  defaultSort: '-on',
  filters: { year: 'year', code: Object.keys(PUBLICATION_CODES), topic: Object.keys(TOPICS), genre: Object.keys(GENRES), validity: ['valid', 'expired'] },
  size: 50,
} as const

// 写了字的每次都要数一遍
portalRoutes.get('/items', rateLimit({ burst: 60, perMinute: 90 }), (c) => publicPage(c, () => allItemsPage(c)))

async function allItemsPage(c: Context) {
  const { db } = c.get('deps')
  const bodies = await listBodies(db, { includeAbolished: true })
  const query = parseListQuery(c.req.url, { ...ITEMS, filters: { body: bodies.map(({ code }) => code), ...ITEMS.filters } })
  const chosen = bodies.find(({ code }) => code === query.filters['body'])
  const filter = { ...toBrowseFilter(query), ...(chosen !== undefined && { body: chosen.bodyId }) }
  const items = await pickItems(db, filter, { limit: query.size, offset: query.offset, descending: query.descending })
  const counted = await countedItems(c, filter)
  return renderPage(c, <ItemsPage body={null} bodies={new Map(bodies.map((body) => [body.bodyId, body]))} items={items} {...counted} query={query} />)
}

portalRoutes.get('/bodies/:code/items', (c) => publicPage(c, () => itemsPage(c)))

async function itemsPage(c: Context) {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code') ?? '')
  const query = parseListQuery(c.req.url, ITEMS)
  const filter = { bodyId: body.bodyId, ...toBrowseFilter(query) }
  const items = await pickItems(db, filter, { limit: query.size, offset: query.offset, descending: query.descending })
  return renderPage(c, <ItemsPage body={body} bodies={new Map()} items={items} {...(await countedItems(c, filter))} query={query} />)
}

// 各面的件数要把范围内的行过一遍：翻页、换排序不必重数，数据变了才重数。写了字的花样无数，不存
function countedItems(c: Context, filter: BrowseFilter): ReturnType<typeof countFacets> {
  const count = () => countFacets(c.get('deps').db, filter)
  return filter.text === undefined ? c.get('whileUnchanged')(`items counted ${JSON.stringify(filter)}`, count) : count()
}

portalRoutes.get('/accessibility', (c) => publicPage(c, () => renderPage(c, <AccessibilityPage />)))
portalRoutes.get('/privacy', (c) => publicPage(c, () => renderPage(c, <PrivacyPage />)))
