import { Hono, type Context } from 'hono'
import { record } from '../audit/index.ts'
import { getBody, getBodyByCode } from '../bodies/index.ts'
import { can, permit, reachOf, requirePermission, signedIn } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import { NotFound } from '../platform/errors.ts'
import { parseListQuery, renderPage } from '../platform/html/index.ts'
import { toCsvLine } from '../platform/ledger/index.ts'
import { yearOf } from '../statute/plain-date.ts'
import { viewerOf } from '../supervision/index.ts'
import { addFigures, addStandings, noFigures, noStanding } from './figures.ts'
import { gatherBodies, gatherBody } from './gather.ts'
import { listRecords } from './list-records.ts'
import { loadFigures, loadStandings } from './load-figures.ts'
import { findMeasure, findStanding, MEASURE_KEYS } from './measures.ts'
import { BreakdownPage, RecordsPage } from './pages.tsx'
import { baseOf, DASHBOARD, OF_BODY, type RecordsAsked } from './places.ts'
import { hrefsFor } from './view.ts'

/** 看板上每个数的去处：一个机关的到记录，全区的先到各机关。 */
export const recordsRoutes = new Hono()

const read = permit('report.read')
const LIST = { sorts: ['on'], defaultSort: '-on', filters: { what: MEASURE_KEYS, from: 'date', to: 'date', asOf: 'date', year: 'year' }, size: 50 } as const

recordsRoutes.get(`${DASHBOARD}/records`, read, (c) => (reachOf(signedIn(c).actor, 'report.read') === 'district' ? breakdown(c) : records(c, null)))
recordsRoutes.get(`${OF_BODY}/records`, read, (c) => records(c, c.req.param('code') ?? ''))

recordsRoutes.get(`${DASHBOARD}/records.csv`, permit('export.data'), (c) => recordsCsv(c, null))
recordsRoutes.get(`${OF_BODY}/records.csv`, permit('export.data'), (c) => recordsCsv(c, c.req.param('code') ?? ''))

/** 导出至多十万条；再多的请分段取。 */
const EXPORT_ROWS = 100_000
const EXPORT_PAGE = 200

async function recordsCsv(c: Context, code: string | null) {
  const { deps, actor } = signedIn(c)
  const body = code === null ? await getBody(deps.db, actor.bodyId) : await getBodyByCode(deps.db, code)
  requirePermission(actor, 'export.data', body.bodyId)
  const { what, year, from, to, asOf, today, label, query: first } = asked(c)
  const { bodyIds } = await gatherBody(deps.db, body, year)
  const lines: string[] = []
  let query = { ...first, size: EXPORT_PAGE, offset: 0, after: null as string | null }
  while (lines.length < EXPORT_ROWS) {
    const page = await listRecords(deps.db, { bodyIds, what, from, to, asOf, today }, query, () => Promise.resolve(0))
    for (const { title, kind, note, on } of page.rows) lines.push(toCsvLine([title, kind, note, on]))
    const after = page.cursors?.next ?? null
    if (page.rows.length < query.size || (page.cursors !== undefined && after === null)) break
    query = { ...query, after, offset: query.offset + query.size }
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'dashboard.exported', { bodyId: body.bodyId, target: what }, { rows: lines.length }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${body.name}${label}.csv`)}`)
  return c.body(`\uFEFF${toCsvLine(['记录', '种类', '情形', '日期'])}${lines.join('')}`)
}

/** 地址里所问的一项与起讫；没有写的为今年至今。 */
function asked(c: Context) {
  const today = signedIn(c).deps.clock.today()
  const query = parseListQuery(c.req.url, LIST)
  const { what, from = `${yearOf(today)}-01-01`, to = today, asOf = to } = query.filters
  const [measure, standing] = [findMeasure(what), findStanding(what)]
  const found = measure ?? standing
  if (what === undefined || found === undefined) throw new NotFound('这一项')
  // 表四的格统计自年初
  const year = Number(query.filters['year'] ?? yearOf(to))
  const start = what.startsWith('T4.') ? `${to.slice(0, 4)}-01-01` : from
  const span = standing === undefined ? `${start} 至 ${to}。` : `到 ${today} 为止。`
  return { query, what, year, from: start, to, asOf, today, measure, standing, label: found.label, unit: found.unit, span }
}

