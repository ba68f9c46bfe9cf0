import { Hono } from 'hono'
import type { Context } from 'hono'
import { checkGiven, getDisputed } from '../../applications/index.ts'
import type { ActionField } from '../../applications/index.ts'
import { record } from '../../audit/index.ts'
import { getBody, getCalendar, getSetting } from '../../bodies/index.ts'
import { can, listDisplayNames, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { labelOf } from '../../statute/report-form.ts'
import { helpFor, runStep, stepsOf } from '../act-on-case.ts'
import { isAwaited } from '../answer/answer-acts.ts'
import { listAnswers } from '../answer/answer-store.ts'
import { countEvidence } from '../evidence/evidence-store.ts'
import { openCase } from '../open-case.ts'
import type { OpenedCase } from '../open-case.ts'
import { addParty, readParties } from '../parties/party-acts.ts'
import { PARTY_FIELDS } from '../parties/party-fields.ts'
import { listParties, maskedParty, PARTY_ROLES } from '../parties/party-store.ts'
import { REFUSED } from '../refusals.ts'
import { listDutyViews, PerformanceBlock } from '../performance/performance-block.tsx'
import { RaiseFromCase } from './raise-from-case.tsx'
import { cellsOfLitigation, cellsOfReview } from '../table4.ts'
import { CasePage } from './case-page.tsx'
import type { CasePageModel } from './case-page.tsx'
import { exportCases } from './export-cases.ts'
import { hrefOf, HOME } from './hrefs.ts'
import { CASE_GROUPS, countCases, listCases } from './list-cases.ts'
import type { CaseFilter, CaseGroup, CaseSort } from './list-cases.ts'
import { CaseListPage, STATE_FILTERS } from './list-page.tsx'
import { NewPartyPage, PartiesPage } from './personal-page.tsx'
import { listRelatedCases } from './related-cases.ts'
import { NotNowPage, StepPage } from './step-page.tsx'
import { toCaseView } from './to-case-page.ts'

/** 工作台的复议诉讼：列表、案件与各步；挂在 requireSignIn 之后、登记的地址之后。 */
export const caseRoutes = new Hono()

const read = permit('review.read')
const LIMITS = { maxBytes: 64 * 1024, maxFields: 40 }
const SORTS = ['receivedOn', 'dueOn', 'caseNo', 'endedOn'] as const satisfies readonly CaseSort[]
const LIST = { sorts: SORTS, defaultSort: 'dueOn', filters: { group: Object.keys(CASE_GROUPS), state: Object.keys(STATE_FILTERS), from: 'date', to: 'date' } } as const

const isGroup = (text: string | undefined): text is CaseGroup => text !== undefined && Object.hasOwn(CASE_GROUPS, text)

async function filterOf(c: Context, { q, filters }: ListQuery): Promise<CaseFilter> {
  const { deps, actor } = signedIn(c)
  const { group, state, from, to } = filters
  return {
    bodyId: actor.bodyId,
    text: q,
    resultMap: await getSetting(deps.db, actor.bodyId, 'caseResultMap'),
    ...(isGroup(group) ? { group } : {}),
    ...(state === 'open' ? { pending: true } : state === 'ended' ? { pending: false } : state === 'overdue' ? { dueBefore: deps.clock.today() } : {}),
    ...(state === 'upheld' || state === 'corrected' || state === 'other' ? { column: state, pending: false } : {}),
    ...(from === undefined ? {} : { receivedFrom: from }),
    ...(to === undefined ? {} : { receivedTo: to }),
  }
}

const orderOf = ({ sort, descending }: ListQuery) => ({ sort: SORTS.find((each) => each === sort) ?? 'dueOn', descending }) as const

caseRoutes.get(HOME, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const filter = await filterOf(c, query)
  const rows = await listCases(deps.db, filter, { ...orderOf(query), limit: query.size, offset: query.offset })
  const people = await listDisplayNames(deps.db, [...new Set(rows.flatMap(({ handler }) => handler ?? []))])
  return renderPage(
    c,
    <CaseListPage rows={rows} query={query} total={await countCases(deps.db, filter)} today={deps.clock.today()} people={people} canHandle={can(actor, 'review.handle', actor.bodyId)} canExport={can(actor, 'export.data', actor.bodyId)} flash={takeFlash(c)} />,
  )
})

