import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../identity/index.ts'
import { Forbidden, NotFound } from '../platform/errors.ts'
import { parseListQuery, renderPage } from '../platform/html/index.ts'
import { parseForm } from '../platform/http/index.ts'
import { ledgerTemplateCsv, ledgerTemplateXlsx, SHEET_LIMITS, toCsvLine, UnreadableSheet } from '../platform/ledger/index.ts'
import type { Ledger } from '../platform/ledger/index.ts'
import { confirmImport } from './confirm-import.ts'
import type { ConfirmRefusal } from './confirm-import.ts'
import { getLedger } from './context.ts'
import { ImportPage } from './import-page.tsx'
import { importHref, LedgersPage, LEDGERS_HREF } from './ledgers-page.tsx'
import { openLedgerFile } from './ledger-file.ts'
import { LEDGERS, publishesAtOnce } from './ledgers.ts'
import { mapImport } from './map-import.ts'
import { confirmStanding, mayView } from './second-person.ts'
import { startImport } from './start-import.ts'
import { getImport, listImports } from './store.ts'
import type { ImportRow } from './store.ts'
import { IMPORT_STATUSES } from './tables.ts'
import { UploadPage } from './upload-page.tsx'

/** 工作台的台账导入；挂在 requireSignIn 之后。 */
export const ledgerRoutes = new Hono()

const LIST = {
  sorts: ['at'],
  defaultSort: '-at',
  filters: { kind: LEDGERS.map(({ ledger }) => ledger.kind), status: Object.keys(IMPORT_STATUSES) },
  size: 20,
} as const

ledgerRoutes.get(LEDGERS_HREF, permit('ledger.import'), async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const { kind, status } = query.filters
  const { rows, total } = await listImports(deps.db, actor.bodyId, { limit: query.size, offset: query.offset, kind, status })
  const names = await listDisplayNames(deps.db, rows.map((row) => row.requested_by))
  return renderPage(c, <LedgersPage imports={rows} total={total} names={names} query={query} flash={takeFlash(c)} />)
})

ledgerRoutes.get(`${LEDGERS_HREF}/templates/:file`, permit('ledger.import'), async (c) => {
  const [, kind = '', format] = /^([a-z-]+)\.(xlsx|csv)$/.exec(c.req.param('file')) ?? []
  const ledger = getLedger(kind)
  const bytes = format === 'xlsx' ? await ledgerTemplateXlsx(ledger) : ledgerTemplateCsv(ledger)
  return sendFile(c, bytes, `${ledger.title}模板.${format}`)
})

ledgerRoutes.get(`${LEDGERS_HREF}/new/:kind`, permit('ledger.import'), (c) =>
  renderPage(c, <UploadPage {...ledgerOf(c)} />),
)

ledgerRoutes.post(`${LEDGERS_HREF}/new/:kind`, permit('ledger.import'), async (c) => {
  const { deps, actor } = signedIn(c)
  const { ledger, feeds } = ledgerOf(c)
  const form = await parseForm(c, { maxBytes: SHEET_LIMITS.fileBytes + 1024 * 1024, maxFiles: 1 })
  const [file] = form.files
  const again = (message: string) =>
    renderPage(c, <UploadPage ledger={ledger} feeds={feeds} state={{ values: form.fields, errors: { file: message } }} />, { status: 422 })
  if (file === undefined || file.bytes.byteLength === 0) return again('请选择一个文件')
  try {
    const input = { bodyId: actor.bodyId, kind: ledger.kind, file: { name: file.name, bytes: Buffer.from(file.bytes) } }
    const { importId } = await startImport(deps, actor, input)
    return c.redirect(importHref(importId), 303)
  } catch (error) {
    if (error instanceof UnreadableSheet) return again(error.message)
    throw error
  }
})

const IMPORT = `${LEDGERS_HREF}/imports/:id`
const FAULTS = { sorts: ['line'], defaultSort: 'line', size: 100 } as const

ledgerRoutes.get(IMPORT, async (c) => {
  const { deps, actor } = signedIn(c)
  const row = await importOf(c)
  const names = await listDisplayNames(deps.db, [row.requested_by])
  const page = (
    <ImportPage
      row={row}
      ledger={getLedger(row.kind)}
      by={names.get(row.requested_by) ?? '命令行'}
      query={parseListQuery(c.req.url, FAULTS)}
      mayUpload={can(actor, 'ledger.import', row.body_id)}
      mayConfirm={confirmStanding(actor, row) !== undefined}
      flash={takeFlash(c)}
    />
  )
  return renderPage(c, page, row.status === 'running' ? { refreshSeconds: 2 } : {})
})