async function records(c: Context, code: string | null) {
  const { deps, actor } = signedIn(c)
  const body = code === null ? await getBody(deps.db, actor.bodyId) : await getBodyByCode(deps.db, code)
  requirePermission(actor, 'report.read', body.bodyId)
  const { query, what, year, from, to, asOf, today, measure, standing, label, span } = asked(c)
  const { bodyIds } = await gatherBody(deps.db, body, year)
  const count = async (): Promise<number> =>
    measure === undefined
      ? (standing?.of(addStandings((await loadStandings(deps.db, bodyIds, today)).values())) ?? 0)
      : measure.of(addFigures((await loadFigures(deps.db, { bodyIds, from, to, viewer: viewerOf(actor) })).values()))
  // 投诉与待公开的信息有自己的列表
  const elsewhere = hrefsFor({ base: baseOf(code), code: body.code, district: false })(what, { from, to, asOf, year })
  if (!elsewhere.startsWith(DASHBOARD)) return c.redirect(elsewhere, 303)
  const found = await listRecords(deps.db, { bodyIds, what, from, to, asOf, today }, query, count)
  return renderPage(c, <RecordsPage heading={code === null ? label : `${body.name}：${label}`} crumbs={crumbsOf(code, body.name, year)} span={span} query={query} exportHref={can(actor, 'export.data', body.bodyId) ? `${baseOf(code)}/records.csv` : null} {...found} />)
}

const crumbsOf = (code: string | null, name: string, year: number) =>
  code === null ? [{ label: '数据看板', href: `${DASHBOARD}?year=${year}` }] : [{ label: '全区数据看板', href: `${DASHBOARD}?year=${year}` }, { label: name, href: `${baseOf(code)}?year=${year}` }]

/** 全区的一个数由哪些机关加成。 */
async function breakdown(c: Context) {
  const { deps, actor } = signedIn(c)
  const { what, year, from, to, asOf, today, measure, standing, label, unit, span } = asked(c)
  const gathered = await gatherBodies(deps.db, year)
  const bodyIds = gathered.flatMap((one) => one.bodyIds)
  const of = measure === undefined ? await standings() : await figures(measure.of)
  const rows = gathered
    .map((one) => ({ body: one.body, n: of(one.body.bodyId, one.bodyIds), href: hrefOf(one.body.code, { what, from, to, asOf, year }) }))
    .filter(({ n }) => n !== 0)
    .toSorted((a, b) => b.n - a.n)
  return renderPage(c, <BreakdownPage heading={label} unit={unit} span={span} year={year} rows={rows} total={rows.reduce((sum, { n }) => sum + n, 0)} />)

  async function figures(value: (one: ReturnType<typeof noFigures>) => number) {
    const all = await loadFigures(deps.db, { bodyIds, from, to, ...(measure?.key === 'items' ? { asOf } : {}), viewer: viewerOf(actor) })
    return (_: string, ids: readonly string[]): number => value(addFigures(ids.map((id) => all.get(id) ?? noFigures())))
  }

  async function standings() {
    const all = await loadStandings(deps.db, bodyIds, today)
    const own = what !== 'open' && what !== 'overdue'
    return (bodyId: string, ids: readonly string[]): number => standing?.of(addStandings((own ? [bodyId] : ids).map((id) => all.get(id) ?? noStanding()))) ?? 0
  }
}

const hrefOf = (code: string, at: RecordsAsked): string =>
  hrefsFor({ base: baseOf(code), code, district: false })(at.what, at)
