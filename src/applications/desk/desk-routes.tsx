import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, listHolders, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { actOnApplication, whoOf } from '../act-on-application.ts'
import { ActionPage, NotNowPage } from './action-page.tsx'
import { findArchive } from '../archive/archive-store.ts'
import { fieldsOfKind } from '../applicants/applicant-form.ts'
import { suppliedOn } from '../citizen/applicant-acts.ts'
import { mayGiveCode } from '../citizen/give-query-code.ts'
import { queryCodeRoutes } from '../citizen/query-code-routes.tsx'
import { getApplicant } from '../applicants/applicant-store.ts'
import { canHappen } from '../application.ts'
import type { FormHelp } from '../case-action.ts'
import { ACTION_NAMES, actionOf, isActionName, isOffered } from '../case-actions.ts'
import type { ActionName } from '../case-actions.ts'
import { CasePage, PersonalDataPage } from './case-page.tsx'
import type { CaseSections, OfferedAction } from './case-page.tsx'
import { checkGiven } from './check-given.ts'
import { assignRoutes } from './assign-routes.tsx'
import { consultationRoutes } from './consultation-routes.tsx'
import { deskListRoutes } from './desk-list-routes.tsx'
import type { Duplicate } from '../find-duplicates.ts'
import { listMergeable, listRelated, rankInMonth } from '../find-duplicates.ts'
import { HANDLER_ROLES } from '../handlers-of.ts'
import { deskAnsweredLogRoutes } from '../answered-log/answered-log-routes.tsx'
import { canPublish } from '../answered-log/answered-request.ts'
import { findConsent } from '../follow-up/consent.ts'
import { deskFollowRoutes } from '../follow-up/desk-follow-routes.tsx'
import { toDeskFollow } from '../follow-up/desk-follow-section.tsx'
import { parseIntake } from '../intake/intake-form.ts'
import { intakeDuplicateRoutes } from '../intake/intake-duplicates.ts'
import { IntakePage } from '../intake/intake-pages.tsx'
import { DESK_UPLOAD, dropIntakePaper, keepIntakePapers, mayAttach } from '../intake/intake-papers.ts'
import { listPapers } from '../papers/paper-store.ts'
import { listResponsibleBodies } from '../list-responsible-bodies.ts'
import { getCaseLinks } from '../get-case-links.ts'
import { issuedDiffers } from '../letter-desk/issued-differs.ts'
import { fitFields, LETTER_FIELD } from '../letter-desk/letter-steps.ts'
import { getLetter, listLetters } from '../letter-desk/letter-store.ts'
import { listWaitingLetters } from '../letter-desk/tell-step.ts'
import { findUnsentAnswer } from '../letter-desk/unsent-answer.ts'
import { letterHints } from '../letter-desk/to-letter-hints.ts'
import { listParties } from '../applicants/consultation-party.ts'
import { toConsultationRows } from './consultation-section.tsx'
import { getApplication } from '../queries.ts'
import { readPersonalData } from '../applicants/read-personal-data.ts'
import { documentWarnings, listAnswerDocuments, listRedactionReasons } from '../redaction-desk/answer-documents.ts'
import { REFUSED } from '../refusals.ts'
import { registerApplication } from '../intake/register-application.ts'
import { savedViewRoutes } from '../saved-views/saved-view-routes.tsx'
import { isOutcome } from '../../statute/outcomes.ts'
import { getGround } from '../settings.ts'
import { deskSuggestRoutes } from '../suggestions/desk-suggest-routes.tsx'
import { wordsOfItem } from '../suggestions/find-items.ts'
import { workloadRoutes } from './workload-routes.tsx'
import { assistanceOf, toCaseView, valueOf } from './to-case-page.ts'

/** 工作台的依申请公开：列表、登记、案件与各步；挂在 requireSignIn 之后。 */
export const deskApplicationRoutes = new Hono()
deskApplicationRoutes.route('/', deskListRoutes)
deskApplicationRoutes.route('/', savedViewRoutes)
deskApplicationRoutes.route('/', assignRoutes)
deskApplicationRoutes.route('/', workloadRoutes)
deskApplicationRoutes.route('/', deskSuggestRoutes)
deskApplicationRoutes.route('/', deskFollowRoutes)
deskApplicationRoutes.route('/', intakeDuplicateRoutes)
deskApplicationRoutes.route('/', consultationRoutes)
deskApplicationRoutes.route('/', queryCodeRoutes)
deskApplicationRoutes.route('/', deskAnsweredLogRoutes)

