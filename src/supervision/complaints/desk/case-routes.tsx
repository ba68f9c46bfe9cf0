import { Hono } from 'hono'
import type { Context } from 'hono'
import { MissingGlyphs } from '../../../documents/index.ts'
import { permit, setFlash, signedIn, takeFlash } from '../../../identity/index.ts'
import type { Permit } from '../../../identity/index.ts'
import { fieldKeys } from '../../../platform/crypto.ts'
import { Conflict, NotFound } from '../../../platform/errors.ts'
import { emptyForm, renderPage } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { parseForm } from '../../../platform/http/index.ts'
import { isId } from '../../../platform/id.ts'
import { actOnComplaint, requireFree } from '../act-on-complaint.ts'
import { COMPLAINT_ACTIONS, isActionName, isPossible } from '../complaint-actions.ts'
import type { ActionName } from '../complaint-actions.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { COMPLAINT_REFUSALS, isOpen } from '../complaint.ts'
import { getComplaint } from '../complaint-store.ts'
import { FILE_LIMITS, FILE_TYPES, UPLOAD, readFiles } from '../file-store.ts'
import { findHelp } from '../find-help.ts'
import { REASON_MISSING, addEvidence, readAnswerLetter, readComplainant, readFile } from '../read-complaint.ts'
import { isBarred, viewerOf } from '../viewer.ts'
import { ComplaintActPage, ComplaintNotNowPage, EvidencePage, IdentityPage, LetterPage } from './act-pages.tsx'
import { ComplaintCasePage } from './case-page.tsx'
import { HOME, hrefOf } from './complaint-words.tsx'
import { toCasePage } from './to-case-page.ts'

/** 一件投诉：看、办一步、反映人、文件；挂在列表与登记之后。 */
export const complaintCaseRoutes = new Hono()

const LIMITS = { maxBytes: 128 * 1024, maxFields: 40 }
const CASE = `${HOME}/:id`

async function open(c: Context, wanted: Permit) {
  const { deps, actor } = signedIn(c)
  const complaintId = c.req.param('id') ?? ''
  if (!isId(complaintId)) throw new NotFound('这件投诉')
  const found = await getComplaint(deps.db, actor.bodyId, complaintId)
  requireFree(actor, wanted, actor.bodyId, found.state)
  const ref = { bodyId: actor.bodyId, complaintId }
  return { deps, actor, ref, found, named: { complaintId, regNo: found.state.regNo } }
}
type Opened = Awaited<ReturnType<typeof open>>

complaintCaseRoutes.get(CASE, permit('complaint.read'), async (c) => {
  const { deps, actor, found } = await open(c, 'complaint.read')
  return renderPage(c, <ComplaintCasePage {...await toCasePage(deps, actor, found)} flash={takeFlash(c)} />)
})

complaintCaseRoutes.get(`${CASE}/identity`, permit('complaint.identity'), async (c) => renderPage(c, <IdentityPage {...(await open(c, 'complaint.identity')).named} state={emptyForm} shown={null} />))

complaintCaseRoutes.post(`${CASE}/identity`, permit('complaint.identity'), async (c) => {
  const { deps, actor, ref, named } = await open(c, 'complaint.identity')
  const form = await parseForm(c, LIMITS)
  const reason = form.text('reason')
  const shown = reason.length > 200 ? null : await readComplainant(deps, actor, { ...ref, reason })
  if (shown === null) return renderPage(c, <IdentityPage {...named} state={{ values: form.fields, errors: { reason: reason.length > 200 ? '不超过 200 个字' : REASON_MISSING } }} shown={null} />, { status: 422 })
  c.header('Cache-Control', 'no-store')
  return renderPage(c, <IdentityPage {...named} state={emptyForm} shown={shown} />)
})

complaintCaseRoutes.get(`${CASE}/letter`, permit('complaint.identity'), async (c) => {
  const { found, named } = await open(c, 'complaint.identity')
  if (found.state.answer === null) throw new NotFound('答复')
  return renderPage(c, <LetterPage {...named} state={emptyForm} />)
})

const LETTER_TYPES = { pdf: 'application/pdf', docx: FILE_TYPES.docx.mime } as const

complaintCaseRoutes.post(`${CASE}/letter`, permit('complaint.identity'), async (c) => {
  const { deps, actor, ref, named } = await open(c, 'complaint.identity')
  const form = await parseForm(c, LIMITS)
  const [format, reason] = [form.text('format'), form.text('reason')]
  const again = (errors: FormState['errors']) => renderPage(c, <LetterPage {...named} state={{ values: form.fields, errors }} />, { status: 422 })
  if (format !== 'pdf' && format !== 'docx') return again({ format: '请选择格式' })
  if (reason.length < 2 || reason.length > 200) return again({ reason: reason.length > 200 ? '不超过 200 个字' : REASON_MISSING })
  try {
    const { bytes, name } = await readAnswerLetter(deps, actor, { ...ref, format, reason })
    return download(c, { bytes, name, mime: LETTER_TYPES[format] })
  } catch (error) {
    if (error instanceof MissingGlyphs) return again({ '': error.message })
    throw error
  }
})

