import { Hono } from 'hono'
import type { Context } from 'hono'
import { sql } from 'kysely'
import { record } from '../../../audit/index.ts'
import { findBodyByCode, listBodies } from '../../../bodies/index.ts'
import { can, listDisplayNames, permit, reachOf, requirePermission, signedIn, takeFlash } from '../../../identity/index.ts'
import { transaction } from '../../../platform/connect.ts'
import type { Tx } from '../../../platform/db.ts'
import { parseListQuery, renderPage } from '../../../platform/html/index.ts'
import type { ListQuery } from '../../../platform/html/index.ts'
import { toCsvLine } from '../../../platform/ledger/index.ts'
import type { RecordViewer } from '../../../platform/record-source.ts'
import { BASES, CHANNELS, MATTERS, OUTCOMES, RATINGS, STATUSES } from '../complaint.ts'
import type { Basis, Channel, Matter, Status } from '../complaint.ts'
import { COMPLAINT_SORTS, RUNNING, countListed, listComplaints } from '../queries.ts'
import type { ComplaintFilter, ComplaintSort } from '../queries.ts'
import { notBarred, viewerOf } from '../viewer.ts'
import { HOME } from './complaint-words.tsx'
import { ComplaintListPage, ComplaintsByBodyPage, VIEWS } from './list-page.tsx'
import type { BodyLoad, View } from './list-page.tsx'

/** 投诉的列表与导出；须先于案件的地址挂上。 */
export const complaintListRoutes = new Hono()

const read = permit('complaint.read')
const LIST = {
  sorts: Object.keys(COMPLAINT_SORTS),
  defaultSort: 'dueOn',
  filters: { status: Object.keys(STATUSES), matter: Object.keys(MATTERS), basis: Object.keys(BASES), channel: Object.keys(CHANNELS), due: ['overdue'], from: 'date', to: 'date', body: 'text' },
} as const
const specOf = (view: View) => ({ ...LIST, defaultSort: view === 'open' ? 'dueOn' : '-receivedOn' })
const COUNTED = 10_000

const oneOf = <T extends string>(labels: Readonly<Record<T, string>>, given: string | undefined): T | undefined => (given !== undefined && Object.hasOwn(labels, given) ? (given as T) : undefined)

async function filterOf(c: Context, view: View, { q, filters }: ListQuery): Promise<{ filter: ComplaintFilter; elsewhere: string | null }> {
  const { deps, actor } = signedIn(c)
  const asked = reachOf(actor, 'complaint.read') === 'district' && filters['body'] !== undefined ? await findBodyByCode(deps.db, filters['body']) : null
  const other = asked !== null && asked.bodyId !== actor.bodyId ? asked : null
  const status = oneOf<Status>(STATUSES, filters['status'])
  const [matter, basis, channel] = [oneOf<Matter>(MATTERS, filters['matter']), oneOf<Basis>(BASES, filters['basis']), oneOf<Channel>(CHANNELS, filters['channel'])]
  const { statuses } = VIEWS[view]
  return {
    elsewhere: other?.name ?? null,
    filter: {
      bodyId: other?.bodyId ?? actor.bodyId,
      viewer: viewerOf(actor),
      // 按登记号找的，不分办到哪里
      ...(q !== '' ? { regNo: q } : view === 'all' && status !== undefined ? { statuses: [status] } : statuses === undefined ? {} : { statuses }),
      ...(matter === undefined ? {} : { matter }),
      ...(basis === undefined ? {} : { basis }),
      ...(channel === undefined ? {} : { channel }),
      ...(filters['due'] === 'overdue' ? { dueBefore: deps.clock.today() } : {}),
      ...(filters['from'] === undefined ? {} : { receivedFrom: filters['from'] }),
      ...(filters['to'] === undefined ? {} : { receivedTo: filters['to'] }),
    },
  }
}

const sortOf = ({ sort }: ListQuery): ComplaintSort => oneOf<ComplaintSort>(COMPLAINT_SORTS, sort) ?? 'receivedOn'