ledgerRoutes.post(`${IMPORT}/mapping`, permit('ledger.import'), async (c) => {
  const { deps, actor } = signedIn(c)
  const row = await importOf(c)
  const form = await parseForm(c, { maxBytes: 64 * 1024, maxFields: SHEET_LIMITS.columns + 5 })
  const chosen = Object.fromEntries(
    Object.keys(form.fields).flatMap((name) => (/^c\d{1,2}$/.test(name) ? [[Number(name.slice(1)), form.text(name)]] : [])),
  )
  const ref = { bodyId: actor.bodyId, importId: row.import_id }
  const sheet = form.text('sheet') === '' ? row.sheet : form.text('sheet')
  try {
    const done = await mapImport(deps, actor, { ...ref, sheet, chosen })
    if (!done.ok) setFlash(c, { tone: 'warn', text: CONFIRM_WORDS[done.refusal] })
  } catch (error) {
    if (!(error instanceof UnreadableSheet)) throw error
    setFlash(c, { tone: 'error', text: error.message })
  }
  return c.redirect(importHref(row.import_id), 303)
})

const CONFIRM_WORDS: Record<ConfirmRefusal, string> = {
  'not-importable': '还有没改好的问题，不能导入',
  'already-confirmed': '这次导入已经确认过了',
  'own-upload': '您（或者委托您的人）上传的，导入即公开，须由另一人核对确认',
  'changed-since-seen': '您看过之后，列的对应又改过了；请再看一遍，再确认',
}

ledgerRoutes.post(`${IMPORT}/confirm`, async (c) => {
  const { deps, actor } = signedIn(c)
  const row = await importOf(c)
  const form = await parseForm(c, { maxBytes: 4096, maxFields: 5 })
  const done = await confirmImport(deps, actor, { bodyId: actor.bodyId, importId: row.import_id, seen: form.text('seen') })
  if (!done.ok) setFlash(c, { tone: 'warn', text: CONFIRM_WORDS[done.refusal] })
  return c.redirect(importHref(row.import_id), 303)
})

// 没有申请人的个人信息的才给下载：导入即公开的，确认的人要逐行看
ledgerRoutes.get(`${IMPORT}/file`, async (c) => {
  const { deps } = signedIn(c)
  const row = await importOf(c)
  if (!publishesAtOnce(row.kind)) throw new NotFound('这份文件')
  return sendFile(c, await openLedgerFile(deps, row.import_id, row.file_key), row.file_name)
})

ledgerRoutes.get(`${IMPORT}/account.csv`, async (c) => {
  const row = await importOf(c)
  const lines = (row.preview?.faults ?? []).map(({ line, column, value, message, mend }) =>
    toCsvLine([String(line), column ?? '整行', value ?? '', message, mend ?? '']),
  )
  const text = `\ufeff${toCsvLine(['行', '列', '所填', '问题', '怎样改'])}${lines.join('')}`
  return sendFile(c, Buffer.from(text), `${getLedger(row.kind).title}逐行账.csv`)
})

function ledgerOf(c: Context): { ledger: Ledger; feeds: string } {
  const ledger = getLedger(c.req.param('kind') ?? '')
  return { ledger, feeds: LEDGERS.find((each) => each.ledger === ledger)?.feeds ?? '' }
}

// 只能看自己机关的，不是的与没有的一样；导入的、确认的才看
async function importOf(c: Context): Promise<ImportRow> {
  const { deps, actor } = signedIn(c)
  const importId = c.req.param('id') ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(importId)) throw new NotFound('这次导入')
  if (!can(actor, 'ledger.import') && !can(actor, 'item.approve')) throw new Forbidden('导入台账')
  const row = await getImport(deps.db, { bodyId: actor.bodyId, importId })
  if (!mayView(actor, row)) throw new Forbidden('导入台账')
  return row
}

function sendFile(c: Context, bytes: Buffer, name: string): Response {
  const type = /\.(csv|txt)$/i.test(name) ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  c.header('Content-Type', type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  return c.body(Uint8Array.from(bytes).buffer)
}
