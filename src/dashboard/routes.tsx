import { Hono, type Context } from 'hono'
import { record } from '../audit/index.ts'
import { getBody, getBodyByCode } from '../bodies/index.ts'
import { can, permit, reachOf, requirePermission, signedIn } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import { parseListQuery, renderPage, type ListQuery } from '../platform/html/index.ts'
import { toCsvLine } from '../platform/ledger/index.ts'
import { yearOf } from '../statute/plain-date.ts'
import { viewerOf } from '../supervision/index.ts'
import { addFigures, addStandings, correctedOf, decidedOf, noFigures, noStanding, onTimeShare, repliedOf, type Figures, type Standing } from './figures.ts'
import { gatherBodies, gatherBody, type Gathered } from './gather.ts'
import { loadFigures, loadMonths, loadStandings } from './load-figures.ts'
import { BodyDashboardPage, DistrictDashboardPage, type BodyLine } from './pages.tsx'
import { chosenYear, FIRST_YEAR, periodOf, type Period } from './period.ts'
import { baseOf, DASHBOARD, OF_BODY } from './places.ts'
import { recordsRoutes } from './records-routes.tsx'
import { hrefsFor, toCharts, toLines, toStandings } from './view.ts'

/** 数据看板：本机关的，区政务公开办看全区的、各机关的；挂在 requireSignIn 之后。 */
export const dashboardRoutes = new Hono()

const read = permit('report.read')
const YEARS = 5
const LIST = { sorts: ['name', 'received', 'decided', 'late', 'overdue', 'published', 'dueLate', 'corrected'], defaultSort: '-received', filters: { year: 'year' }, size: 50 } as const

const openPeriod = (c: Context): Period => {
  const today = signedIn(c).deps.clock.today()
  return periodOf(chosenYear(c.req.query('year'), today), today)
}

const yearsOf = (today: string): number[] => Array.from({ length: YEARS }, (_, i) => yearOf(today) - i).filter((year) => year >= FIRST_YEAR)

dashboardRoutes.get(DASHBOARD, read, (c) => (reachOf(signedIn(c).actor, 'report.read') === 'district' ? districtPage(c) : bodyPage(c, null)))
dashboardRoutes.get(OF_BODY, read, (c) => bodyPage(c, c.req.param('code') ?? ''))

async function bodyPage(c: Context, code: string | null) {
  const { deps, actor } = signedIn(c)
  const body = code === null ? await getBody(deps.db, actor.bodyId) : await getBodyByCode(deps.db, code)
  requirePermission(actor, 'report.read', body.bodyId)
  const period = openPeriod(c)
  const today = deps.clock.today()
  // 数据没有变的不重数
  const found = await c.get('whileUnchanged')(`dashboard ${body.bodyId} ${period.year} ${today} ${actor.accountId}`, async () => {
    const gathered = await gatherBody(deps.db, body, period.year)
    const { bodyIds } = gathered
    const sum = async (at: { from: string; to: string }) => addFigures((await loadFigures(deps.db, { bodyIds, ...at, viewer: viewerOf(actor) })).values())
    const months = async (at: { from: string; to: string }) => loadMonths(deps.db, { bodyIds, ...at })
    const standings = period.current ? await loadStandings(deps.db, bodyIds, today) : null
    return { gathered, now: await sum(period), was: await sum(period.was), months: { now: await months(period), was: await months(period.was) }, standing: standings === null ? null : standingOf(standings, body.bodyId) }
  })
  const base = baseOf(code)
  const href = hrefsFor({ base, code: body.code, district: false })
  return renderPage(
    c,
    <BodyDashboardPage
      gathered={found.gathered}
      code={code}
      period={period}
      years={yearsOf(today)}
      now={found.now}
      was={found.was}
      lines={toLines(period, found, href, can(actor, 'complaint.read', body.bodyId))}
      standings={found.standing === null ? null : toStandings(found.standing, period, href)}
      charts={toCharts(period, found.months, href)}
      href={href}
      here={base}
    />,
  )
}

// 待公开的照公开职责的看板，只是本机关自己的；申请连同前身的
function standingOf(standings: ReadonlyMap<string, Standing>, bodyId: string): Standing {
  const { open, overdue } = addStandings(standings.values())
  return { ...(standings.get(bodyId) ?? noStanding()), open, overdue }
}

interface District {
  lines: BodyLine[]
  was: Figures
  months: Awaited<ReturnType<typeof loadMonths>>[]
}

