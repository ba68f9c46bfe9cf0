import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCalendar, getSetting } from '../../bodies/index.ts'
import { MissingGlyphs } from '../../documents/index.ts'
import { can, listDisplayNames, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { fieldsOfKind } from '../applicants/applicant-form.ts'
import { listMaskedNames } from '../applicants/applicant-store.ts'
import { checkGiven } from '../desk/check-given.ts'
import { LETTER_FORMATS, isLetterFormat } from '../letter-desk/letter-files.ts'
import { toErrors } from '../letter-desk/letter-form.ts'
import { valueOf } from '../desk/to-case-page.ts'
import { CORRECTION_ACTS, actOnCorrection } from './correction-acts.ts'
import { parseCorrectionIntake } from './correction-form.ts'
import { CorrectionIntakePage } from './correction-intake-page.tsx'
import { CorrectionActPage, CorrectionFilesPage, CorrectionListPage, CorrectionNotNowPage, CorrectionPage, CorrectionPersonPage, HOME, hrefOf } from './correction-pages.tsx'
import { countCorrections, getCorrection, listCorrections } from './correction-store.ts'
import type { CorrectionFilter } from './correction-store.ts'
import { readCorrectionApplicant, readCorrectionLetter } from './read-correction.ts'
import { CORRECTION_REFUSED, CORRECTION_STATUSES, canStep, correctionDueOn, overdueReceivedOn } from './record-correction.ts'
import type { CorrectionStatus, CorrectionStep } from './record-correction.ts'
import { registerCorrection } from './register-correction.ts'
import { toCorrectionPage } from './to-correction-page.ts'

/** 工作台的更正申请（条例第四十一条）：列表、登记、办理、告知书；挂在 requireSignIn 之后。 */
export const recordCorrectionRoutes = new Hono()

const read = permit('application.read')
const LIMITS = { maxBytes: 128 * 1024, maxFields: 40 }
const LIST = { sorts: ['receivedOn'], defaultSort: 'receivedOn', filters: { status: Object.keys(CORRECTION_STATUSES), overdue: ['yes'] } } as const

const keysOf = (c: Context) => fieldKeys(c.get('deps').config.secretKey)
const isStatus = (text: string | undefined): text is CorrectionStatus => text !== undefined && Object.hasOwn(CORRECTION_STATUSES, text)

recordCorrectionRoutes.get(HOME, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const today = deps.clock.today()
  const query = parseListQuery(c.req.url, LIST)
  const [days, calendar] = [await getSetting(deps.db, bodyId, 'recordCorrectionDays'), await getCalendar(deps.db)]
  const late = query.filters['overdue'] === 'yes' ? overdueReceivedOn(today, days, calendar) : null
  const { status } = query.filters
  const filter: CorrectionFilter = { bodyId, regNo: query.q, ...(isStatus(status) ? { status } : {}), ...(late === null ? {} : { waiting: true, receivedTo: late }) }
  const rows = await listCorrections(deps.db, filter, { page: query.page, size: query.size, descending: query.descending })
  const names = can(actor, 'personal-data.read', bodyId) ? await listMaskedNames(deps.db, keysOf(c), bodyId, rows.map((row) => row.applicantId)) : new Map<string, string>()
  return renderPage(
    c,
    <CorrectionListPage
      rows={rows}
      names={names}
      dueOf={(row) => correctionDueOn(row.receivedOn, days, calendar)}
      query={query}
      total={await countCorrections(deps.db, filter)}
      today={today}
      canHandle={can(actor, 'application.handle')}
      flash={takeFlash(c)}
    />,
  )
})

const intakePage = (c: Context, correctionId: string, state: FormState = emptyForm) =>
  renderPage(c, <CorrectionIntakePage correctionId={correctionId} asPerson={c.req.query('as') !== 'organisation'} today={c.get('deps').clock.today()} state={state} />, { status: state === emptyForm ? 200 : 422 })

recordCorrectionRoutes.get(`${HOME}/new`, permit('application.handle'), (c) => intakePage(c, newId()))

recordCorrectionRoutes.post(`${HOME}/new`, permit('application.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const given = form.text('correctionId')
  const correctionId = isId(given) ? given : newId()
  const parsed = parseCorrectionIntake(form.text, deps.clock.today())
  if (!parsed.ok) return intakePage(c, correctionId, { values: form.fields, errors: parsed.errors })
  const regNo = await registerCorrection(deps, actor, { bodyId: actor.bodyId, correctionId, intake: parsed.intake })
  setFlash(c, { tone: 'ok', text: `已登记，登记号 ${regNo}` })
  return c.redirect(hrefOf(correctionId), 303)
})

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const correctionId = c.req.param('id') ?? ''
  if (!isId(correctionId)) throw new NotFound('这件更正申请')
  const ref = { bodyId: actor.bodyId, correctionId }
  return { deps, actor, ref, found: await getCorrection(deps.db, keysOf(c), ref) }
}

recordCorrectionRoutes.get(`${HOME}/:id`, read, async (c) => {
  const { deps, actor, ref, found } = await open(c)
  const people = await listDisplayNames(deps.db, [found.proposedBy, found.decidedBy].filter((id) => id !== null && isId(id)))
  return renderPage(c, <CorrectionPage {...await toCorrectionPage(deps, actor, ref.bodyId, found)} people={people} flash={takeFlash(c)} />)
})

const PERSON = `${HOME}/:id/personal-data`

