import { Hono, type Context } from 'hono'
import { requirePermission, setFlash } from '../../identity/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { renderPage, type FormState } from '../../platform/html/index.ts'
import { cellsOf, type CellCode } from '../../statute/report-form.ts'
import { findingKey } from '../own-check/finding-key.ts'
import { MAX_REPORT_BYTES } from '../actions/import-previous-report.ts'
import { UnreadableReport } from '../reading/index.ts'
import { checkUpload } from './check-upload.ts'
import { findFiling } from './filing-store.ts'
import { FILING, filingPlace } from './filing-routes.tsx'
import { loadFiling } from './load-filing.ts'
import { FILING_REFUSED } from './refused-words.ts'
import { CheckUploadPage, DiscardPage, ReadBackPage, UploadPage } from './upload-pages.tsx'
import { confirmUpload, discardUpload, fileUpload, uploadReport } from './upload-report.ts'
import { getUpload } from './upload-store.ts'

/** 上传文件报送：读取、逐格核对、校核、报送。挂在 requireSignIn 之后。 */
export const uploadRoutes = new Hono()

const UPLOAD = `${FILING}/uploads/:upload`

async function filerPlace(c: Context) {
  const place = await filingPlace(c)
  requirePermission(place.actor, 'report.file', place.body.bodyId)
  const { name } = await loadFiling(place.deps.db, place.body.bodyId, place.year, place.deps.clock.today())
  return { ...place, name }
}

async function uploadPage(c: Context, state?: FormState) {
  const { base, name, year } = await filerPlace(c)
  return renderPage(c, <UploadPage base={base} name={name} year={year} state={state} />, { status: state === undefined ? 200 : 422 })
}

uploadRoutes.get(`${FILING}/upload`, (c) => uploadPage(c))

uploadRoutes.post(`${FILING}/upload`, async (c) => {
  const { deps, actor, key, base, year } = await filerPlace(c)
  const form = await parseForm(c, { maxBytes: MAX_REPORT_BYTES + 64 * 1024, maxFiles: 1, maxFields: 10 })
  const [file] = form.files
  const again = (message: string) => uploadPage(c, { values: form.fields, errors: { file: message } })
  if (file === undefined) return again('请选择报告的文件')
  try {
    const result = await uploadReport(deps, actor, { ...key, file })
    if (result.ok) return c.redirect(`${base}/uploads/${result.uploadId}`, 303)
    return again(result.refusal === 'wrong-year' ? `文件是 ${result.year ?? '认不出年度的'} 年的报告，应为 ${year} 年` : FILING_REFUSED[result.refusal])
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error
    return again(error.message)
  }
})

async function readBack(c: Context, entries: ReadonlyMap<CellCode, string> | null, errors: Readonly<Record<CellCode, string>>) {
  const { deps, base, name, year, key } = await filerPlace(c)
  const upload = await getUpload(deps.db, key, c.req.param('upload') ?? '')
  const typed = new Map(Object.entries(upload.typed).map(([code, value]) => [code, String(value)]))
  return renderPage(c, <ReadBackPage base={base} name={name} year={year} uploadId={upload.upload_id} fileName={upload.file_name} read={upload.read} entries={entries ?? typed} errors={errors} />, {
    status: entries === null ? 200 : 422,
  })
}

uploadRoutes.get(UPLOAD, (c) => readBack(c, null, {}))

uploadRoutes.post(UPLOAD, async (c) => {
  const { deps, actor, key, base } = await filerPlace(c)
  const uploadId = c.req.param('upload')
  const { read } = await getUpload(deps.db, key, uploadId)
  const form = await parseForm(c, { maxBytes: 64 * 1024, maxFields: 300 })
  const entries = new Map(cellsOf(read.edition).map((code) => [code, form.text(`cell.${code}`).slice(0, 40)]))
  const result = await confirmUpload(deps, actor, { ...key, uploadId, entries })
  return result.ok ? c.redirect(`${base}/uploads/${uploadId}/check`, 303) : readBack(c, entries, result.errors)
})

uploadRoutes.get(`${UPLOAD}/discard`, async (c) => {
  const { deps, base, name, year, key } = await filerPlace(c)
  const upload = await getUpload(deps.db, key, c.req.param('upload'))
  return renderPage(c, <DiscardPage base={base} name={name} year={year} uploadId={upload.upload_id} fileName={upload.file_name} />)
})

uploadRoutes.post(`${UPLOAD}/discard`, async (c) => {
  const { deps, actor, key, base } = await filerPlace(c)
  await discardUpload(deps, actor, { ...key, uploadId: c.req.param('upload') })
  return c.redirect(`${base}/upload`, 303)
})

async function checkPage(c: Context, state?: FormState) {
  const { deps, base, name, year, key } = await filerPlace(c)
  const upload = await getUpload(deps.db, key, c.req.param('upload') ?? '')
  if (!upload.confirmed) return c.redirect(`${base}/uploads/${upload.upload_id}`, 303)
  const filing = await findFiling(deps.db, key.bodyId, year)
  return renderPage(
    c,
    <CheckUploadPage
      base={base}
      name={name}
      year={year}
      uploadId={upload.upload_id}
      fileName={upload.file_name}
      read={upload.read}
      typed={upload.typed}
      findings={await checkUpload(deps.db, { ...key, read: upload.read, typed: upload.typed })}
      allowed={filing?.state.errorsAllowed ?? null}
      returned={filing?.state.status === 'returned'}
      state={state}
    />,
    { status: state === undefined ? 200 : 422 },
  )
}

uploadRoutes.get(`${UPLOAD}/check`, (c) => checkPage(c))

uploadRoutes.post(`${UPLOAD}/file`, async (c) => {
  const { deps, actor, key, base } = await filerPlace(c)
  const form = await parseForm(c, { maxBytes: 512 * 1024, maxFields: 400 })
  const reasons = new Map(
    Object.keys(form.fields).flatMap((name) => (name.startsWith('reason-') ? [[name.slice('reason-'.length), form.text(name).slice(0, 500)] as const] : [])),
  )
  const uploadId = c.req.param('upload')
  const result = await fileUpload(deps, actor, { ...key, uploadId, reasons, reply: form.text('reply').slice(0, 1000) })
  if (result.ok) {
    setFlash(c, { tone: 'ok', text: `第 ${result.round} 次报送已交区政务公开办审核` })
    return c.redirect(base, 303)
  }
  if (result.refusal === 'reason-required') return checkPage(c, { values: form.fields, errors: await missingReasons(c, reasons) })
  return checkPage(c, { values: form.fields, errors: { '': FILING_REFUSED[result.refusal] } })
})

async function missingReasons(c: Context, reasons: ReadonlyMap<string, string>): Promise<Record<string, string>> {
  const { deps, key } = await filingPlace(c)
  const upload = await getUpload(deps.db, key, c.req.param('upload') ?? '')
  const findings = await checkUpload(deps.db, { ...key, read: upload.read, typed: upload.typed })
  const missing = findings.filter((one) => one.severity === 'warning' && (reasons.get(findingKey(one)) ?? '').trim().length < 5)
  return Object.fromEntries(missing.map((one) => [`reason-${findingKey(one)}`, FILING_REFUSED['reason-required']]))
}
