import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { can, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { actOnDocument, correctDocumentAt, registerDocumentAt, validityYears } from './document-acts.ts'
import { isStepName, stepOf } from './document-steps.ts'
import type { StepName } from './document-steps.ts'
import { DESK_HOME, deskHref } from './document-words.ts'
import { DocumentPage } from './desk-document-page.tsx'
import { DocumentListPage } from './desk-list-page.tsx'
import { DOCUMENT_KINDS, VALIDITIES, validityOn } from './normative-document.ts'
import type { DocumentKind, Validity } from './normative-document.ts'
import { countDocuments, DOCUMENT_SORTS, listDocuments, listMadeYears } from './normative-queries.ts'
import type { DocumentFilter, DocumentSort } from './normative-queries.ts'
import { getDocument } from './normative-store.ts'
import { readDocumentPage } from './read-document.ts'
import { CorrectPage, NewDocumentPage, NotNowPage, StepPage } from './step-page.tsx'
import { sumOfYear } from './year-sum.ts'

/** 工作台的规范性文件：列表、登记、一件的页面与各步；挂在 requireSignIn 之后，清理的各页在前。 */
export const normativeRoutes = new Hono()

const read = permit('item.read')
const LIMITS = { maxBytes: 64 * 1024, maxFields: 40 }
const LIST = {
  sorts: Object.keys(DOCUMENT_SORTS),
  defaultSort: '-madeOn',
  filters: { kind: Object.keys(DOCUMENT_KINDS), validity: Object.keys(VALIDITIES), year: 'year', ended: 'year', validAt: 'date', lapsing: ['60'] },
} as const

function toFilter(bodyId: string, today: PlainDate, { q, filters }: ListQuery): DocumentFilter {
  const { kind, validity, year, ended, validAt, lapsing } = filters
  return {
    bodyId,
    today,
    text: q,
    ...(kind === undefined ? {} : { kind: kind as DocumentKind }),
    ...(validity === undefined ? {} : { validity: validity as Validity }),
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(ended === undefined ? {} : { ended: Number(ended) }),
    ...(validAt === undefined ? {} : { validAt }),
    ...(lapsing === undefined ? {} : { lapsingWithin: Number(lapsing) }),
  }
}

normativeRoutes.get(DESK_HOME, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const { db } = deps
  const { bodyId } = actor
  const today = deps.clock.today()
  const query = parseListQuery(c.req.url, LIST)
  const filter = toFilter(bodyId, today, query)
  const rows = await listDocuments(db, filter, { sort: query.sort as DocumentSort, descending: query.descending, limit: query.size, offset: query.offset })
  const year = filter.year ?? filter.ended ?? (filter.validAt === undefined ? yearOf(today) : yearOf(filter.validAt))
  const [norm, reg] = [await sumOfYear(db, bodyId, { kind: 'norm', year, today }), await sumOfYear(db, bodyId, { kind: 'reg', year, today })]
  return renderPage(
    c,
    <DocumentListPage
      rows={rows}
      total={await countDocuments(db, filter)}
      query={query}
      years={await listMadeYears(db, bodyId)}
      sums={[norm, ...(reg.before + reg.made + reg.repealed + reg.valid > 0 ? [reg] : [])]}
      lapsing={await countDocuments(db, { bodyId, today, lapsingWithin: 60 })}
      today={today}
      canHandle={can(actor, 'item.handle', bodyId)}
      canExport={can(actor, 'export.data', bodyId)}
      flash={takeFlash(c)}
    />,
  )
})

const EXPORT_ROWS = 20_000
const EXPORT_PAGE = 500
const HEAD = ['文号', '文件名称', '文件种类', '登记号', '公布日期', '施行日期', '有效期至', '废止日期', '今日的效力']

normativeRoutes.get(`${DESK_HOME}.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'item.read', actor.bodyId)
  const today = deps.clock.today()
  const query = parseListQuery(c.req.url, LIST)
  const filter = toFilter(actor.bodyId, today, query)
  const lines = [toCsvLine(HEAD)]
  for (let offset = 0; offset < EXPORT_ROWS; offset += EXPORT_PAGE) {
    const rows = await listDocuments(deps.db, filter, { sort: query.sort as DocumentSort, descending: query.descending, limit: EXPORT_PAGE, offset })
    for (const row of rows)
      lines.push(toCsvLine([row.docNo, row.title, DOCUMENT_KINDS[row.kind], row.registrationNo ?? '', row.madeOn, row.effectiveOn ?? '', row.expiresOn ?? '', row.repealedOn ?? '', VALIDITIES[validityOn(row, today)]]))
    if (rows.length < EXPORT_PAGE) break
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'normative.exported', { bodyId: actor.bodyId, target: 'list' }, { rows: lines.length - 1 }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('规范性文件清单.csv')}`)
  return c.body(`\uFEFF${lines.join('')}`)
})