const EXPORT_PAGE = 1000
const EXPORT_ROWS = 10_000

caseRoutes.get(`${HOME}.xlsx`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'review.read')
  const query = parseListQuery(c.req.url, LIST)
  const filter = await filterOf(c, query)
  const rows = []
  for (let offset = 0; offset < EXPORT_ROWS; offset += EXPORT_PAGE) {
    const page = await listCases(deps.db, filter, { ...orderOf(query), limit: EXPORT_PAGE, offset })
    rows.push(...page)
    if (page.length < EXPORT_PAGE) break
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'review.exported', { bodyId: actor.bodyId, target: 'reviews' }, { rows: rows.length }))
  const bytes = await exportCases(rows, await getBody(deps.db, actor.bodyId), deps.clock.today())
  c.header('Content-Type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('行政复议、行政诉讼案件.xlsx')}`)
  return c.body(Uint8Array.from(bytes))
})

/** 地址里的案件；不是编号、没有的抛 `NotFound`。 */
export async function openHere(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件复议、诉讼')
  const { bodyId } = actor
  const opened = await openCase(deps.db, bodyId, caseId)
  return { deps, actor, bodyId, caseId, opened, caseNo: opened.state.facts.caseNo }
}

/** 证据的名称、答复书里可能有当事人：只给看个人信息的岗位，与签发的人。 */
export const seesEvidence = (actor: Actor): boolean => can(actor, 'personal-data.read') || can(actor, 'review.approve')

type Here = Awaited<ReturnType<typeof openHere>>

const MAIN = 2

/** 还欠着的先办：办结、记履行由欠着的各项引去。 */
const AFTER_OWED: readonly string[] = ['close', 'finish']

function offeredSteps({ actor, bodyId, caseId, opened }: Here, owes: boolean): CasePageModel['steps'] {
  const offered = [...stepsOf(opened)].filter(([, { step, isOffered }]) => isOffered && can(actor, step.permit, bodyId)).filter(([name]) => !owes || !AFTER_OWED.includes(name))
  const mains = offered.filter(([, { isSide }]) => !isSide).slice(0, MAIN).map(([name]) => name)
  return offered.map(([name, { step }]) => ({ href: `${hrefOf(caseId)}/steps/${name}`, label: step.label, article: step.article, main: mains.includes(name) }))
}

async function applicationOf({ deps, bodyId, opened }: Here): Promise<CasePageModel['application']> {
  const { applicationId } = opened.state
  if (applicationId === null) return null
  const { application: a } = await getDisputed(deps.db, bodyId, applicationId)
  return {
    href: `/desk/applications/${applicationId}`,
    regNo: a.regNo,
    content: a.content.slice(0, 200),
    outcome: a.decision === null ? null : `${outcomeRule(a.decision.outcome).label}${a.decision.docNo === null ? '' : `，${a.decision.docNo}`}`,
    decidedOn: a.decision?.decidedOn ?? null,
    servedOn: a.delivery?.servedOn ?? null,
  }
}

const cellsOf = async ({ deps, bodyId, caseId, opened }: Here): Promise<string[]> => {
  const cells = await (opened.kind === 'review' ? cellsOfReview : cellsOfLitigation)(deps.db, bodyId, caseId, deps.clock.today())
  return cells.filter(({ cell }) => !cell.endsWith('.total')).map(({ year, cell }) => `${year} 年：${labelOf(cell)}`)
}

const peopleIn = ({ history, state }: OpenedCase): string[] => [
  ...new Set([...history.flatMap(({ actor, event }) => [actor, ...(event.kind === 'assigned' ? [event.to] : [])]), ...state.hearings.flatMap(({ account }) => account ?? []), ...(state.handler === null ? [] : [state.handler])]),
]

