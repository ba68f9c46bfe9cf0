import { Hono, type Context } from 'hono'
import { record } from '../../audit/index.ts'
import { actorKey, can, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { transaction } from '../../platform/connect.ts'
import { parseForm } from '../../platform/http/index.ts'
import { parseListQuery, renderPage, type FormState } from '../../platform/html/index.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { acceptMany, listAcceptable } from './accept-many.ts'
import { CollectionPage, OthersPage } from './collection-page.tsx'
import { filingDue } from './due-days.ts'
import { FILING_STATUSES, SOURCES } from './filing.ts'
import { listCollection, type Filer } from './filings.ts'
import { assignFilings, lockYear, openCollection, remindFilers } from './handle-many.ts'
import { AcceptManyPage, ASSIGN_SCOPES, AssignPage, LockPage, OpenPage, RemindPage, type AssignScope } from './many-pages.tsx'
import { listReviewers } from './office.ts'
import { FILER_FILTERS, FILER_KINDS, FILER_SORTS, kindOf, selectFilers, standingOf } from './standing.ts'

/** 主管部门收集各机关的年度报告；挂在 requireSignIn 之后。 */
export const collectionRoutes = new Hono()

const YEAR = '/desk/filings/:year{[0-9]{4}}'
const LIST = { sorts: FILER_SORTS, defaultSort: 'sort', filters: { status: FILER_FILTERS, kind: Object.keys(FILER_KINDS), reviewer: 'text' }, size: 50 } as const

collectionRoutes.use('/desk/filings', permit('filing.review'))

collectionRoutes.get('/desk/filings', (c) => c.redirect(`/desk/filings/${yearOf(signedIn(c).deps.clock.today()) - 1}`, 303))

/** 地址里的年度：有过报告的年度，到去年为止（今年的还没有到期，也可以看）。 */
async function collecting(c: Context) {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'filing.review')
  const year = Number(c.req.param('year'))
  const today = deps.clock.today()
  if (year < 2008 || year > yearOf(today)) throw new NotFound('这个年度')
  return { deps, actor, year, base: `/desk/filings/${year}`, ...(await listCollection(deps.db, year, today)) }
}

async function yearsKept(c: Context): Promise<number[]> {
  const { deps } = signedIn(c)
  const rows = await deps.db.selectFrom('filing').select('year').distinct().orderBy('year', 'desc').limit(100).execute()
  return [...new Set([yearOf(deps.clock.today()) - 1, ...rows.map((row) => row.year)])].toSorted((a, b) => b - a)
}

collectionRoutes.get(YEAR, async (c) => {
  const { deps, actor, year, filers, others } = await collecting(c)
  const query = parseListQuery(c.req.url, LIST)
  return renderPage(
    c,
    <CollectionPage
      year={year}
      years={await yearsKept(c)}
      due={await filingDue(deps.db, year)}
      standing={standingOf(filers)}
      {...selectFilers(filers, query)}
      query={query}
      others={others}
      reviewers={await listReviewers(deps.db)}
      unlisted={filers.filter((one) => !one.listed).length}
      canExport={can(actor, 'export.data')}
      flash={takeFlash(c)}
    />,
  )
})