const read = permit('application.read')
const LIMITS = { maxBytes: 256 * 1024, maxFields: 60 }
// 遮盖后的姓名只给本机关办案的岗位；区政务公开办不看
const seesNames = (c: Context): boolean => can(signedIn(c).actor, 'personal-data.read', signedIn(c).actor.bodyId)

async function intakePage(c: Context, more: { caseId?: string; state?: FormState; duplicates?: readonly Duplicate[]; duplicateKey?: string; status?: 200 | 422 } = {}) {
  const { deps, actor } = signedIn(c)
  const { caseId = newId(), state = emptyForm, duplicates = [], duplicateKey = '', status = state === emptyForm ? 200 : 422 } = more
  const papers = more.caseId === undefined ? [] : (await listPapers(deps.db, actor.bodyId, caseId)).filter(({ addedBy }) => addedBy !== null)
  const page = (
    <IntakePage caseId={caseId} asPerson={c.req.query('as') !== 'organisation'} today={deps.clock.today()} state={state} duplicates={duplicates} duplicateKey={duplicateKey} papers={papers} />
  )
  return renderPage(c, page, { status })
}

deskApplicationRoutes.get('/desk/applications/new', permit('application.handle'), (c) => intakePage(c))

/** 登记时不可以的缘故，写在所涉的栏旁。 */
const INTAKE_FIELD: Readonly<Record<string, string>> = { 'in-the-future': 'submittedOn', 'date-invalid': 'submittedOn', 'before-submitted': 'confirmedOn', 'not-confirmed': 'confirmedOn' }

deskApplicationRoutes.post('/desk/applications/new', permit('application.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, DESK_UPLOAD)
  const given = form.text('caseId')
  const caseId = isId(given) ? given : newId()
  const { bodyId } = actor
  // 先存下扫描件：下面不论何处填错，都不必再传
  const wrongFiles = await keepIntakePapers(deps, actor, { bodyId, caseId, files: form.files })
  const removed = form.text('remove')
  if (isId(removed)) {
    await dropIntakePaper(deps, actor, { bodyId, caseId, paperId: removed })
    return intakePage(c, { caseId, state: { values: form.fields, errors: wrongFiles }, status: 200 })
  }
  const parsed = parseIntake(form)
  if (!parsed.ok || Object.keys(wrongFiles).length > 0) return intakePage(c, { caseId, state: { values: form.fields, errors: { ...(parsed.ok ? {} : parsed.errors), ...wrongFiles } } })
  const to = `/desk/applications/${caseId}`
  try {
    const result = await registerApplication(deps, actor, { bodyId, caseId, intake: parsed.intake, seen: form.text('seen') })
    if (result.ok) {
      setFlash(c, { tone: 'ok', text: result.confirmed ? `已登记，登记号 ${result.regNo}` : `已登记 ${result.regNo}，尚待与申请人确认收到` })
      return c.redirect(to, 303)
    }
    if (result.refusal === 'duplicates') return intakePage(c, { caseId, state: { values: form.fields, errors: {} }, duplicates: result.duplicates, duplicateKey: result.key })
    return intakePage(c, { caseId, state: { values: form.fields, errors: { [INTAKE_FIELD[result.refusal] ?? '']: REFUSED[result.refusal] } } })
  } catch (error) {
    // 同一张表单交了两次：第一次已登记
    if (error instanceof Conflict) return c.redirect(to, 303)
    throw error
  }
})

async function openCase(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { bodyId } = actor
  const found = await getApplication(deps.db, bodyId, caseId)
  const ground = await getGround(deps.db, bodyId, deps.clock.today())
  return { deps, actor, bodyId, ...found, ground, who: whoOf(actor, bodyId, found.events), picked: c.req.query('item') ?? '' }
}
type OpenCase = Awaited<ReturnType<typeof openCase>>

const MAIN = 2

// 没有可以并入的，不列并案
const listOthers = ({ deps, bodyId, caseId, state }: OpenCase) => (canHappen(state, 'merged') ? listMergeable(deps.db, bodyId, caseId) : [])

