import { Hono, type Context } from 'hono'
import { getBodyByCode, getBody } from '../../bodies/index.ts'
import { itemPath, listCountedItems, listPublishedByIds } from '../../catalogue/index.ts'
import { record } from '../../audit/index.ts'
import { can, permit, requirePermission, setFlash, signedIn } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseForm } from '../../platform/http/index.ts'
import { emptyForm, parseListQuery, renderPage, type FormState } from '../../platform/html/index.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { labelOf } from '../../statute/report-form.ts'
import { inBeijing } from '../beijing-time.ts'
import { RECORD_KINDS, type RecordKind } from '../tally/cell-records.ts'
import { listPredecessors } from '../collection/predecessors.ts'
import { CellPage } from './desk-cell-page.tsx'
import { countSnapshot } from '../tally/count-snapshot.ts'
import { DriftPage } from './desk-drift-page.tsx'
import { PreviousPage, PreviousPreviewPage } from './desk-previous-page.tsx'
import { driftOf } from '../tally/drift.ts'
import { eventLabel } from '../tally/event-words.ts'
import { ITEMS_CELL } from '../tally/figures.ts'
import { findRecord, isRecordKind, RECORD_PERMITS } from '../tally/find-record.ts'
import {
  importPreviousReport,
  MAX_REPORT_BYTES,
  previewPreviousReport,
  reopenPreviousPreview,
} from '../actions/import-previous-report.ts'
import { listCellRecords, meaningOf, type CellRecordPage } from '../tally/list-cell-records.ts'
import { liveModel, loadModel } from '../editions/load-model.ts'
import { findPrevious } from '../own-check/previous.ts'
import { UnreadableReport } from '../reading/index.ts'
import { RecordPage } from './record-page.tsx'
import { cellText } from '../editions/report-document.ts'
import { cellPath } from '../roll-up/roll-up-place.ts'
import { findReport, findReportRow } from '../store.ts'

/** 从数字到记录，从记录到数字；台账的出入；载入上年报告。挂在 requireSignIn 之后。 */
export const cellRoutes = new Hono()

const REPORT = '/desk/reports/:code/:year{[0-9]{4}}'

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const body = await getBodyByCode(deps.db, c.req.param('code') ?? '')
  requirePermission(actor, 'report.read', body.bodyId)
  const year = Number(c.req.param('year'))
  return { body, year, base: `/desk/reports/${body.code}/${year}`, found: await findReport(deps.db, body.bodyId, year) }
}

/** 要有立好的报告才有的页面；没有立的抛 NotFound。 */
async function openReportOf(c: Context) {
  const { found, ...place } = await open(c)
  if (found === null) throw new NotFound(`${place.year} 年度报告`)
  return { ...place, found }
}

const LIST = { sorts: ['on'], defaultSort: '-on', size: 50 } as const
/** 导出至多十万条；再多的请按年按格分次取。 */
const EXPORT_ROWS = 100_000
const EXPORT_PAGE = 200

