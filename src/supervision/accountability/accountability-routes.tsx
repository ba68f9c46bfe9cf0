import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { findBodyByCode, listBodies } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { can, listActingHolders, listDisplayNames, permit, reachOf, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { Sources } from '../assessment/source.ts'
import { viewerOf } from '../complaints/viewer.ts'
import { errorsOf, hasErrors, textProblem } from '../progress/check-text.ts'
import { EVIDENCE_UPLOAD, takeEvidence } from '../progress/evidence-file.ts'
import type { EvidenceFile } from '../progress/evidence-file.ts'
import { sendEvidence } from '../progress/send-evidence.ts'
import { ACCOUNTABILITY, REFUSED, STEPS, STEP_NAMES, actOnMatter, isStep, leastReplyBy, matterHref, openMatter, permitOf, putAside } from './matter-acts.ts'
import type { Refusal, StepName } from './matter-acts.ts'
import { MatterListPage, MatterPage, NewMatterPage, measureWords } from './matter-pages.tsx'
import { countAccountability, countMatters, getMatter, listMatters } from './matter-store.ts'
import type { MatterFilter } from './matter-store.ts'
import { STATUSES, isMeasure, isStatus } from './matter.ts'
import { QuestionPage, QuestionsPage, questionHref } from './question-pages.tsx'
import { listMatterRecords, listQuestionRecords, listQuestions } from './questions.ts'
import { TRIGGER_KEYS, isTrigger } from './triggers.ts'

const SMALL = { maxBytes: 128 * 1024, maxFields: 300 }
const read = permit('accountability.read')
const manage = permit('accountability.manage')
const LIST = { sorts: ['openedOn'], defaultSort: '-openedOn', filters: { status: Object.keys(STATUSES), year: 'year' } } as const
const QUESTION_LIST = { sorts: ['body'], defaultSort: 'body', filters: { trigger: TRIGGER_KEYS, year: 'year' }, size: 50 } as const
const MATTER = `${ACCOUNTABILITY}/matters/:body/:id`
const QUESTIONS = `${ACCOUNTABILITY}/questions`
const MOST_EXPORTED = 5000

const thisYear = ({ clock }: Pick<Deps, 'clock'>): number => Number(clock.today().slice(0, 4))
const yearsUntil = (year: number): number[] => Array.from({ length: 6 }, (_, i) => year - i)

/** 区政务公开办看全区；机关只看自己的、告知过的。 */
function filterOf(actor: SignedInActor, { filters, q }: ListQuery): MatterFilter {
  const { status, year } = filters
  return { ...(reachOf(actor, 'accountability.read') === 'district' ? {} : { bodyId: actor.bodyId, told: true }), ...(isStatus(status) ? { status } : {}), ...(year === undefined ? {} : { year: Number(year) }), text: q }
}

async function bodyOf(c: Context): Promise<Body> {
  const { deps, actor } = signedIn(c)
  const body = await findBodyByCode(deps.db, (c.req.param('body') ?? '').slice(0, 40))
  if (body === null) throw new NotFound('这个机关')
  requirePermission(actor, 'accountability.read', body.bodyId)
  return body
}

/** 责任追究：线索、事项；挂在 requireSignIn 之后。 */
export function accountabilityRoutes(sources: Sources): Hono {
  const routes = new Hono()

  routes.get(ACCOUNTABILITY, read, async (c) => {
    const { deps, actor } = signedIn(c)
    const query = parseListQuery(c.req.url, LIST)
    const filter = filterOf(actor, query)
    const year = filter.year ?? thisYear(deps)
    const canManage = can(actor, 'accountability.manage')
    return renderPage(
      c,
      <MatterListPage
        rows={await listMatters(deps.db, filter, { limit: query.size, offset: query.offset, descending: query.descending })}
        bodies={new Map((await listBodies(deps.db, { includeAbolished: true })).map((body) => [body.bodyId, body]))}
        query={query}
        total={await countMatters(deps.db, filter)}
        years={yearsUntil(thisYear(deps))}
        counts={canManage ? { year, ...(await countAccountability(deps.db, { from: `${year}-01-01`, to: `${year}-12-31` })) } : null}
        canManage={canManage}
        canExport={can(actor, 'export.data')}
        flash={takeFlash(c)}
      />,
    )
  })

  routes.get(`${ACCOUNTABILITY}.csv`, read, async (c) => {
    const { deps, actor } = signedIn(c)
    requirePermission(actor, 'export.data')
    const query = parseListQuery(c.req.url, LIST)
    const rows = await listMatters(deps.db, filterOf(actor, query), { limit: MOST_EXPORTED, offset: 0, descending: query.descending })
    const names = new Map((await listBodies(deps.db, { includeAbolished: true })).map((body) => [body.bodyId, body.name]))
    await record(deps.db, actor, 'accountability.exported', actor.bodyId, { rows: rows.length })
    const lines = rows.map((row) => toCsvLine([row.title, names.get(row.bodyId) ?? '', STATUSES[row.status], row.openedOn, row.replyBy ?? '', row.decidedOn ?? '', measureWords(row.measures), row.rectifyBy ?? '', row.closedOn ?? '']))
    return c.body(`\uFEFF${toCsvLine(['事项', '机关', '办到', '提起', '陈述申辩截止', '处理日期', '处理', '整改期限', '办结'])}${lines.join('')}`, 200, { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent('责任追究.csv')}` })
  })

  const newPage = async (c: Context, state: FormState = emptyForm) => {
    const { deps } = signedIn(c)
    return renderPage(c, <NewMatterPage bodies={(await listBodies(deps.db)).filter(({ kind }) => kind !== 'government').map(({ code, name }) => ({ value: code, label: name }))} state={state} />, { status: state === emptyForm ? 200 : 422 })
  }
  routes.get(`${ACCOUNTABILITY}/new`, manage, (c) => newPage(c))
  routes.post(`${ACCOUNTABILITY}/new`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const body = await findBodyByCode(deps.db, form.text('body').slice(0, 40))
    const errors = { ...matterErrors(form), ...(body === null ? { body: '请选择机关' } : {}) }
    if (body === null || hasErrors(errors)) return newPage(c, { values: form.fields, errors })
    const made = await openMatter(deps, actor, sources, { bodyId: body.bodyId, title: form.text('title'), basis: form.text('basis'), picked: null })
    if (!made.ok) return newPage(c, { values: form.fields, errors: { '': REFUSED[made.refusal] } })
    setFlash(c, { tone: 'ok', text: '已提起，告知之前机关看不到' })
    return c.redirect(matterHref(body.code, made.matterId), 303)
  })

  routes.get(QUESTIONS, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const today = deps.clock.today()
    const parsed = parseListQuery(c.req.url, QUESTION_LIST)
    const year = Number(parsed.filters['year'] ?? thisYear(deps) - (today.slice(5, 7) < '04' ? 1 : 0))
    const query = { ...parsed, filters: { ...parsed.filters, year: String(year) } }
    const bodies = (await listBodies(deps.db, { text: query.q })).filter(({ kind }) => kind !== 'government')
    const found = await listQuestions(deps.db, sources, { bodyIds: bodies.map(({ bodyId }) => bodyId), year, today, viewer: viewerOf(actor) })
    const order = new Map(bodies.map(({ bodyId }, i) => [bodyId, i]))
    const { trigger: wanted } = parsed.filters
    const rows = found.filter(({ trigger }) => wanted === undefined || wanted === trigger).toSorted((a, b) => (order.get(a.bodyId) ?? 0) - (order.get(b.bodyId) ?? 0))
    return renderPage(c, <QuestionsPage year={year} rows={rows.slice(query.offset, query.offset + query.size)} total={rows.length} bodies={new Map(bodies.map((body) => [body.bodyId, body]))} query={query} years={yearsUntil(thisYear(deps))} />)
  })

  const questionOf = async (c: Context, year: string) => {
    const trigger = c.req.param('trigger') ?? ''
    if (!isTrigger(trigger)) throw new NotFound('这种线索')
    return { body: await bodyOf(c), trigger, year: /^20[0-9]{2}$/.test(year) ? Number(year) : thisYear(signedIn(c).deps) }
  }
  const questionPage = async (c: Context, year: string, state: FormState = emptyForm) => {
    const { deps, actor } = signedIn(c)
    const found = await questionOf(c, year)
    const records = await listQuestionRecords(deps.db, sources, { ...found, bodyId: found.body.bodyId, today: deps.clock.today(), viewer: viewerOf(actor) })
    return renderPage(c, <QuestionPage {...found} records={records} state={state} flash={takeFlash(c)} />, { status: state === emptyForm ? 200 : 422 })
  }
  routes.get(`${QUESTIONS}/:body/:trigger`, manage, (c) => questionPage(c, c.req.query('year') ?? ''))
  routes.post(`${QUESTIONS}/:body/:trigger`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const { body, trigger, year } = await questionOf(c, form.text('year'))
    const picked = { trigger, year, recordIds: (form.fields['record'] ?? []).slice(0, 200) }
    const aside = form.text('aside') === 'yes'
    const errors = aside ? errorsOf({ reason: textProblem(form.text('reason'), 2, 300) }) : matterErrors(form)
    if (hasErrors(errors)) return questionPage(c, form.text('year'), { values: form.fields, errors })
    const back = (refusal: Refusal) => questionPage(c, form.text('year'), { values: form.fields, errors: { record: REFUSED[refusal] } })
    if (aside) {
      const done = await putAside(deps, actor, sources, { bodyId: body.bodyId, reason: form.text('reason'), ...picked })
      if (!done.ok) return back(done.refusal)
      setFlash(c, { tone: 'ok', text: '已写明不提起' })
      return c.redirect(questionHref(body.code, trigger, year), 303)
    }
    const made = await openMatter(deps, actor, sources, { bodyId: body.bodyId, title: form.text('title'), basis: form.text('basis'), picked })
    if (!made.ok) return back(made.refusal)
    setFlash(c, { tone: 'ok', text: '已提起，告知之前机关看不到' })
    return c.redirect(matterHref(body.code, made.matterId), 303)
  })

  const openedMatter = async (c: Context) => {
    const { deps, actor } = signedIn(c)
    const body = await bodyOf(c)
    const matterId = c.req.param('id') ?? ''
    if (!isId(matterId)) throw new NotFound('这件事项')
    const found = await getMatter(deps.db, body.bodyId, matterId)
    const isOffice = can(actor, 'accountability.manage', body.bodyId)
    if (!isOffice && found.state.told === null) throw new NotFound('这件事项')
    return { deps, actor, body, found, matterId, isOffice }
  }
  const matterPage = async (c: Context, states: Partial<Record<StepName, FormState>> = {}) => {
    const { deps, actor, body, found, matterId, isOffice } = await openedMatter(c)
    const { bodyId } = body
    const files = await deps.db.selectFrom('accountability_file').select(['file_id as fileId', 'name', 'step', 'added_by as addedBy']).where('body_id', '=', bodyId).where('matter_id', '=', matterId).orderBy('file_id').limit(100).execute()
    const steps = STEP_NAMES.filter((step) => STEPS[step].from.some((status) => status === found.state.status) && can(actor, permitOf(step), bodyId))
    const holders = steps.includes('tell') ? await listActingHolders(deps.db, bodyId, ['handler', 'unit-head', 'disclosure-officer', 'disclosure-head', 'publisher', 'leader'], deps.clock.today()) : []
    const known: string[] = [...found.history.map(({ actor: by }) => by), ...files.map(({ addedBy }) => addedBy), ...holders, ...(found.state.told?.subject == null ? [] : [found.state.told.subject])].filter((each) => isId(each))
    const people = await listDisplayNames(deps.db, [...new Set(known)])
    // 机关看到的经过自告知起：之前的查明是区政务公开办自己的
    const history = isOffice ? found.history : found.history.filter(({ event }) => event.kind !== 'opened')
    return renderPage(
      c,
      <MatterPage
        bodyId={bodyId} body={body} matterId={matterId} version={found.version} matter={found.state} history={history} files={files} people={people} steps={steps}
        records={await listMatterRecords(deps.db, sources, { bodyId, matterId, viewer: viewerOf(actor) })}
        subjects={holders.map((id) => ({ value: id, label: people.get(id) ?? '' }))}
        leastReplyBy={steps.includes('tell') ? await leastReplyBy(deps.db, bodyId, deps.clock.today()) : null}
        today={deps.clock.today()} isOffice={isOffice} canRaise={bodyId === actor.bodyId && can(actor, 'safeguard.handle', bodyId)} states={states} flash={takeFlash(c)}
      />,
      { status: Object.keys(states).length === 0 ? 200 : 422 },
    )
  }
  routes.get(MATTER, read, (c) => matterPage(c))
  routes.post(`${MATTER}/:step`, read, async (c) => {
    const step = c.req.param('step') ?? ''
    if (!isStep(step)) throw new NotFound('这一步')
    const { deps, actor, body, matterId } = await openedMatter(c)
    requirePermission(actor, permitOf(step), body.bodyId)
    const form = await parseForm(c, EVIDENCE_UPLOAD)
    const errors = stepErrors(step, form)
    if (hasErrors(errors)) return matterPage(c, { [step]: { values: form.fields, errors } })
    const taken = await takeEvidence(deps, form.files)
    if (!taken.ok) return matterPage(c, { [step]: { values: form.fields, errors: { [`${step}-file`]: taken.message } } })
    const answer = await actOnMatter(deps, actor, { bodyId: body.bodyId, matterId, seen: Number(form.text('seen')), step, given: givenOf(step, form, taken.file) })
    if (!answer.ok) return matterPage(c, { [step]: { values: form.fields, errors: { [fieldOf(step, answer.refusal)]: REFUSED[answer.refusal] } } })
    setFlash(c, { tone: 'ok', text: `已办：${STEPS[step].label}` })
    return c.redirect(matterHref(body.code, matterId), 303)
  })

  routes.get(`${MATTER}/files/:fileId`, read, async (c) => {
    const { deps, body, matterId } = await openedMatter(c)
    const fileId = c.req.param('fileId') ?? ''
    const row = isId(fileId) ? await deps.db.selectFrom('accountability_file').selectAll().where('body_id', '=', body.bodyId).where('file_id', '=', fileId).where('matter_id', '=', matterId).executeTakeFirst() : undefined
    if (row === undefined) throw new NotFound('这份材料')
    return sendEvidence(c, deps, { key: row.file_key, name: row.name, type: row.type, size: row.size })
  })
  return routes
}

const matterErrors = (form: ParsedForm): FormState['errors'] => errorsOf({ title: textProblem(form.text('title'), 2, 120), basis: textProblem(form.text('basis'), 2, 200) })

const byOf = (step: StepName, form: ParsedForm): string => form.text(step === 'tell' ? 'by' : `${step}-by`)

function stepErrors(step: StepName, form: ParsedForm): FormState['errors'] {
  const by = byOf(step, form)
  return errorsOf({
    [`${step}-said`]: textProblem(form.text(`${step}-said`), 2, 2000),
    ...(step === 'tell' ? { basis: textProblem(form.text('basis'), 2, 200), by: isPlainDate(by) ? null : '请填写日期', subject: form.text('subject') === '' || isId(form.text('subject')) ? null : '请从所列的人员中选择' } : {}),
    ...(step === 'decide' || step === 'return' ? { [`${step}-by`]: by === '' || isPlainDate(by) ? null : '请填写日期' } : {}),
  })
}

function givenOf(step: StepName, form: ParsedForm, file: EvidenceFile | null) {
  const [by, subject] = [byOf(step, form), form.text('subject')]
  return { said: form.text(`${step}-said`), basis: form.text('basis'), subject: subject === '' ? null : subject, by: isPlainDate(by) ? by : null, measures: (form.fields['measures'] ?? []).filter(isMeasure), file }
}

function fieldOf(step: StepName, refusal: Refusal): string {
  if (refusal === 'reply-too-soon') return 'by'
  if (refusal === 'rectify-missing' || refusal === 'rectify-past') return `${step}-by`
  return refusal === 'measures-missing' || refusal === 'none-with-others' ? 'measures' : ''
}
