import { Hono } from 'hono'
import type { Context } from 'hono'
import { ITEM_REFUSALS, isPublicationCode, ORIGINS } from '../../catalogue/index.ts'
import type { ItemContent, Origin } from '../../catalogue/index.ts'
import { permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { getApplication, listApplications } from '../queries.ts'
import { canConsent, recordConsent } from './consent.ts'
import { LINK_REFUSED, linkSameInformation, unlinkSameInformation } from './link-same-information.ts'
import { traceWords } from './personal-traces.ts'
import { declinePromotion, promote } from './promote.ts'
import { PromotePage, RecordConsentPage, SameInformationPage } from './promote-pages.tsx'
import { ratingRoutes } from './rating-routes.tsx'
import { findSameInformation, isPromotable, listSameContent } from './same-information.ts'

/** 工作台上提交之后的各样：电子送达的书面凭据、同一信息、转为主动公开、评价；须先于案件的各步挂上。 */
export const deskFollowRoutes = new Hono()
deskFollowRoutes.route('/', ratingRoutes)

const SMALL = { maxBytes: 64 * 1024, maxFields: 60 }
const CASE = '/desk/applications/:id'
const handle = permit('application.handle')

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { state } = await getApplication(deps.db, actor.bodyId, caseId)
  return { deps, actor, bodyId: actor.bodyId, caseId, application: state, here: `/desk/applications/${caseId}` }
}

const statusOf = (state: FormState) => ({ status: state === emptyForm ? (200 as const) : (422 as const) })

async function consentPage(c: Context, state: FormState = emptyForm) {
  const { caseId, application, here } = await open(c)
  if (!canConsent(application)) return c.redirect(here, 303)
  return renderPage(c, <RecordConsentPage caseId={caseId} application={application} state={state} />, statusOf(state))
}

deskFollowRoutes.get(`${CASE}/electronic-consent`, handle, (c) => consentPage(c))

deskFollowRoutes.post(`${CASE}/electronic-consent`, handle, async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const form = await parseForm(c, SMALL)
  const [agreed, proof] = [form.text('agreed'), form.text('proof')]
  const errors = {
    ...(agreed === 'yes' || agreed === 'no' ? {} : { agreed: '请选择同意还是不同意' }),
    ...(proof.length < 2 || proof.length > 200 ? { proof: '请写明凭据，二至二百个字' } : {}),
  }
  if (Object.keys(errors).length > 0) return consentPage(c, { values: form.fields, errors })
  const result = await recordConsent(deps, actor, { bodyId, caseId, agreed: agreed === 'yes', proof })
  setFlash(c, result === 'done' ? { tone: 'ok', text: '已记下是否同意电子送达' } : { tone: 'warn', text: '答复已发出或者已办结，不能再改' })
  return c.redirect(here, 303)
})

async function samePage(c: Context, state: FormState = emptyForm) {
  const { deps, bodyId, caseId, application } = await open(c)
  const [group, alike] = [await findSameInformation(deps.db, bodyId, caseId), await listSameContent(deps.db, bodyId, caseId)]
  return renderPage(c, <SameInformationPage {...{ caseId, application, group, alike, state }} flash={takeFlash(c)} />, statusOf(state))
}

deskFollowRoutes.get(`${CASE}/same-information`, handle, (c) => samePage(c))

deskFollowRoutes.post(`${CASE}/same-information`, handle, async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const form = await parseForm(c, SMALL)
  const again = (message: string) => samePage(c, { values: form.fields, errors: { regNo: message } })
  const regNo = form.text('regNo')
  if (regNo === '') return again('请填写另一件的登记号')
  const { rows } = await listApplications(deps.db, { bodyId, regNo: regNo.slice(0, 60) }, { sort: 'regNo', descending: false, limit: 1 })
  const other = rows.find((row) => row.regNo === regNo)
  if (other === undefined) return again('没有这个登记号，请照原样填写')
  const result = await linkSameInformation(deps, actor, { bodyId, caseId, otherId: other.caseId })
  if (!result.ok) return again(LINK_REFUSED[result.refusal])
  setFlash(c, { tone: 'ok', text: `已认定与 ${other.regNo} 为同一信息` })
  return c.redirect(`${here}/same-information`, 303)
})

