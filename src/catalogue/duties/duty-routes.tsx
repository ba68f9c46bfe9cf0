import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { listBodies } from '../../bodies/index.ts'
import { can, permit, reachOf, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { enqueue } from '../../platform/jobs.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { UPKEEP, UPKEEPS, upkeepOn, upkeepVeto } from '../../statute/publication-upkeep.ts'
import { isPublicationCode } from '../publication-codes.ts'
import { loadBoards } from './board-queries.ts'
import type { Board } from './board-queries.ts'
import { isLinkCheckOn } from './check-links.ts'
import { DUTY_ITEM_STATES, countDutyItems, isDutyItemState, listDutyItems } from './duty-items.ts'
import { BoardPage, DistrictPage, DutyItemsPage, SCOPE_FILTER, ScopePage } from './duty-pages.tsx'
import { setScope } from './duty-scope.ts'
import { countFileFaults, listFileFaults } from './file-faults.ts'
import { listColumnFindings } from './inspect.ts'
import { listInspectionDays, listInspectionsOn } from './inspection-queries.ts'
import { inspectionRoutes } from './inspection-routes.tsx'
import { LINK_JOB } from './jobs.ts'
import { LinksPage } from './links-page.tsx'
import { LINK_STATES, countLinks, isLinkState, lastChecked, listLinks } from './link-store.ts'
import { listFindings } from './list-findings.ts'
import { DUTIES, OF_BODY, baseOf, bodyOf, isDistrictView } from './viewed-body.ts'

/** 工作台的公开职责：看板、下钻、外链与附件、每周自查；挂在 requireSignIn 之后。 */
export const dutyRoutes = new Hono()

const read = permit('item.read')
const SMALL = { maxBytes: 16 * 1024, maxFields: 20 }

const BOARD_LIST = { sorts: ['code'], defaultSort: 'code', filters: { scope: SCOPE_FILTER.map((each) => each.value), upkeep: Object.keys(UPKEEPS) }, size: 50 } as const
const DISTRICT_LIST = { sorts: ['name', 'applies', 'unknown', 'empty', 'stale', 'due', 'late', 'publishedLate'], defaultSort: '-late', size: 100 } as const

const BASES = [DUTIES, OF_BODY] as const

for (const base of BASES) dutyRoutes.get(base, read, (c) => (isDistrictView(c) ? districtPage(c) : boardPage(c)))

async function boardPage(c: Context) {
  const { deps, actor } = signedIn(c)
  const { body, code } = await bodyOf(c)
  const today = deps.clock.today()
  const query = parseListQuery(c.req.url, BOARD_LIST)
  const [board] = await loadBoards(deps.db, [body], today)
  if (board === undefined) throw new NotFound('这个机关')
  const column = (await listColumnFindings(deps.db, today)).get(body.bodyId) ?? []
  const { found } = await listFindings(deps.db, board, today, column)
  const { scope, upkeep } = query.filters
  const rows = board.rows.filter((row) => (scope === undefined || row.scope.state === scope) && (upkeep === undefined || (row.scope.state === 'applies' && row.upkeep === upkeep)))
  return renderPage(c, <BoardPage board={board} rows={rows} query={query} found={found} column={column} code={code} canSetScope={can(actor, 'setting.manage', body.bodyId)} flash={takeFlash(c)} />)
}

/** 全区各机关的看板；数据没有变的不重算。 */
async function loadDistrict(c: Context): Promise<{ boards: (Board & { inspected: { day: string; open: number } | null })[]; latest: string | null }> {
  const { deps } = signedIn(c)
  const today = deps.clock.today()
  return c.get('whileUnchanged')(`district-duties ${today}`, async () => {
    const boards = await loadBoards(deps.db, await listBodies(deps.db), today)
    const [last] = await listInspectionDays(deps.db)
    const inspected = new Map(last === undefined ? [] : (await listInspectionsOn(deps.db, last.day)).map(({ bodyId, day, open }) => [bodyId, { day, open }]))
    const latest = boards.flatMap(({ rows }) => rows.flatMap(({ lastOn }) => lastOn ?? [])).toSorted().at(-1) ?? null
    return { boards: boards.map((board) => ({ ...board, inspected: inspected.get(board.body.bodyId) ?? null })), latest }
  })
}

const valueOf = ({ body, summary }: Board, sort: string): string | number => (sort === 'name' ? body.name : (Object.entries(summary).find(([name]) => name === sort)?.[1] ?? 0))

function sortBoards<B extends Board>(boards: readonly B[], { q, sort, descending }: ListQuery): B[] {
  const found = boards.filter(({ body }) => q === '' || body.name.includes(q))
  return found.toSorted((a, b) => {
    const [x, y] = [valueOf(a, sort), valueOf(b, sort)]
    return (descending ? -1 : 1) * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh'))
  })
}

async function districtPage(c: Context) {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, DISTRICT_LIST)
  const { boards, latest } = await loadDistrict(c)
  const sum = (of: (board: Board) => number): number => boards.reduce((total, board) => total + of(board), 0)
  const vetoes = upkeepVeto({ timely: sum(({ summary }) => summary.timely), stale: sum(({ summary }) => summary.stale), empty: sum(({ summary }) => summary.empty) })
  const rows = sortBoards(boards, query)
  return renderPage(
    c,
    <DistrictPage
      boards={rows.slice(query.offset, query.offset + query.size)}
      vetoes={vetoes}
      latest={{ on: latest, upkeep: upkeepOn(latest, UPKEEP.HOME.period, deps.clock.today()) }}
      query={query}
      total={rows.length}
      canExport={can(actor, 'export.data')}
    />,
  )
}