caseRoutes.get(`${HOME}/:id`, read, async (c) => {
  const here = await openHere(c)
  const { deps, actor, bodyId, caseId, opened } = here
  const people = await listDisplayNames(deps.db, peopleIn(opened))
  const canReadPerson = can(actor, 'personal-data.read', bodyId)
  const canHandle = can(actor, 'review.handle', bodyId)
  const answers = await listAnswers(deps.db, bodyId, caseId)
  const [calendar, today] = [await getCalendar(deps.db), deps.clock.today()]
  const duties = await listDutyViews(deps.db, opened, answers, { calendar, today })
  const view = toCaseView(opened, { calendar, today, people, duties })
  return renderPage(
    c,
    <CasePage
      caseId={caseId}
      opened={opened}
      view={view}
      handler={opened.state.handler === null ? null : (people.get(opened.state.handler) ?? null)}
      steps={offeredSteps(here, view.owed.length > 0)}
      application={await applicationOf(here)}
      related={await listRelatedCases(deps.db, bodyId, caseId, opened)}
      parties={canReadPerson ? (await listParties(deps.db, fieldKeys(deps.config.secretKey), { bodyId, caseId })).map((party) => [PARTY_ROLES[party.role], maskedParty(party)] as const) : null}
      evidence={await countEvidence(deps.db, { bodyId, caseId })}
      answers={answers}
      draftHref={canHandle && isAwaited(opened.state.status) && answers.every(({ status, dutyId }) => status === 'issued' || dutyId !== null) ? `${hrefOf(caseId)}/answers/new` : null}
      cells={await cellsOf(here)}
      recordHref={`/desk/records/${opened.kind}/${bodyId}/${caseId}`}
      canHandle={canHandle}
      canReadPerson={canReadPerson}
      seesEvidence={seesEvidence(actor)}
      performance={
        <>
          <PerformanceBlock caseId={caseId} views={duties} canHandle={canHandle} />
          {can(actor, 'safeguard.handle', bodyId) && bodyId === actor.bodyId && <RaiseFromCase opened={opened} caseId={caseId} />}
        </>
      }
      flash={takeFlash(c)}
    />,
  )
})

const PERSONAL = `${HOME}/:id/personal-data`
caseRoutes.get(PERSONAL, permit('personal-data.read'), async (c) => {
  const { caseId, caseNo } = await openHere(c)
  return renderPage(c, <PartiesPage caseId={caseId} caseNo={caseNo} state={emptyForm} shown={null} />)
})
caseRoutes.post(PERSONAL, permit('personal-data.read'), async (c) => {
  const { deps, actor, bodyId, caseId, caseNo } = await openHere(c)
  const form = await parseForm(c, LIMITS)
  const reason = form.text('reason')
  if (reason.length < 2 || reason.length > 200) return renderPage(c, <PartiesPage caseId={caseId} caseNo={caseNo} state={{ values: form.fields, errors: { reason: '请写明查看的事由，二至二百个字' } }} shown={null} />, { status: 422 })
  return renderPage(c, <PartiesPage caseId={caseId} caseNo={caseNo} state={emptyForm} shown={await readParties(deps, actor, { bodyId, caseId, reason })} />)
})

const NEW_PARTY = `${HOME}/:id/parties/new`
caseRoutes.get(NEW_PARTY, permit('review.handle'), async (c) => {
  const { caseId, caseNo } = await openHere(c)
  return renderPage(c, <NewPartyPage caseId={caseId} caseNo={caseNo} state={emptyForm} />)
})
caseRoutes.post(NEW_PARTY, permit('review.handle'), async (c) => {
  const { deps, actor, bodyId, caseId, caseNo } = await openHere(c)
  const form = await parseForm(c, LIMITS)
  const errors = checkGiven(PARTY_FIELDS, form.text)
  if (Object.keys(errors).length > 0) return renderPage(c, <NewPartyPage caseId={caseId} caseNo={caseNo} state={{ values: form.fields, errors }} />, { status: 422 })
  await addParty(deps, actor, { bodyId, caseId, given: form.text })
  setFlash(c, { tone: 'ok', text: '已添当事人' })
  return c.redirect(hrefOf(caseId), 303)
})