async function offered(opened: OpenCase): Promise<OfferedAction[]> {
  const { actor, bodyId, caseId, state, ground, who } = opened
  const names = ACTION_NAMES.filter((name) => can(actor, actionOf(name).permit, bodyId) && isOffered(name, state, who, ground))
  const alone = names.includes('merge') && (await listOthers(opened)).length === 0
  return names.filter((name) => name !== 'merge' || !alone).map((name, i) => {
    const { label, article, aside } = actionOf(name)
    const why = aside?.(state, who, ground) ?? null
    return { href: `/desk/applications/${caseId}/${name}`, label, article: why === null ? article : `${article}；${why}`, main: i < MAIN && !SIDE.includes(name) && why === null }
  })
}

// 从不作为主要的下一步
const SIDE: readonly ActionName[] = ['ask-reason', 'defer', 'extend', 'notice-fee', 'return-co-handling', 'ask-co-handling', 'assign', 'merge', 'unmerge', 'split', 'withdraw', 'correct', 'correct-outcome', 'void']

deskApplicationRoutes.get('/desk/applications/:id', read, async (c) => {
  const opened = await openCase(c)
  const { deps, actor, bodyId, caseId, state, events, ground } = opened
  const applicant = state.applicantId === null || !seesNames(c) ? null : await getApplicant(deps.db, fieldKeys(deps.config.secretKey), bodyId, state.applicantId)
  const people = await listDisplayNames(deps.db, [...new Set([...events.flatMap(({ actor: by, event }) => [by, event.onBehalfOf ?? []].flat()), ...events.flatMap(({ event }) => (event.kind === 'assigned' ? [event.to] : [])), ...state.coHandlings.flatMap((c) => c.account ?? [])])])
  const papers = await listPapers(deps.db, bodyId, caseId)
  return renderPage(
    c,
    <CasePage
      caseId={caseId}
      application={state}
      view={toCaseView(state, events, ground, { people, applicant })}
      handler={state.handler === null ? null : (people.get(state.handler) ?? null)}
      actions={await offered(opened)}
      canReadPerson={can(actor, 'personal-data.read', bodyId)}
      links={await getCaseLinks(deps.db, bodyId, caseId, state)}
      disputes={{
        links: (await c.get('disputesOf')?.(deps.db, bodyId, caseId, state.decision?.docNo ?? null)) ?? [],
        registerHref: state.receivedOn !== null && can(actor, 'review.handle', bodyId) ? `/desk/reviews/new?doc=${encodeURIComponent(state.decision?.docNo ?? state.regNo)}` : null,
      }}
      letterDiffers={await issuedDiffers(deps.db, deps, { bodyId, caseId, events })}
      {...await deskSections(opened, seesNames(c))}
      documentWarnings={documentWarnings(state, await listAnswerDocuments(deps.db, bodyId, caseId))}
      follow={await toDeskFollow(deps.db, { bodyId, caseId, state, events, papers, canHandle: can(actor, 'application.handle', bodyId), canLog: can(actor, 'application.handle', bodyId) && canPublish(state) })}
      papers={papers}
      suppliedOn={suppliedOn(state, events, papers)}
      recordHref={`/desk/records/application/${bodyId}/${caseId}`}
      flash={takeFlash(c)}
    />,
  )
})

/** 文书与步骤对不上之处、各次征求意见、可能重复的各件。 */
async function deskSections({ deps, actor, bodyId, caseId, state, events, ground }: OpenCase, seesPersonal: boolean): Promise<CaseSections> {
  const letters = await listLetters(deps.db, bodyId, caseId)
  const canHandle = can(actor, 'application.handle', bodyId)
  const parties = seesPersonal && state.consultations.length > 0 ? await listParties(deps.db, fieldKeys(deps.config.secretKey), bodyId, caseId) : null
  const related = await listRelated(deps.db, bodyId, caseId)
  return {
    hints: letterHints({ actor, bodyId, caseId, source: { application: state, events, letters, ground } }),
    consultations: toConsultationRows({ caseId, application: state, events, letters, parties, canHandle, calendar: ground.calendar }),
    // 同一申请人与否也是个人信息
    related: seesPersonal ? related : related.filter(({ sameContent }) => sameContent).map((one) => ({ ...one, sameApplicant: false })),
    archive: can(actor, 'archive.read', bodyId) ? await findArchive(deps.db, { bodyId, caseId }) : null,
    queryCodeHref: canHandle && seesPersonal && (await mayGiveCode(deps.db, bodyId, state)) ? `/desk/applications/${caseId}/query-code` : null,
    attachHref: canHandle && mayAttach(state.status) ? `/desk/applications/${caseId}/attach` : null,
  }
}