const CSV_HEAD = ['机关', '适用事项', '未确定', '空白', '未更新', '待公开', '逾期', '今年迟发', '最近自查', '待整改']

dutyRoutes.get(`${DUTIES}.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  if (reachOf(actor, 'item.read') !== 'district') requirePermission(actor, 'body.manage')
  const { boards } = await loadDistrict(c)
  const lines = sortBoards(boards, parseListQuery(c.req.url, DISTRICT_LIST)).map(({ body, summary, inspected }) =>
    toCsvLine([body.name, ...[summary.applies, summary.unknown, summary.empty, summary.stale, summary.due, summary.late, summary.publishedLate].map(String), inspected?.day ?? '', String(inspected?.open ?? '')]),
  )
  await transaction(deps.db, (tx) => record(tx, actor, 'duty.exported', { bodyId: actor.bodyId, target: 'duties' }, { rows: lines.length }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('公开职责.csv')}`)
  return c.body(`\uFEFF${toCsvLine(CSV_HEAD)}${lines.join('')}`)
})

const ITEM_LIST = { sorts: ['dueOn'], defaultSort: 'dueOn', filters: { state: Object.keys(DUTY_ITEM_STATES), code: 'text' } } as const

for (const base of BASES) dutyRoutes.get(`${base}/items`, read, itemsPage)

async function itemsPage(c: Context) {
  const { deps } = signedIn(c)
  const { body, code } = await bodyOf(c)
  const query = parseListQuery(c.req.url, ITEM_LIST)
  const { state: asked, code: duty } = query.filters
  const state = isDutyItemState(asked) ? asked : 'shown'
  const filter = { bodyId: body.bodyId, today: deps.clock.today(), state, text: query.q, ...(duty !== undefined && isPublicationCode(duty) ? { code: duty } : {}) }
  const rows = await listDutyItems(deps.db, filter, { limit: query.size, offset: query.offset })
  return renderPage(c, <DutyItemsPage body={body} code={code} state={state} rows={rows} query={query} total={await countDutyItems(deps.db, filter)} />)
}

for (const base of BASES) {
  dutyRoutes.get(`${base}/scope/:code`, read, (c) => scopePage(c))
  dutyRoutes.post(`${base}/scope/:code`, read, saveScope)
}

async function openScope(c: Context) {
  const { deps, actor } = signedIn(c)
  const { body, code } = await bodyOf(c)
  requirePermission(actor, 'setting.manage', body.bodyId)
  const [board] = await loadBoards(deps.db, [body], deps.clock.today())
  const row = board?.rows.find((each) => each.code === c.req.param('code'))
  if (row === undefined) throw new NotFound('这一项')
  return { deps, actor, body, code, row }
}

async function scopePage(c: Context, state: FormState = emptyForm) {
  const { body, code, row } = await openScope(c)
  return renderPage(c, <ScopePage row={row} body={body} code={code} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

async function saveScope(c: Context) {
  const { deps, actor, body, code, row } = await openScope(c)
  const form = await parseForm(c, SMALL)
  const [applies, reason] = [form.text('applies'), form.text('reason')]
  const errors: FormState['errors'] = {
    ...(applies === 'yes' || applies === 'no' ? {} : { applies: '请选择适用还是不适用' }),
    ...(reason.length < 2 || reason.length > 300 ? { reason: '请写明理由，二至三百个字' } : {}),
  }
  if (Object.keys(errors).length > 0) return scopePage(c, { values: form.fields, errors })
  await setScope(deps, actor, { bodyId: body.bodyId, code: row.code, applies: applies === 'yes', reason })
  setFlash(c, { tone: 'ok', text: applies === 'yes' ? '已定为适用' : '已定为不适用' })
  return c.redirect(baseOf(code), 303)
}

const LINK_LIST = { sorts: ['url'], defaultSort: 'url', filters: { state: Object.keys(LINK_STATES) } } as const
const FAULTS_SHOWN = 50

for (const base of BASES) dutyRoutes.get(`${base}/links`, read, linksPage)

async function linksPage(c: Context) {
  const { deps, actor } = signedIn(c)
  const { body, code } = await bodyOf(c)
  const { bodyId } = body
  const query = parseListQuery(c.req.url, LINK_LIST)
  const { state } = query.filters
  const filter = { text: query.q, ...(isLinkState(state) ? { state } : {}) }
  return renderPage(
    c,
    <LinksPage
      body={body}
      code={code}
      links={await listLinks(deps.db, bodyId, filter, { limit: query.size, offset: query.offset })}
      total={await countLinks(deps.db, bodyId, filter)}
      faults={await listFileFaults(deps.db, bodyId, { limit: FAULTS_SHOWN, offset: 0 })}
      faultTotal={await countFileFaults(deps.db, bodyId)}
      query={query}
      checkedAt={await lastChecked(deps.db, bodyId)}
      isOn={await isLinkCheckOn(deps, bodyId)}
      canCheck={can(actor, 'item.handle', bodyId)}
      flash={takeFlash(c)}
    />,
  )
}

dutyRoutes.post(`${DUTIES}/links/check`, permit('item.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  await transaction(deps.db, (tx) => enqueue(tx, LINK_JOB, { bodyId, whole: true }, { key: `${LINK_JOB}/${bodyId}`, maxAttempts: 3 }))
  setFlash(c, { tone: 'ok', text: '已交办，在后台查；过几分钟再来看' })
  return c.redirect(`${DUTIES}/links`, 303)
})

dutyRoutes.route('/', inspectionRoutes)