deskFollowRoutes.post(`${CASE}/same-information/unlink`, handle, async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const result = await unlinkSameInformation(deps, actor, { bodyId, caseId })
  setFlash(c, result.ok ? { tone: 'ok', text: '已把本件从这一组取出' } : { tone: 'warn', text: LINK_REFUSED[result.refusal] })
  return c.redirect(`${here}/same-information`, 303)
})

const NOT_NOW = '这件申请现在不能转为主动公开：须有两位以上的申请人要同一信息或者申请人建议过，其中有公开了的，且还没有处理过'

async function promotePage(c: Context, states: { state?: FormState; declineState?: FormState } = {}) {
  const { deps, bodyId, caseId, application, here } = await open(c)
  const group = await findSameInformation(deps.db, bodyId, caseId)
  if (group === null || !isPromotable(group)) {
    setFlash(c, { tone: 'warn', text: NOT_NOW })
    return c.redirect(here, 303)
  }
  const { state = emptyForm, declineState = emptyForm } = states
  return renderPage(c, <PromotePage {...{ caseId, application, group, state, declineState }} today={deps.clock.today()} />, statusOf(state === emptyForm ? declineState : state))
}

deskFollowRoutes.get(`${CASE}/promote`, permit('item.handle'), (c) => promotePage(c))

deskFollowRoutes.post(`${CASE}/promote`, permit('item.handle'), async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const form = await parseForm(c, SMALL)
  const read = readContent(form, deps.clock.today())
  const again = (errors: FormState['errors']) => promotePage(c, { state: { values: form.fields, errors } })
  if (!read.ok) return again(read.errors)
  const result = await promote(deps, actor, { bodyId, caseId, content: read.content, codes: read.codes })
  if (result.ok) {
    setFlash(c, { tone: 'ok', text: `已登记为拟主动公开，索引号 ${result.indexNo}，待公开审查` })
    return c.redirect(here, 303)
  }
  if (result.refusal === 'personal-traces') return again({ title: traceWords(result.traces) })
  return again({ '': result.refusal === 'not-now' ? NOT_NOW : ITEM_REFUSALS[result.refusal] })
})

const isOrigin = (text: string): text is Origin => Object.hasOwn(ORIGINS, text)

function readContent(form: ParsedForm, today: string) {
  const [title, docNo, summary, formedOn, origin] = [form.text('title'), form.text('docNo'), form.text('summary'), form.text('formedOn'), form.text('origin')]
  const codes = (form.fields['codes'] ?? []).filter(isPublicationCode)
  const errors = {
    ...(title === '' ? { title: '请填写信息的名称' } : title.length > 200 ? { title: '不超过 200 个字' } : {}),
    ...(docNo.length > 100 ? { docNo: '不超过 100 个字' } : {}),
    ...(summary.length > 500 ? { summary: `不超过 500 个字，现有 ${summary.length} 个` } : {}),
    ...(!isPlainDate(formedOn) || formedOn > today ? { formedOn: '请填写形成之日，不能晚于今日' } : {}),
    ...(isOrigin(origin) ? {} : { origin: '请选择来源' }),
    ...(codes.length === 0 ? { codes: '请至少选一项' } : {}),
  }
  if (Object.keys(errors).length > 0 || !isOrigin(origin)) return { ok: false as const, errors }
  const content: ItemContent = { title, docNo: docNo || null, summary: summary || null, origin, formedOn, files: [] }
  return { ok: true as const, content, codes }
}

deskFollowRoutes.post(`${CASE}/promote/decline`, permit('item.handle'), async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const form = await parseForm(c, SMALL)
  const reason = form.text('reason')
  if (reason.length < 2 || reason.length > 500) return promotePage(c, { declineState: { values: form.fields, errors: { reason: '请写明理由，二至五百个字' } } })
  const result = await declinePromotion(deps, actor, { bodyId, caseId, reason })
  setFlash(c, result === 'done' ? { tone: 'ok', text: '已记下不转为主动公开的理由' } : { tone: 'warn', text: NOT_NOW })
  return c.redirect(here, 303)
})