cellRoutes.get(`${REPORT}/cells/:cell/records.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  const { body, year } = await open(c)
  requirePermission(actor, 'export.data', body.bodyId)
  const cell = c.req.param('cell')
  const live = await countSnapshot(deps.db, body.bodyId, year, deps.clock.today())
  if (cell !== ITEMS_CELL && !(cell in live.cells)) throw new NotFound('报告里的这一格')
  const scope = { bodyId: body.bodyId, year, asOf: live.asOf }
  const lines = [toCsvLine(['记录', '种类', '情形', '计入之日', '计数'])]
  let query = { ...parseListQuery('/', LIST), size: EXPORT_PAGE }
  while (lines.length <= EXPORT_ROWS) {
    const page: CellRecordPage =
      cell === ITEMS_CELL
        ? await listCountedItems(deps.db, scope, { limit: query.size, offset: query.offset })
        : await listCellRecords(deps.db, scope, cell, query, 0)
    for (const one of page.records) lines.push(toCsvLine([one.title, one.kindLabel, one.note, one.on, String(one.amount)]))
    const after = page.cursors?.next ?? null
    if (page.records.length < query.size || (page.cursors !== undefined && after === null)) break
    query = { ...query, after, offset: query.offset + query.size }
  }
  await transaction(deps.db, (tx) =>
    record(tx, actor, 'annual-report.records-exported', { bodyId: body.bodyId, target: `${year} ${cell}` }, { rows: lines.length - 1 }),
  )
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${body.name}${year}年${cell}.csv`)}`)
  // 表格软件靠 BOM 认出 UTF-8
  return c.body(`\uFEFF${lines.join('')}`)
})

cellRoutes.get(`${REPORT}/cells/:cell`, (c) => cellPage(c, false))
// 区政府的格是汇总；它自己台账所记的另有一页
cellRoutes.get(`${REPORT}/own-cells/:cell`, (c) => cellPage(c, true))

async function cellPage(c: Context, own: boolean) {
  const { deps, actor } = signedIn(c)
  const { body, year, base, found } = await open(c)
  const cell = c.req.param('cell') ?? ''
  if (body.kind === 'government' && !own) return c.redirect(cellPath(year, cell), 303)
  // 一页页往后翻时，台账没有变的不重数
  const today = deps.clock.today()
  const live = await c.get('whileUnchanged')(`snapshot ${body.bodyId} ${year} ${today}`, () => countSnapshot(deps.db, body.bodyId, year, today))
  // 没有立报告的年度也能看台账的数
  const model = found === null ? await liveModel(deps.db, { bodyId: body.bodyId, year, found }, deps) : await loadModel(deps.db, found, deps, live)
  const items = cell === ITEMS_CELL
  if (!items && !(cell in live.cells)) throw new NotFound('报告里的这一格')
  const query = parseListQuery(c.req.url, LIST)
  const scope = { bodyId: body.bodyId, year, asOf: live.asOf }
  const page: CellRecordPage = items
    ? await listCountedItems(deps.db, scope, { limit: query.size, offset: query.offset })
    : await listCellRecords(deps.db, scope, cell, query, live.cells[cell] ?? 0)
  const liveValue = items ? String(live.figures.items.total) : String(live.cells[cell] ?? '')
  const value = own ? liveValue : items ? String(model.figures.items.total) : cellText(model, cell)
  return renderPage(
    c,
    <CellPage
      base={base}
      model={model}
      label={items ? '主动公开政府信息' : labelOf(cell, model.form)}
      value={value}
      meaning={items ? `${year} 年（至 ${live.asOf}）首次公开的信息，按条计` : meaningOf(cell, year, live.asOf)}
      cell={cell}
      predecessors={await listPredecessors(deps.db, body.bodyId, year)}
      records={page.records}
      query={query}
      total={page.total}
      {...(page.cursors === undefined ? {} : { cursors: page.cursors })}
      live={liveValue === value ? null : liveValue}
      opened={found !== null}
      exportHref={can(actor, 'export.data', body.bodyId) ? `${base}/cells/${cell}/records.csv` : null}
    />,
  )
}

const FROM_LEDGER = '由台账导入的，也可以在台账里改好这一行重新导入。'
const CASE_MEND = `在案件页办「更正登记」，前后都留着，格随之而变。${FROM_LEDGER}`

/** 本机关的记录在工作台的哪里办、怎样更正；不写的由台账来，没有自己的页面。 */
const HANDLED: Partial<Record<RecordKind, { at: string; label: string; mend: string }>> = {
  application: { at: '/desk/applications', label: '办理这件申请', mend: `在案件页办「更正登记」；结果、送达有误的，由负责人办「更正结果与送达」。前后都留着，格随之而变。${FROM_LEDGER}` },
  item: { at: '/desk/items', label: '打开这条信息', mend: '在本系统登记的，在信息的页面改内容或者撤回；由台账导入的，在台账里改好这一行重新导入，索引号相同的即更正原记录，改动留痕。' },
  'normative-document': { at: '/desk/normative', label: '打开这份文件', mend: '在文件的页面办「更正登记」；有效期、废止登记错了的，由负责人办「更正效力」。前后都留着，格随之而变。' },
  review: { at: '/desk/reviews', label: '打开这件复议', mend: CASE_MEND },
  litigation: { at: '/desk/reviews', label: '打开这件诉讼', mend: CASE_MEND },
}

/** 公众在哪里看这一条；没有公开着的为 null。 */
async function publicPathOf(tx: Tx, ref: { bodyId: string; itemId: string }): Promise<string | null> {
  const item = (await listPublishedByIds(tx, [ref])).get(ref.itemId)
  return item === undefined ? null : itemPath(item.indexNo)
}

cellRoutes.get('/desk/records/:kind/:body/:id', async (c) => {
  const { deps, actor } = signedIn(c)
  const kind = c.req.param('kind')
  if (!isRecordKind(kind)) throw new NotFound('这种记录')
  const bodyId = c.req.param('body')
  requirePermission(actor, RECORD_PERMITS[kind], bodyId)
  const found = await findRecord(deps.db, kind, { bodyId, id: c.req.param('id'), today: deps.clock.today() })
  const body = await getBody(deps.db, bodyId)
  const handled = (bodyId === actor.bodyId ? HANDLED[kind] : undefined) ?? null
  const mayImport = can(actor, 'ledger.import', bodyId)
  const year = /^\d{4}$/.exec(c.req.query('year') ?? '')?.[0]
  return renderPage(
    c,
    <RecordPage
      title={found.title}
      handle={handled === null ? null : { label: handled.label, href: `${handled.at}/${c.req.param('id')}` }}
      mayImport={mayImport}
      publicHref={kind === 'item' ? await publicPathOf(deps.db, { bodyId, itemId: c.req.param('id') }) : null}
      kindLabel={`${RECORD_KINDS[kind]} · ${body.name}`}
      facts={found.facts}
      history={found.history.map(({ event, at }) => ({
        on: event.on,
        text: eventLabel(kind, event.kind),
        note: `记于 ${inBeijing(at)}`,
      }))}
      feeds={found.feeds.map(({ year, cell }) => ({
        label: `${year} 年：${cell === ITEMS_CELL ? '主动公开政府信息' : labelOf(cell)}`,
        href: `/desk/reports/${body.code}/${year}/cells/${cell}`,
      }))}
      from={year === undefined || (await findReportRow(deps.db, bodyId, Number(year))) === undefined ? null : { label: `${year} 年度报告`, href: `/desk/reports/${body.code}/${year}` }}
      mend={handled?.mend ?? (mayImport ? '在台账里改好这一行重新导入，登记号、文号等相同的即更正原记录，改动留痕。' : '由本机关信息公开工作机构在台账里改好后重新导入，改动留痕。')}
    />,
  )
})

cellRoutes.get(`${REPORT}/drift`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { body, base, found } = await openReportOf(c)
  const released = found.state.status === 'released'
  return renderPage(
    c,
    <DriftPage
      base={base}
      model={await loadModel(deps.db, found, deps)}
      drift={await driftOf(deps.db, found, deps.clock.today())}
      canFreeze={!released && can(actor, 'report.draft', body.bodyId)}
      released={released}
    />,
  )
})

async function previousPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const { body, base, year } = await openReportOf(c)
  requirePermission(actor, 'report.draft', body.bodyId)
  const previous = await findPrevious(deps.db, body.bodyId, year - 1)
  const imported = previous?.source === 'imported' ? previous.fileName : null
  return renderPage(c, <PreviousPage base={base} year={year} filed={previous?.source === 'filed'} imported={imported} state={state} />, {
    status: state === emptyForm ? 200 : 422,
  })
}

cellRoutes.get(`${REPORT}/previous`, (c) => previousPage(c))

cellRoutes.post(`${REPORT}/previous`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { body, base, year } = await openReportOf(c)
  const form = await parseForm(c, { maxBytes: MAX_REPORT_BYTES + 64 * 1024, maxFiles: 1, maxFields: 10 })
  const [file] = form.files
  if (file === undefined) return previousPage(c, { values: form.fields, errors: { file: '请选择上年报告的文件' } })
  try {
    const preview = await previewPreviousReport(deps, actor, { bodyId: body.bodyId, year, file })
    return renderPage(c, <PreviousPreviewPage base={base} year={year} preview={preview} />)
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error
    return previousPage(c, { values: form.fields, errors: { file: error.message } })
  }
})

const FILE_KEY = /^[0-9a-f]{64}$/

cellRoutes.post(`${REPORT}/previous/confirm`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { body, base, year } = await openReportOf(c)
  const form = await parseForm(c, { maxBytes: 256 * 1024, maxFields: 10 })
  const from = { bodyId: body.bodyId, year, fileKey: form.text('fileKey'), ticket: form.text('ticket'), fileName: form.text('fileName').slice(0, 200) }
  if (!FILE_KEY.test(from.fileKey)) throw new NotFound('上传的文件')
  const problems = form
    .text('problems')
    .split(/\r?\n\s*\r?\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const result = await importPreviousReport(deps, actor, { ...from, problems })
  if (result.ok) {
    setFlash(c, { tone: 'ok', text: `${year - 1} 年报告已载入，可核对上年衔接` })
    return c.redirect(base, 303)
  }
  const preview = await reopenPreviousPreview(deps, actor, from)
  const state = { values: form.fields, errors: { '': `文件是 ${preview.read.year ?? '认不出年度的'} 年的报告，须为 ${year - 1} 年，请换一个文件` } }
  return renderPage(c, <PreviousPreviewPage base={base} year={year} preview={preview} state={state} />, { status: 422 })
})