function download(c: Context, { bytes, name, mime }: { bytes: Uint8Array; name: string; mime: string }) {
  c.header('Content-Type', mime)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', 'no-store')
  return c.body(new Uint8Array(bytes))
}

complaintCaseRoutes.get(`${CASE}/files/:fileId`, permit('complaint.handle'), async (c) => {
  const { deps, actor, ref } = await open(c, 'complaint.handle')
  const fileId = c.req.param('fileId')
  if (!isId(fileId)) throw new NotFound('这份文件')
  const { bytes, name, type } = await readFile(deps, actor, { ...ref, fileId })
  return download(c, { bytes, name, mime: FILE_TYPES[type].mime })
})

complaintCaseRoutes.get(`${CASE}/evidence`, permit('complaint.handle'), async (c) => {
  const { found, named } = await open(c, 'complaint.handle')
  return isOpen(found.state) ? renderPage(c, <EvidencePage {...named} state={emptyForm} />) : c.redirect(hrefOf(named.complaintId), 303)
})

complaintCaseRoutes.post(`${CASE}/evidence`, permit('complaint.handle'), async (c) => {
  const { deps, actor, ref, found, named } = await open(c, 'complaint.handle')
  if (!isOpen(found.state)) return c.redirect(hrefOf(named.complaintId), 303)
  const form = await parseForm(c, UPLOAD)
  const { files, wrong } = await readFiles(form.files, FILE_LIMITS.once)
  const again = (message: string) => renderPage(c, <EvidencePage {...named} state={{ values: {}, errors: { files: message } }} />, { status: 422 })
  if (wrong !== null || files.length === 0) return again(wrong ?? '请选择文件')
  const added = await addEvidence(deps, actor, ref, files)
  if (!added.ok) return again(`这一件还能附 ${added.left} 份`)
  setFlash(c, { tone: 'ok', text: `已附上 ${files.length} 份` })
  return c.redirect(hrefOf(ref.complaintId), 303)
})

const STEP = `${CASE}/:step`

const stepOf = (c: Context): ActionName => {
  const step = c.req.param('step') ?? ''
  if (!isActionName(step)) throw new NotFound('这一步')
  return step
}

async function actPage(c: Context, opened: Opened, step: ActionName, state: FormState = emptyForm, status: 200 | 409 | 422 = 200) {
  const { deps, actor, ref, found, named } = opened
  const action: ComplaintAction = COMPLAINT_ACTIONS[step]
  const help = await findHelp(deps.db, fieldKeys(deps.config.secretKey), ref, found.state, { today: deps.clock.today(), viewer: viewerOf(actor) })
  if (!isPossible(action, found.state, help)) return renderPage(c, <ComplaintNotNowPage {...named} label={action.label} reason={COMPLAINT_REFUSALS['not-in-this-state']} />, { status: 409 })
  return renderPage(c, <ComplaintActPage {...named} action={action} name={step} fields={action.fields(found.state, help)} shown={action.shown?.(found.state) ?? []} version={found.version} state={state} />, { status })
}

complaintCaseRoutes.get(STEP, permit('complaint.read'), async (c) => {
  const step = stepOf(c)
  return actPage(c, await open(c, COMPLAINT_ACTIONS[step].permit), step)
})

const TAKEN = '他人刚才办过这一件。请另开一页看最新的，确认之后再交；您填写的都在。'

complaintCaseRoutes.post(STEP, permit('complaint.read'), async (c) => {
  const step = stepOf(c)
  const opened = await open(c, COMPLAINT_ACTIONS[step].permit)
  const { deps, actor, ref } = opened
  const form = await parseForm(c, LIMITS)
  const again = (errors: FormState['errors'], status: 409 | 422) => actPage(c, opened, step, { values: form.fields, errors }, status)
  try {
    const acted = await actOnComplaint(deps, actor, { ...ref, seen: Number(form.text('version')), step, given: form.text })
    if (!acted.ok) return again(acted.errors, 422)
  } catch (error) {
    if (error instanceof Conflict) return again({ '': TAKEN }, 409)
    throw error
  }
  const { state } = await getComplaint(deps.db, ref.bodyId, ref.complaintId)
  const moved = state.status === 'transferred' && step !== 'transfer'
  setFlash(c, moved ? { tone: 'warn', text: '本机关能办的人都须回避，已转给主管部门' } : { tone: 'ok', text: COMPLAINT_ACTIONS[step].done })
  return c.redirect(isBarred(viewerOf(actor), state.barred) ? HOME : hrefOf(ref.complaintId), 303)
})