async function listPage(c: Context, view: View) {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, specOf(view))
  const { filter, elsewhere } = await filterOf(c, view, query)
  const rows = await listComplaints(deps.db, filter, { sort: sortOf(query), descending: query.descending, limit: query.size, offset: query.offset })
  const total = await countListed(deps.db, filter)
  const bodies = new Map((await listBodies(deps.db, { includeAbolished: true })).map(({ bodyId, name }) => [bodyId, name]))
  return renderPage(
    c,
    <ComplaintListPage
      {...{ view, rows, bodies, query, elsewhere }}
      people={await listDisplayNames(deps.db, rows.flatMap(({ handler }) => (handler === null ? [] : [handler])))}
      total={total >= COUNTED ? { atLeast: COUNTED } : total}
      today={deps.clock.today()}
      canKeep={can(actor, 'complaint.handle', actor.bodyId) || can(actor, 'complaint.decide', actor.bodyId)}
      canHandle={can(actor, 'complaint.handle', actor.bodyId)}
      canExport={can(actor, 'export.data', actor.bodyId)}
      isOffice={reachOf(actor, 'complaint.read') === 'district'}
      flash={takeFlash(c)}
    />,
  )
}

complaintListRoutes.get(HOME, read, (c) => listPage(c, 'open'))
complaintListRoutes.get(`${HOME}/answered`, read, (c) => listPage(c, 'answered'))
complaintListRoutes.get(`${HOME}/all`, read, (c) => listPage(c, 'all'))

const EXPORT_ROWS = 10_000
const PAGE = 200
const HEAD = ['登记号', '办到', '来源', '属于', '反映什么', '所反映的机关', '是否匿名', '收到之日', '期限', '结论', '作结论之日', '答复之日', '反馈']

complaintListRoutes.get(`${HOME}.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'complaint.read')
  const asked = c.req.query('view') ?? ''
  const view: View = asked === 'answered' || asked === 'all' ? asked : 'open'
  const query = parseListQuery(c.req.url, specOf(view))
  const { filter } = await filterOf(c, view, query)
  const bodies = new Map((await listBodies(deps.db, { includeAbolished: true })).map(({ bodyId, name }) => [bodyId, name]))
  const lines = [toCsvLine(HEAD)]
  for (let offset = 0; offset < EXPORT_ROWS; offset += PAGE) {
    const rows = await listComplaints(deps.db, filter, { sort: sortOf(query), descending: query.descending, limit: PAGE, offset })
    for (const row of rows)
      lines.push(toCsvLine([row.regNo, STATUSES[row.status], CHANNELS[row.channel], BASES[row.basis], MATTERS[row.matter], bodies.get(row.aboutBodyId) ?? '', row.anonymous ? '匿名' : '实名', row.receivedOn, row.dueOn ?? '', row.outcome === null ? '' : OUTCOMES[row.outcome], row.decidedOn ?? '', row.answeredOn ?? '', row.rating === null ? '' : RATINGS[row.rating]]))
    if (rows.length < PAGE) break
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'complaint.exported', { bodyId: filter.bodyId, target: view }, { rows: lines.length - 1 }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('投诉与反映.csv')}`)
  return c.body(`\uFEFF${lines.join('')}`)
})

complaintListRoutes.get(`${HOME}/by-body`, read, async (c) => {
  const { deps, actor } = signedIn(c)
  if (reachOf(actor, 'complaint.read') !== 'district') return c.redirect(HOME, 303)
  return renderPage(c, <ComplaintsByBodyPage rows={await listLoads(deps.db, { today: deps.clock.today(), viewer: viewerOf(actor) })} />)
})

// 看的人须回避的不数，与列表所见相同
async function listLoads(tx: Tx, { today, viewer }: { today: string; viewer: RecordViewer }): Promise<BodyLoad[]> {
  const { rows } = await sql<{ bodyId: string; open: number; late: number }>`select body_id as "bodyId", count(*) as open, count(*) filter (where due_on < ${today}::date) as late
    from complaint where ${RUNNING} and ${notBarred(viewer)} group by body_id order by late desc, open desc limit 1000`.execute(tx)
  const bodies = new Map((await listBodies(tx, { includeAbolished: true })).map((body) => [body.bodyId, body]))
  return rows.map((row) => ({ ...row, code: bodies.get(row.bodyId)?.code ?? '', name: bodies.get(row.bodyId)?.name ?? '' }))
}