const STEP = `${HOME}/:id/steps/:step`

async function stepHere(c: Context) {
  const here = await openHere(c)
  const name = c.req.param('step') ?? ''
  const bound = stepsOf(here.opened).get(name)
  if (bound === undefined) throw new NotFound('这一步')
  requirePermission(here.actor, bound.step.permit, here.bodyId)
  const chosen = c.req.query('hearing') ?? c.req.query('duty') ?? ''
  const help = await helpFor(here.deps.db, { bodyId: here.bodyId, caseId: here.caseId, today: here.deps.clock.today(), chosen })
  const fields: readonly ActionField[] = bound.isOffered ? bound.fields(help) : []
  return { ...here, name, bound, fields }
}

function stepPage(c: Context, { caseId, caseNo, name, bound: { step }, opened, fields }: Awaited<ReturnType<typeof stepHere>>, state: FormState, status: 200 | 409 | 422 = 200) {
  return renderPage(c, <StepPage {...{ caseId, caseNo, name, label: step.label, article: step.article, version: opened.version, fields, consequences: step.consequences, state }} />, { status })
}

caseRoutes.get(STEP, read, async (c) => {
  const found = await stepHere(c)
  const { caseId, caseNo, bound } = found
  if (!bound.isOffered) return renderPage(c, <NotNowPage {...{ caseId, caseNo, label: bound.step.label, reason: REFUSED['not-in-this-state'], filled: [] }} />, { status: 409 })
  return stepPage(c, found, emptyForm)
})

caseRoutes.post(STEP, read, async (c) => {
  const found = await stepHere(c)
  const { deps, actor, bodyId, caseId, caseNo, name, bound, opened, fields } = found
  const form = await parseForm(c, LIMITS)
  const filled = fields.flatMap(({ name: field, label }) => (form.text(field) === '' ? [] : [[label, form.text(field)] as const]))
  const notNow = (reason: string) => renderPage(c, <NotNowPage {...{ caseId, caseNo, label: bound.step.label, reason, filled }} />, { status: 409 })
  if (!bound.isOffered) return notNow(REFUSED['not-in-this-state'])
  if (form.text('version') !== String(opened.version)) return notNow('他人已先办了一步，您所见的不是最新的')
  const errors = { ...bound.step.check?.(form.text), ...checkGiven(fields, form.text) }
  if (Object.keys(errors).length > 0) return stepPage(c, found, { values: form.fields, errors }, 422)
  const answer = await runStep(deps, actor, { bodyId, caseId, seen: opened.version, name, given: form.text })
  if (!answer.ok) return stepPage(c, found, { values: form.fields, errors: { [fieldOf(answer.refusal, fields)]: REFUSED[answer.refusal] } }, 422)
  setFlash(c, { tone: 'ok', text: bound.step.done })
  return c.redirect(hrefOf(caseId), 303)
})

/** 缘故写在所涉的栏旁；没有那一栏的写在表单之首。 */
const REFUSED_FIELD: Readonly<Record<string, string>> = { 'future-date': 'on', 'out-of-order': 'on', 'hearing-before-received': 'day', 'time-invalid': 'time', 'place-missing': 'place', 'absence-unexplained': 'why', 'letter-unknown': 'letter', 'application-unknown': 'number', 'extension-too-long': 'days', 'procedure-same': 'procedure', 'person-unknown': 'to', 'result-incomplete': 'result', 'hearing-unknown': 'id', 'duty-unknown': 'duty', 'duty-over': 'duty', 'duty-by-answer': 'duty', 'duty-before-start': 'on', 'duty-before-decided': 'from', 'term-invalid': 'days' }
const fieldOf = (refusal: string, fields: readonly { name: string }[]): string => {
  const name = REFUSED_FIELD[refusal] ?? ''
  return fields.some((field) => field.name === name) ? name : ''
}