collectionRoutes.get(`${YEAR}/list.csv`, permit('export.data'), async (c) => {
  const { deps, actor, year, filers } = await collecting(c)
  const { rows } = selectFilers(filers, { ...parseListQuery(c.req.url, LIST), size: 1000, offset: 0 })
  const lines = [['机关', '曾用名', '种类', '办到', '第几次', '来处', '报送', '迟报', '受理', '锁定', '公布', '公布在'], ...rows.map(toLine)].map(toCsvLine)
  await transaction(deps.db, (tx) => record(tx, actor, 'filing.exported', { bodyId: actor.bodyId, target: `${year}` }, { year, rows: rows.length }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${year}年度报告报送名单.csv`)}`)
  // 表格软件靠 BOM 认出 UTF-8
  return c.body(`\uFEFF${lines.join('')}`)
})

const toLine = (one: Filer): string[] => [
  one.name,
  one.formerNames.join('、'),
  FILER_KINDS[kindOf(one)],
  FILING_STATUSES[one.status],
  String(one.round),
  one.source === null ? '' : SOURCES[one.source],
  one.filedOn ?? '',
  one.late ? (one.filedOn === null ? '逾期未报' : '迟报') : '',
  one.acceptedOn ?? '',
  one.lockedOn ?? '',
  one.publishedOn ?? '',
  one.publishedAt ?? '',
]

collectionRoutes.get(`${YEAR}/others`, async (c) => {
  const { year, filers, others } = await collecting(c)
  return renderPage(c, <OthersPage year={year} others={others} excepted={filers.filter(({ because }) => because.why === 'added')} />)
})

const done = (c: Context, base: string, text: string): Response => {
  setFlash(c, { tone: 'ok', text })
  return c.redirect(base, 303)
}

collectionRoutes.get(`${YEAR}/open`, async (c) => {
  const { deps, year, filers, base } = await collecting(c)
  const unlisted = filers.filter((one) => !one.listed)
  if (unlisted.length === 0) return done(c, base, '应报的机关都已列入名单')
  const running = year >= yearOf(deps.clock.today())
  return renderPage(c, <OpenPage year={year} unlisted={unlisted} first={unlisted.length === filers.length} due={await filingDue(deps.db, year)} endedOn={running ? `${year}-12-31` : null} />)
})

collectionRoutes.post(`${YEAR}/open`, async (c) => {
  const { deps, actor, year, base } = await collecting(c)
  // 没有过问的（旧页面上的按钮）先问；年度没有完的尤其要问
  if ((await parseForm(c, { maxBytes: 4096, maxFields: 5 })).text('asked') !== 'yes') return c.redirect(`${base}/open`, 303)
  const count = await openCollection(deps, actor, year)
  return done(c, base, count === 0 ? '应报的机关都已列入名单' : `${count} 家机关列入名单，已通知其报送`)
})

const waitingIn = (filers: readonly Filer[]): Filer[] => filers.filter(({ status }) => status === 'none' || status === 'returned')

collectionRoutes.get(`${YEAR}/remind`, async (c) => {
  const { year, filers, base } = await collecting(c)
  const waiting = waitingIn(filers)
  return waiting.length === 0 ? done(c, base, '应报的都已报来，不必催') : renderPage(c, <RemindPage year={year} waiting={waiting} />)
})

collectionRoutes.post(`${YEAR}/remind`, async (c) => {
  const { deps, actor, year, filers, base } = await collecting(c)
  const count = await remindFilers(deps, actor, { year, bodyIds: waitingIn(filers).map(({ bodyId }) => bodyId) })
  return done(c, base, count === 0 ? '应报的都已报来，不必催' : `已催报 ${count} 家机关`)
})

collectionRoutes.get(`${YEAR}/lock`, async (c) => {
  const { year, filers, base } = await collecting(c)
  const accepted = filers.filter(({ status }) => status === 'accepted')
  if (accepted.length === 0) return done(c, base, '没有已受理而没有锁定的')
  return renderPage(c, <LockPage year={year} accepted={accepted} rest={filers.filter(({ status }) => status !== 'accepted' && status !== 'locked')} />)
})

collectionRoutes.post(`${YEAR}/lock`, async (c) => {
  const { deps, actor, year, base } = await collecting(c)
  return done(c, base, `已锁定 ${await lockYear(deps, actor, year)} 份`)
})

async function acceptPage(c: Context, state?: FormState) {
  const { deps, actor, year, filers } = await collecting(c)
  const acceptable = await listAcceptable(deps.db, filers, { year, reviewer: actor.accountId, filer: actorKey(actor) })
  return renderPage(c, <AcceptManyPage year={year} acceptable={acceptable} state={state} />, { status: state === undefined ? 200 : 422 })
}

collectionRoutes.get(`${YEAR}/accept`, (c) => acceptPage(c))

collectionRoutes.post(`${YEAR}/accept`, async (c) => {
  const { deps, actor, year, filers, base } = await collecting(c)
  const form = await parseForm(c, { maxBytes: 256 * 1024, maxFields: 1100 })
  const chosen = new Set(form.fields['filing'] ?? [])
  if (chosen.size === 0) return acceptPage(c, { values: form.fields, errors: { filing: '请勾选要受理的' } })
  // 只受理这一页上列得出的：归本人审核、没有错误、还是看过的那一次
  const wanted = (await listAcceptable(deps.db, filers, { year, reviewer: actor.accountId, filer: actorKey(actor) })).filter(({ bodyId, round }) => chosen.has(`${bodyId}/${round}`))
  const count = await acceptMany(deps, actor, { year, chosen: wanted })
  const left = chosen.size - count
  setFlash(c, { tone: left === 0 ? 'ok' : 'warn', text: `已受理 ${count} 份${left === 0 ? '' : `；另 ${left} 份其间有变，没有受理，请重新看`}` })
  return c.redirect(base, 303)
})

async function assignPage(c: Context, state?: FormState) {
  const { deps, year, filers } = await collecting(c)
  return renderPage(c, <AssignPage year={year} filers={filers.filter(({ status }) => status !== 'locked')} reviewers={await listReviewers(deps.db)} state={state} />, { status: state === undefined ? 200 : 422 })
}

collectionRoutes.get(`${YEAR}/assign`, (c) => assignPage(c))

const SCOPED: Record<AssignScope, (filer: Filer, chosen: ReadonlySet<string>) => boolean> = {
  unassigned: ({ reviewer }) => reviewer === null,
  department: (filer) => kindOf(filer) === 'department',
  street: (filer) => kindOf(filer) === 'street',
  chosen: ({ bodyId }, chosen) => chosen.has(bodyId),
}

const isScope = (text: string): text is AssignScope => Object.hasOwn(ASSIGN_SCOPES, text)

collectionRoutes.post(`${YEAR}/assign`, async (c) => {
  const { deps, actor, year, filers, base } = await collecting(c)
  const form = await parseForm(c, { maxBytes: 128 * 1024, maxFields: 1100 })
  const [scope, reviewer, chosen] = [form.text('scope'), form.text('reviewer'), new Set(form.fields['body'] ?? [])]
  const again = (errors: Record<string, string>) => assignPage(c, { values: form.fields, errors })
  if (!isScope(scope)) return again({ scope: '请选择哪些机关' })
  const bodyIds = filers.filter((filer) => SCOPED[scope](filer, chosen)).map(({ bodyId }) => bodyId)
  const result = await assignFilings(deps, actor, { year, bodyIds, reviewer: reviewer === '' ? null : reviewer })
  if (result.ok) return done(c, base, result.count === 0 ? '都已如此，没有改动' : `已分派 ${result.count} 家机关的报告`)
  return again(result.refusal === 'nothing-chosen' ? { [scope === 'chosen' ? 'body' : 'scope']: '没有这样的机关' } : { reviewer: '请从所列的人中选择' })
})