const newPage = async (c: Context, actor: SignedInActor, documentId: string, state: FormState = emptyForm) =>
  renderPage(c, <NewDocumentPage documentId={documentId} validity={await validityYears(c.get('deps').db, actor.bodyId)} state={state} />, { status: state === emptyForm ? 200 : 422 })

normativeRoutes.get(`${DESK_HOME}/new`, permit('item.handle'), (c) => newPage(c, signedIn(c).actor, newId()))

normativeRoutes.post(`${DESK_HOME}/new`, permit('item.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const given = form.text('documentId')
  const documentId = isId(given) ? given : newId()
  const answer = await registerDocumentAt(deps, actor, { bodyId: actor.bodyId, documentId, given: form.text })
  if (!answer.ok) return newPage(c, actor, documentId, { values: form.fields, errors: answer.errors })
  setFlash(c, { tone: 'ok', text: '已登记。公众要看得到，请连上正文，或请负责人批准列入' })
  return c.redirect(deskHref(documentId), 303)
})

/** 本机关的一件的编号；不像编号的抛 NotFound。 */
function refIn(c: Context) {
  const { deps, actor } = signedIn(c)
  const documentId = c.req.param('documentId') ?? ''
  if (!isId(documentId)) throw new NotFound('这件规范性文件')
  return { deps, actor, ref: { bodyId: actor.bodyId, documentId } }
}

normativeRoutes.get(`${DESK_HOME}/:documentId`, read, async (c) => {
  const { deps, actor, ref } = refIn(c)
  return renderPage(c, <DocumentPage {...await readDocumentPage(deps, actor, ref)} flash={takeFlash(c)} />)
})

const STALE = '他人刚才办过这一件。请另开一页看最新的，确认之后再交；您填写的都在。'
const CORRECT = `${DESK_HOME}/:documentId/correct`

async function correctPage(c: Context, state: FormState = emptyForm, status: 200 | 409 | 422 = 200) {
  const { deps, ref } = refIn(c)
  const found = await getDocument(deps.db, ref.bodyId, ref.documentId)
  return renderPage(c, <CorrectPage documentId={ref.documentId} document={found.state} version={found.version} state={state} />, { status })
}

normativeRoutes.get(CORRECT, permit('item.handle'), (c) => correctPage(c))

normativeRoutes.post(CORRECT, permit('item.handle'), async (c) => {
  const { deps, actor, ref } = refIn(c)
  const form = await parseForm(c, LIMITS)
  try {
    const answer = await correctDocumentAt(deps, actor, { ...ref, seen: Number(form.text('version')), given: form.text })
    if (!answer.ok) return correctPage(c, { values: form.fields, errors: answer.errors }, 422)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return correctPage(c, { values: form.fields, errors: { '': STALE } }, 409)
  }
  setFlash(c, { tone: 'ok', text: '已更正' })
  return c.redirect(deskHref(ref.documentId), 303)
})

const STEP = `${DESK_HOME}/:documentId/:step`

function stepIn(c: Context): StepName {
  const name = c.req.param('step') ?? ''
  if (!isStepName(name)) throw new NotFound('这一步')
  return name
}

async function stepPage(c: Context, name: StepName, state: FormState = emptyForm, status: 200 | 409 | 422 = 200) {
  const { deps, ref } = refIn(c)
  const step = stepOf(name)
  const { state: document, version } = await getDocument(deps.db, ref.bodyId, ref.documentId)
  const today = deps.clock.today()
  const fields = step.fields(document, today, await validityYears(deps.db, ref.bodyId))
  if (!step.fits(document, today)) {
    const filled = fields.flatMap(({ name: field, label }) => (state.values[field]?.[0] ? [[label, state.values[field][0]] as const] : []))
    return renderPage(c, <NotNowPage documentId={ref.documentId} document={document} step={step} filled={filled} />, { status: 409 })
  }
  return renderPage(c, <StepPage documentId={ref.documentId} document={document} version={version} name={name} step={step} fields={fields} state={state} />, { status })
}

normativeRoutes.get(STEP, read, (c) => {
  const name = stepIn(c)
  const { actor, ref } = refIn(c)
  requirePermission(actor, stepOf(name).permit, ref.bodyId)
  return stepPage(c, name)
})

normativeRoutes.post(STEP, read, async (c) => {
  const name = stepIn(c)
  const { deps, actor, ref } = refIn(c)
  requirePermission(actor, stepOf(name).permit, ref.bodyId)
  const form = await parseForm(c, LIMITS)
  try {
    const answer = await actOnDocument(deps, actor, { ...ref, seen: Number(form.text('version')), name, given: form.text })
    if (!answer.ok) return stepPage(c, name, { values: form.fields, errors: answer.errors }, 422)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return stepPage(c, name, { values: form.fields, errors: { '': STALE } }, 409)
  }
  setFlash(c, { tone: 'ok', text: stepOf(name).done })
  return c.redirect(deskHref(ref.documentId), 303)
})