const PERSONAL = '/desk/applications/:id/personal-data'

deskApplicationRoutes.get(PERSONAL, permit('personal-data.read'), async (c) => {
  const { caseId, state } = await openCase(c)
  if (state.applicantId === null) throw new NotFound('申请人的资料')
  return renderPage(c, <PersonalDataPage caseId={caseId} regNo={state.regNo} state={emptyForm} shown={null} />)
})

deskApplicationRoutes.post(PERSONAL, permit('personal-data.read'), async (c) => {
  const { deps, actor, bodyId, caseId, state } = await openCase(c)
  const form = await parseForm(c, LIMITS)
  const reason = form.text('reason')
  if (reason.length > 200) return renderPage(c, <PersonalDataPage caseId={caseId} regNo={state.regNo} state={{ values: form.fields, errors: { reason: '不超过 200 个字' } }} shown={null} />, { status: 422 })
  const result = await readPersonalData(deps, actor, { bodyId, caseId, reason })
  if (!result.ok) {
    const refused = { values: form.fields, errors: { reason: '请写明查看的事由，不少于二个字' } }
    return renderPage(c, <PersonalDataPage caseId={caseId} regNo={state.regNo} state={refused} shown={null} />, { status: 422 })
  }
  const { applicant } = result
  const shown = [...fieldsOfKind(applicant.kind).map(({ key, label }) => [label, valueOf(applicant, key)] as const), ['需要的协助', assistanceOf(applicant)] as const]
  const filled = shown.flatMap(([label, value]) => (value === null || value === '' ? [] : [[label, value] as const]))
  return renderPage(c, <PersonalDataPage caseId={caseId} regNo={state.regNo} state={emptyForm} shown={filled} />)
})

const ACTION = '/desk/applications/:id/:action'

function actionName(c: Context): ActionName {
  const name = c.req.param('action') ?? ''
  if (!isActionName(name)) throw new NotFound('这一步')
  return name
}

const helpFor = async ({ deps, bodyId, caseId, picked }: OpenCase, name: ActionName, chosen: string): Promise<FormHelp> => ({
  chosen,
  consented: name === 'dispatch' && (await findConsent(deps.db, bodyId, caseId))?.agreed === true,
  rank: name === 'notice-fee' ? await rankInMonth(deps.db, bodyId, caseId) : 1,
  people: name === 'assign' || name === 'ask-co-handling' ? Object.fromEntries(await listHolders(deps.db, bodyId, HANDLER_ROLES)) : {},
  others: name === 'merge' ? Object.fromEntries((await listMergeable(deps.db, bodyId, caseId)).map((one) => [one.caseId, `${one.regNo} ${one.content.slice(0, 40)}`])) : {},
  publicItem: name === 'propose' && chosen === 'GRANTED_ALREADY_PUBLIC' ? await wordsOfItem(deps.db, picked, deps.config.baseUrl) : '',
  redactions: name === 'propose' && chosen === 'PARTIAL' ? (await listRedactionReasons(deps.db, fieldKeys(deps.config.secretKey), bodyId, caseId)).join('\n') : '',
  bodies: name === 'propose' && chosen === 'UNABLE_NOT_HELD' ? await listResponsibleBodies(deps.db, bodyId) : {},
})

/** 这一步的各栏；有已发出而没有记的文书的，由它先填好。`asked` 为地址或者表单里所选的一件，没有选的取后发的。 */
async function fieldsFor(opened: OpenCase, name: ActionName, chosen: string, asked: string) {
  const { deps, bodyId, caseId, state, ground } = opened
  const fields = actionOf(name).fields(state, ground, await helpFor(opened, name, chosen))
  const letters = await listWaitingLetters(deps.db, { bodyId, caseId }, name)
  const entry = letters.find(({ letterId }) => letterId === asked) ?? (asked === '' ? letters[0] : undefined)
  return fitFields(fields, letters, entry === undefined ? null : await getLetter(deps.db, fieldKeys(deps.config.secretKey), bodyId, caseId, entry.letterId))
}