recordCorrectionRoutes.get(PERSON, permit('personal-data.read'), async (c) => renderPage(c, <CorrectionPersonPage found={(await open(c)).found} state={emptyForm} shown={null} />))

recordCorrectionRoutes.post(PERSON, permit('personal-data.read'), async (c) => {
  const { deps, actor, ref, found } = await open(c)
  const form = await parseForm(c, LIMITS)
  const reason = form.text('reason')
  const again = (message: string) => renderPage(c, <CorrectionPersonPage found={found} state={{ values: form.fields, errors: { reason: message } }} shown={null} />, { status: 422 })
  if (reason.length > 200) return again('不超过 200 个字')
  const result = await readCorrectionApplicant(deps, actor, { ...ref, reason })
  if (!result.ok) return again(result.message)
  const { applicant } = result
  const shown = fieldsOfKind(applicant.kind).flatMap(({ key, label }) => {
    const value = valueOf(applicant, key)
    return value === null || value === '' ? [] : [[label, value] as const]
  })
  return renderPage(c, <CorrectionPersonPage found={found} state={emptyForm} shown={shown} />)
})

const FILES = `${HOME}/:id/files`

recordCorrectionRoutes.get(FILES, permit('personal-data.read'), async (c) => {
  const { found } = await open(c)
  if (found.letter === null) throw new NotFound('更正告知书')
  return renderPage(c, <CorrectionFilesPage found={found} state={emptyForm} />)
})

recordCorrectionRoutes.post(FILES, permit('personal-data.read'), async (c) => {
  const { deps, actor, ref, found } = await open(c)
  const form = await parseForm(c, LIMITS)
  const [format, reason] = [form.text('format'), form.text('reason')]
  const again = (errors: FormState['errors']) => renderPage(c, <CorrectionFilesPage found={found} state={{ values: form.fields, errors }} />, { status: 422 })
  if (!isLetterFormat(format)) return again({ format: '请选择格式' })
  if (reason.length > 200) return again({ reason: '不超过 200 个字' })
  try {
    const result = await readCorrectionLetter(deps, actor, { ...ref, format, reason })
    if (!result.ok) return again({ reason: result.message })
    c.header('Content-Type', LETTER_FORMATS[format].type)
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(result.name)}`)
    c.header('Cache-Control', 'no-store')
    return c.body(new Uint8Array(result.bytes))
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error
    return again({ '': error.message })
  }
})

const STEP = `${HOME}/:id/:step`

function stepOf(c: Context): CorrectionStep {
  const step = c.req.param('step') ?? ''
  const found = (Object.keys(CORRECTION_ACTS) as CorrectionStep[]).find((each) => each === step)
  if (found === undefined) throw new NotFound('这一步')
  return found
}

type Opened = Awaited<ReturnType<typeof open>>

function actPage(c: Context, { deps, found }: Opened, step: CorrectionStep, chosen: string, state: FormState = emptyForm, status: 200 | 409 | 422 = 200) {
  const act = CORRECTION_ACTS[step]
  return renderPage(c, <CorrectionActPage found={found} step={step} act={act} fields={act.fields(found, deps.clock.today(), chosen)} chosen={chosen} state={state} />, { status })
}

const notNow = (c: Context, { found }: Opened, step: CorrectionStep) =>
  renderPage(c, <CorrectionNotNowPage found={found} label={CORRECTION_ACTS[step].label} reason={CORRECTION_REFUSED['not-now']} />, { status: 409 })

const chosenIn = (step: CorrectionStep, given: string): string => {
  const { first } = CORRECTION_ACTS[step]
  return first !== undefined && Object.hasOwn(first.options ?? {}, given) ? given : ''
}

recordCorrectionRoutes.get(STEP, read, async (c) => {
  const step = stepOf(c)
  const opened = await open(c)
  requirePermission(opened.actor, CORRECTION_ACTS[step].permit, opened.ref.bodyId)
  if (!canStep(opened.found.status, step)) return notNow(c, opened, step)
  return actPage(c, opened, step, chosenIn(step, c.req.query('result') ?? ''))
})

const TAKEN = '他人刚才办过这件更正申请。请另开一页看最新的，确认之后再交；您填写的都在。'

recordCorrectionRoutes.post(STEP, read, async (c) => {
  const step = stepOf(c)
  const opened = await open(c)
  const { deps, actor, ref, found } = opened
  requirePermission(actor, CORRECTION_ACTS[step].permit, ref.bodyId)
  const form = await parseForm(c, LIMITS)
  const chosen = chosenIn(step, form.text('result'))
  const again = (errors: FormState['errors'], status: 409 | 422 = 422) => actPage(c, opened, step, chosen, { values: form.fields, errors }, status)
  if (!canStep(found.status, step)) return notNow(c, opened, step)
  const fields = CORRECTION_ACTS[step].fields(found, deps.clock.today(), chosen)
  const errors = checkGiven(fields, form.text)
  if (Object.keys(errors).length > 0) return again(errors)
  try {
    const answer = await actOnCorrection(deps, actor, { ...ref, seen: Number(form.text('version')), step, given: form.text })
    if (!answer.ok) return again(toErrors(answer.problems, fields.map((field) => field.name)))
  } catch (error) {
    if (error instanceof Conflict) return again({ '': TAKEN }, 409)
    throw error
  }
  setFlash(c, { tone: 'ok', text: CORRECTION_ACTS[step].done })
  return c.redirect(hrefOf(ref.correctionId), 303)
})
