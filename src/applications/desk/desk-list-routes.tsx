import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getCalendar } from '../../bodies/index.ts'
import { can, listHolders, permit, requirePermission, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { renderPage, toListSearch } from '../../platform/html/index.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { listMaskedNames } from '../applicants/applicant-store.ts'
import { STATUSES } from '../application.ts'
import { ApplicationListPage } from './desk-list-page.tsx'
import { APPLICANT_KINDS } from '../events.ts'
import { HANDLER_ROLES } from '../handlers-of.ts'
import { filterOf, isView, pageOf, parseList, VIEWS } from './list-spec.ts'
import type { View } from './list-spec.ts'
import { countApplications, listApplications, settleSaid } from '../queries.ts'
import { findDefaultView, listViews } from '../saved-views/saved-view-store.ts'
import { toChips } from '../saved-views/view-chips.tsx'

/** 申请的几面列表与导出；须先于案件的地址挂上。 */
export const deskListRoutes = new Hono()

const read = permit('application.read')
const COUNTED = 10_000

const filterHere = async (c: Context, view: View, query: ReturnType<typeof parseList>) => {
  const { deps, actor } = signedIn(c)
  return settleSaid(deps.db, filterOf(view, query, { bodyId: actor.bodyId, today: deps.clock.today(), calendar: await getCalendar(deps.db) }))
}

async function listPage(c: Context, view: View) {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const today = deps.clock.today()
  // 什么条件都没有写的，照存下的缺省
  if (new URL(c.req.url).search === '') {
    const usual = await findDefaultView(deps.db, actor, view)
    if (usual !== null) return c.redirect(VIEWS[view].href + toListSearch(parseList(view, `/?${usual.query}`)), 303)
  }
  const query = parseList(view, c.req.url)
  const filter = await filterHere(c, view, query)
  const page = await listApplications(deps.db, filter, { after: query.after, limit: query.size, ...pageOf(view, query) })
  const total = await countApplications(deps.db, filter)
  const keys = fieldKeys(deps.config.secretKey)
  // 遮盖后的姓名只给本机关办案的岗位；区政务公开办不看
  const named = can(actor, 'personal-data.read', bodyId) ? await listMaskedNames(deps.db, keys, bodyId, page.rows.flatMap((row) => (row.applicantId === null ? [] : [row.applicantId]))) : new Map<string, string>()
  return renderPage(
    c,
    <ApplicationListPage
      view={view}
      rows={page.rows}
      names={named}
      query={query}
      chips={toChips(view, query, await listViews(deps.db, actor))}
      total={total >= COUNTED ? { atLeast: COUNTED } : total}
      next={page.next}
      handlers={await listHolders(deps.db, bodyId, HANDLER_ROLES)}
      unconfirmed={await countApplications(deps.db, { bodyId, status: 'received-unconfirmed' })}
      today={today}
      canHandle={can(actor, 'application.handle')}
      canExport={can(actor, 'export.data')}
      flash={takeFlash(c)}
    />,
  )
}

deskListRoutes.get('/desk/applications', read, (c) => listPage(c, 'open'))
deskListRoutes.get('/desk/applications/unconfirmed', read, (c) => listPage(c, 'unconfirmed'))
deskListRoutes.get('/desk/applications/closed', read, (c) => listPage(c, 'closed'))
deskListRoutes.get('/desk/applications/uncounted', read, (c) => listPage(c, 'uncounted'))

const EXPORT_ROWS = 100_000
const HEAD = ['登记号', '办到', '收到渠道', '申请人类型', '收到之日', '应当答复之日', '处理结果', '作出决定之日', '文号', '送达之日']

deskListRoutes.get('/desk/applications.csv', permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'application.read')
  const asked = c.req.query('view') ?? ''
  const view: View = isView(asked) ? asked : 'open'
  const query = parseList(view, c.req.url)
  const filter = await filterHere(c, view, query)
  const lines = [toCsvLine(HEAD)]
  for (let after: string | null = null; lines.length <= EXPORT_ROWS; ) {
    const page = await listApplications(deps.db, filter, { after, limit: 200, ...pageOf(view, query) })
    for (const row of page.rows) {
      const outcome = row.outcome === null ? '' : outcomeRule(row.outcome).label
      const channel = row.channel === null ? '' : CHANNELS[row.channel].label
      lines.push(toCsvLine([row.regNo, STATUSES[row.status], channel, APPLICANT_KINDS[row.applicantKind], row.receivedOn ?? '', row.dueOn ?? '', outcome, row.decidedOn ?? '', row.docNo ?? '', row.servedOn ?? '']))
    }
    after = page.next
    if (after === null) break
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'application.exported', { bodyId: actor.bodyId, target: view }, { rows: lines.length - 1 }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${VIEWS[view].title}.csv`)}`)
  return c.body(`\uFEFF${lines.join('')}`)
})