async function actionPage(c: Context, opened: OpenCase, name: ActionName, chosen: string, state: FormState = emptyForm, status: 200 | 409 | 422 = 200) {
  const { caseId, state: application, version } = opened
  const action = actionOf(name)
  const fields = await fieldsFor(opened, name, chosen, state.values[LETTER_FIELD]?.[0] ?? c.req.query(LETTER_FIELD) ?? '')
  const unsent = name === 'dispatch' ? await findUnsentAnswer(opened.deps.db, opened, application) : null
  const lessons = c.get('lessonsFor')
  const fared = name === 'propose' && lessons !== undefined && isOutcome(chosen) ? await lessons(opened.deps.db, opened.bodyId, chosen, opened.ground.today) : null
  const consequences = typeof action.consequences === 'function' ? action.consequences(application, opened.ground) : action.consequences
  return renderPage(c, <ActionPage {...{ caseId, name, action, application, version, fields, consequences, unsent, chosen, fared, state }} />, { status })
}

const chosenIn = (name: ActionName, given: string): string => {
  const first = actionOf(name).first
  return first !== undefined && Object.hasOwn(first.options ?? {}, given) ? given : ''
}

deskApplicationRoutes.get(ACTION, read, async (c) => {
  const name = actionName(c)
  const opened = await openCase(c)
  const action = actionOf(name)
  requirePermission(opened.actor, action.permit, opened.bodyId)
  if (!isOffered(name, opened.state, opened.who, opened.ground)) return notNow(c, opened, name, REFUSED['not-now'])
  const chosen = chosenIn(name, c.req.query(action.first?.name ?? '') ?? '')
  const fields = action.fields(opened.state, opened.ground, await helpFor(opened, name, chosen))
  const bare = fields.some(({ kind, required, options }) => kind === 'choice' && required === true && Object.keys(options ?? {}).length === 0)
  return bare ? notNow(c, opened, name, action.nothing ?? REFUSED['not-now']) : actionPage(c, opened, name, chosen)
})

const notNow = (c: Context, { caseId, state }: OpenCase, name: ActionName, reason: string, filled: readonly (readonly [string, string])[] = []) =>
  renderPage(c, <NotNowPage caseId={caseId} action={actionOf(name)} application={state} reason={reason} filled={filled} />, { status: 409 })

deskApplicationRoutes.post(ACTION, read, async (c) => {
  const name = actionName(c)
  const opened = await openCase(c)
  const { deps, actor, bodyId, caseId, state } = opened
  const action = actionOf(name)
  requirePermission(actor, action.permit, bodyId)
  const form = await parseForm(c, LIMITS)
  const chosen = chosenIn(name, form.text(action.first?.name ?? ''))
  const fields = await fieldsFor(opened, name, chosen, form.text(LETTER_FIELD))
  const filled = fields.map(({ name: field, label, options }) => [label, options?.[form.text(field)] ?? form.text(field)] as const).filter(([, text]) => text !== '')
  const again = (errors: FormState['errors'], status: 409 | 422 = 422) => actionPage(c, opened, name, chosen, { values: form.fields, errors }, status)
  // 已经不能办的，先说明；能办的再查各栏
  if (!canHappen(state, action.event)) return notNow(c, opened, name, REFUSED['not-now'], filled)
  if (Number(form.text('version')) !== opened.version) return again({ '': TAKEN }, 409)
  const errors = { ...action.check?.(form.text), ...checkGiven(fields, form.text) }
  if (Object.keys(errors).length > 0) return again(errors)
  try {
    const answer = await actOnApplication(deps, actor, { bodyId, caseId, seen: opened.version, name, given: form.text })
    if (!answer.ok) return again({ '': REFUSED[answer.refusal] })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const now = await openCase(c)
    return canHappen(now.state, action.event)
      ? actionPage(c, now, name, chosen, { values: form.fields, errors: { '': TAKEN } }, 409)
      : notNow(c, now, name, TAKEN, filled)
  }
  setFlash(c, { tone: 'ok', text: typeof action.done === 'string' ? action.done : action.done((await getApplication(deps.db, bodyId, caseId)).state) })
  return c.redirect(`/desk/applications/${caseId}`, 303)
})

const TAKEN = '他人刚才办过这件申请。请另开一页看最新的经过，确认之后再交；您填写的都在。'
