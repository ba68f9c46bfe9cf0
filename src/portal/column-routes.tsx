import { Hono } from 'hono'
import type { Context } from 'hono'
import { listPublished } from '../annual-report/index.ts'
import { countAnsweredRequests } from '../applications/index.ts'
import { countBodies, districtName, getBodyByCode, listBodies, listNames, listRelations } from '../bodies/index.ts'
import type { Body } from '../bodies/index.ts'
import { countByHeading, countItemsOfBodies, countRules, fieldOf, findShownPart, itemPath, listPublishedItems, listShownDays, listYearlyTotals } from '../catalogue/index.ts'
import { parseListQuery, renderPage } from '../platform/html/index.ts'
import { publicPage } from '../platform/http/index.ts'
import { BodiesPage } from './bodies-page.tsx'
import { BodyPage } from './body-page.tsx'
import { PowersPage } from './powers-page.tsx'

/** 门户：各机关一览，一个机关专栏的首页，行政权力数据。 */
export const portalColumnRoutes = new Hono()

const BODIES = { sorts: ['sort'], defaultSort: 'sort', filters: { status: ['active'] }, size: 50 } as const

portalColumnRoutes.get('/bodies', (c) => publicPage(c, () => bodiesPage(c)))

async function bodiesPage(c: Context) {
  const { db } = c.get('deps')
  const query = parseListQuery(c.req.url, BODIES)
  const filter = { text: query.q, includeAbolished: query.filters['status'] === undefined }
  const [district, bodies, total, reports] = await Promise.all([districtName(db), listBodies(db, { ...filter, limit: query.size, offset: query.offset }), countBodies(db, filter), listPublished(db)])
  const ids = bodies.map(({ bodyId }) => bodyId)
  const [items, guides] = await Promise.all([countItemsOfBodies(db, ids), listShownDays(db, 'guide', ids)])
  const years = Map.groupBy(reports, ({ bodyId }) => bodyId)
  const rows = bodies.map((body) => ({
    body,
    items: items.get(body.bodyId) ?? 0,
    guideOn: guides.get(body.bodyId) ?? null,
    reportYear: (years.get(body.bodyId) ?? []).reduce<number | null>((latest, { year }) => Math.max(latest ?? year, year), null),
  }))
  return renderPage(c, <BodiesPage {...{ district, rows, total, query }} />)
}

portalColumnRoutes.get('/bodies/:code', (c) => publicPage(c, () => bodyPage(c)))

const LATEST = 6

async function bodyPage(c: Context) {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code') ?? '')
  const { bodyId, code, name, abolishedOn } = body
  const [names, relations, reports, items, headings, rules, answered] = await Promise.all([
    listNames(db, bodyId),
    listRelations(db, bodyId),
    listPublished(db, { bodyId }),
    listPublishedItems(db, { bodyId, block: 'statutory', limit: LATEST, offset: 0 }),
    countByHeading(db, bodyId),
    countRules(db, bodyId),
    countAnsweredRequests(db, bodyId),
  ])
  const [guide, institution, channels, powers] = await Promise.all([
    findShownPart(db, bodyId, 'guide'),
    findShownPart(db, bodyId, 'institution'),
    findShownPart(db, bodyId, 'channels'),
    listYearlyTotals(db, bodyId, reports.map(({ year }) => year)),
  ])
  const contact = guide === null ? [] : CONTACT.map(([key, label]) => [label, fieldOf(guide.content, key)] as const).filter(([, value]) => value !== '')
  return renderPage(
    c,
    <BodyPage
      body={{
        code,
        name,
        abolishedOn,
        formerNames: names.filter((one) => one.kind === 'official' && one.to !== null).map((one) => ({ name: one.name, until: one.to })),
        successors: abolishedOn === null ? [] : relations.successors.map(({ body: next, on }) => ({ code: next.code, name: next.name, on })),
        updatedOn: [guide?.publishedOn, institution?.publishedOn, channels?.publishedOn, rules?.latest, ...[...headings.values()].map(({ latest }) => latest), ...reports.map(({ publishedOn }) => publishedOn)].reduce<string | null>((last, on) => (on != null && on > (last ?? '') ? on : last), null),
        guideOn: guide?.publishedOn ?? null,
        institutionOn: institution?.publishedOn ?? null,
        channelsOn: channels?.publishedOn ?? null,
        rules,
        items: { total: items.total, headings: headings.size, latest: items.items.map(({ title, indexNo, publishedOn }) => ({ label: title, href: itemPath(indexNo), on: publishedOn })) },
        answered,
        hasPowers: powers.length > 0,
        contact,
        reports: reports.map((report) => ({ year: report.year, publishedOn: report.publishedOn, corrected: report.edition > 1 })),
      }}
    />,
  )
}

const CONTACT = [
  ['office', '名称'],
  ['address', '地址'],
  ['hours', '时间'],
  ['phone', '电话'],
] as const

portalColumnRoutes.get('/bodies/:code/powers', (c) => publicPage(c, () => powersPage(c)))

async function powersPage(c: Context) {
  const { db } = c.get('deps')
  const body: Body = await getBodyByCode(db, c.req.param('code') ?? '')
  const reports = await listPublished(db, { bodyId: body.bodyId })
  return renderPage(c, <PowersPage body={body} totals={await listYearlyTotals(db, body.bodyId, reports.map(({ year }) => year))} />)
}
