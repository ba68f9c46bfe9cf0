import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../../identity/index.ts'
import { Forbidden, NotFound } from '../../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage, toFormState } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { parseForm } from '../../../platform/http/index.ts'
import { isId } from '../../../platform/id.ts'
import { toCsvLine } from '../../../platform/ledger/index.ts'
import { PAGE_RESULTS } from '../tables.ts'
import type { PageResult } from '../tables.ts'
import { CONFIRM_REFUSED, confirmSiteImport, confirmStanding, startSiteImport } from './run-site-import.ts'
import { getSiteImport, listPages, listSiteImports } from './site-import-store.ts'
import type { SiteImportRow } from './site-import-store.ts'
import { SiteImportPage, SiteImportsPage, SITE_IMPORTS, siteImportHref } from './site-import-pages.tsx'
import { SITE_PROFILE } from './site-profile.ts'
import { SITE_LIMITS, UnreadableSite } from './site-source.ts'

/** 工作台的旧网站导入；挂在 requireSignIn 之后。 */
export const siteImportRoutes = new Hono()

const LIST = { sorts: ['at'], defaultSort: '-at', size: 20 } as const
const PAGES = { sorts: ['page'], defaultSort: 'page', filters: { result: Object.keys(PAGE_RESULTS) }, size: 50 } as const

siteImportRoutes.get(SITE_IMPORTS, permit('ledger.import'), (c) => listPage(c, emptyForm))

async function listPage(c: Context, state: FormState, status: 200 | 422 = 200) {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.method === 'GET' ? c.req.url : SITE_IMPORTS, LIST)
  const { rows, total } = await listSiteImports(deps.db, actor.bodyId, { limit: query.size, offset: query.offset })
  const names = await listDisplayNames(deps.db, rows.map((row) => row.requested_by))
  return renderPage(c, <SiteImportsPage imports={rows} total={total} names={names} query={query} state={state} flash={takeFlash(c)} />, { status })
}

siteImportRoutes.post(SITE_IMPORTS, permit('ledger.import'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, { maxBytes: SITE_LIMITS.uploadBytes + 1024 * 1024, maxFiles: 1, maxFields: 20 })
  const parsed = SITE_PROFILE.safeParse(form.first())
  const [file] = form.files
  const issues = [...(parsed.error?.issues ?? []), ...(file === undefined || file.bytes.byteLength === 0 ? [{ path: ['file'], message: '请选择一个压缩包' }] : [])]
  if (!parsed.success || file === undefined || issues.length > 0) return listPage(c, toFormState(form.fields, issues), 422)
  try {
    const { importId } = await startSiteImport(deps, actor, { bodyId: actor.bodyId, file: { name: file.name, bytes: Buffer.from(file.bytes) }, profile: parsed.data })
    return c.redirect(siteImportHref(importId), 303)
  } catch (error) {
    if (error instanceof UnreadableSite) return listPage(c, { values: form.fields, errors: { file: error.message } }, 422)
    throw error
  }
})

const ONE = `${SITE_IMPORTS}/:id`

siteImportRoutes.get(ONE, async (c) => {
  const { deps, actor } = signedIn(c)
  const row = await importOf(c)
  const query = parseListQuery(c.req.url, PAGES)
  const result = query.filters['result'] as PageResult | undefined
  const ref = { bodyId: row.body_id, importId: row.import_id }
  const pages = await listPages(deps.db, ref, { limit: query.size, offset: query.offset, ...(result === undefined ? {} : { result }) })
  const names = await listDisplayNames(deps.db, [row.requested_by])
  const working = row.status === 'reading' || row.status === 'running'
  return renderPage(c, <SiteImportPage row={row} by={names.get(row.requested_by) ?? '命令行'} pages={pages} query={query} mayConfirm={can(actor, 'item.approve', row.body_id) && confirmStanding(actor, row.requested_by) !== undefined} flash={takeFlash(c)} />, working ? { refreshSeconds: 2 } : {})
})

siteImportRoutes.post(`${ONE}/confirm`, permit('item.approve'), async (c) => {
  const { deps, actor } = signedIn(c)
  const row = await importOf(c)
  const form = await parseForm(c, { maxBytes: 4096, maxFields: 5 })
  const done = await confirmSiteImport(deps, actor, { bodyId: row.body_id, importId: row.import_id }, { withDoubt: form.text('doubtful') === 'yes', by: 'job' })
  if (!done.ok) setFlash(c, { tone: 'warn', text: CONFIRM_REFUSED[done.refusal] })
  return c.redirect(siteImportHref(row.import_id), 303)
})

siteImportRoutes.get(`${ONE}/account.csv`, async (c) => {
  const { deps } = signedIn(c)
  const row = await importOf(c)
  const ref = { bodyId: row.body_id, importId: row.import_id }
  async function* lines(): AsyncGenerator<Buffer> {
    yield Buffer.from(`\ufeff${toCsvLine(['序号', '结果', '标题', '日期', '缘由', '文件', '网址'])}`)
    for (let after = 0; ; ) {
      const pages = await listPages(deps.db, ref, { after, limit: 1000 })
      yield Buffer.from(pages.map((page) => toCsvLine([String(page.page), PAGE_RESULTS[page.result], page.title, page.on_day ?? '', page.notes.join('；'), page.path, page.url])).join(''))
      const last = pages.at(-1)
      if (pages.length < 1000 || last === undefined) return
      after = last.page
    }
  }
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('旧网站逐页账.csv')}`)
  return c.body(Readable.toWeb(Readable.from(lines())) as ReadableStream<Uint8Array>)
})

// 上传的、确认的才看；只能看自己机关的，不是的与没有的一样
async function importOf(c: Context): Promise<SiteImportRow> {
  const { deps, actor } = signedIn(c)
  if (!can(actor, 'ledger.import') && !can(actor, 'item.approve')) throw new Forbidden('从旧网站导入')
  const importId = c.req.param('id') ?? ''
  if (!isId(importId)) throw new NotFound('这次导入')
  return getSiteImport(deps.db, { bodyId: actor.bodyId, importId })
}