/** 全区各机关的数：各类各一次查询；数据没有变的不重数。 */
function loadDistrict(c: Context, period: Period): Promise<District> {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  return c.get('whileUnchanged')(`dashboard district ${period.year} ${today} ${actor.accountId}`, async () => {
    const gathered = await gatherBodies(deps.db, period.year)
    const bodyIds = gathered.flatMap((one) => one.bodyIds)
    const figures = await loadFigures(deps.db, { bodyIds, from: period.from, to: period.to, viewer: viewerOf(actor) })
    const was = await loadFigures(deps.db, { bodyIds, ...period.was, viewer: viewerOf(actor) })
    const standings = period.current ? await loadStandings(deps.db, bodyIds, today) : new Map<string, Standing>()
    return {
      lines: gathered.flatMap((one) => toBodyLine(one, figures, standings)),
      was: addFigures(was.values()),
      months: [await loadMonths(deps.db, { bodyIds, from: period.from, to: period.to }), await loadMonths(deps.db, { bodyIds, ...period.was })],
    }
  })
}

// 这一年以前就没有了、也没有记录的机关不列
function toBodyLine({ body, bodyIds }: Gathered, figures: ReadonlyMap<string, Figures>, standings: ReadonlyMap<string, Standing>): BodyLine[] {
  const line = { body, figures: addFigures(bodyIds.map((id) => figures.get(id) ?? noFigures())), standing: standingOf(new Map(bodyIds.map((id) => [id, standings.get(id) ?? noStanding()])), body.bodyId) }
  const { received, published, complaints } = line.figures
  const empty = received + published + complaints + decidedOf(line.figures) + correctedOf(line.figures) + line.standing.open === 0
  return body.abolishedOn !== null && empty ? [] : [line]
}

const SORTED: Readonly<Record<string, (line: BodyLine) => number>> = {
  received: ({ figures }) => figures.received,
  decided: ({ figures }) => decidedOf(figures),
  late: ({ figures }) => figures.late,
  overdue: ({ standing }) => standing.overdue,
  published: ({ figures }) => figures.published,
  dueLate: ({ standing }) => standing.dueLate,
  corrected: ({ figures }) => correctedOf(figures),
}

function sortLines(lines: readonly BodyLine[], { q, sort, descending }: ListQuery): BodyLine[] {
  const of = SORTED[sort]
  const sign = descending ? -1 : 1
  return lines.filter(({ body }) => q === '' || body.name.includes(q)).toSorted((a, b) => sign * (of === undefined ? a.body.name.localeCompare(b.body.name, 'zh') : of(a) - of(b)))
}

async function districtPage(c: Context) {
  const { deps, actor } = signedIn(c)
  const period = openPeriod(c)
  const query = parseListQuery(c.req.url, LIST)
  const { lines, was, months } = await loadDistrict(c, period)
  const [now = [], before = []] = months
  const sum = addFigures(lines.map(({ figures }) => figures))
  const href = hrefsFor({ base: DASHBOARD, code: '', district: true })
  const rows = sortLines(lines, query)
  return renderPage(
    c,
    <DistrictDashboardPage
      period={period}
      years={yearsOf(deps.clock.today())}
      now={sum}
      was={was}
      lines={toLines(period, { now: sum, was }, href, can(actor, 'complaint.read'))}
      standings={period.current ? toStandings(addStandings(lines.map(({ standing }) => standing)), period, href) : null}
      charts={toCharts(period, { now, was: before }, href)}
      href={href}
      here={DASHBOARD}
      rows={rows.slice(query.offset, query.offset + query.size)}
      query={query}
      total={rows.length}
      canExport={can(actor, 'export.data')}
    />,
  )
}

const CSV_HEAD = ['机关', '收到', '办结', '作出答复', '逾期答复', '按期答复', '在办', '逾期未答', '公开信息', '逾期未公开', '复议诉讼被纠正']

dashboardRoutes.get(`${DASHBOARD}.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  if (reachOf(actor, 'report.read') !== 'district') requirePermission(actor, 'report.roll-up')
  const period = openPeriod(c)
  const { lines } = await loadDistrict(c, period)
  const text = sortLines(lines, parseListQuery(c.req.url, LIST)).map(({ body, figures, standing }) =>
    toCsvLine([body.name, ...[figures.received, decidedOf(figures), repliedOf(figures), figures.late].map(String), onTimeShare(figures) ?? '', ...[standing.open, standing.overdue, figures.published, standing.dueLate, correctedOf(figures)].map(String)]),
  )
  await transaction(deps.db, (tx) => record(tx, actor, 'dashboard.exported', { bodyId: actor.bodyId, target: String(period.year) }, { rows: text.length }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${period.year}年各机关数据.csv`)}`)
  return c.body(`\uFEFF${toCsvLine(CSV_HEAD)}${text.join('')}`)
})

dashboardRoutes.route('/', recordsRoutes)
