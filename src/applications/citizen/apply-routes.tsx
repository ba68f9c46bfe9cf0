import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { getSetting, listBodies } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm, publicPage, rateLimit } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { accessCodeOf, spacedCode } from './access-code.ts'
import { ApplyDonePage, ApplyStartPage, ApplyStepPage, ChooseBodyPage } from './apply-pages.tsx'
import { COOKIE, cookieOptions, lost, open, opened } from './apply-session.ts'
import type { Opened } from './apply-session.ts'
import { agreesToElectronic, answersOf, errorsOf, firstUnfinished, isCitizenStep, kindOf, nextStep, resumeAt } from './citizen-form.ts'
import type { Answers, CitizenStep } from './citizen-form.ts'
import { DRAFT_DAYS, deleteDraft, findDraft, insertDraft, saveDraft } from './draft-store.ts'
import type { Draft } from './draft-store.ts'
import { answerConsent, findConsent } from '../follow-up/consent.ts'
import { deleteDraftPaper, insertPapers, listPapers, sumDraftPapers } from '../papers/paper-store.ts'
import { getApplication } from '../queries.ts'
import { submitOnline } from './submit-online.ts'
import { suggestItems } from '../suggestions/suggest-items.ts'
import { suggestRoutes } from '../suggestions/suggest-routes.tsx'
import { countSuggestion } from '../suggestions/suggestion-count.ts'
import { PAPER_LIMITS, UPLOAD, takePapers } from '../papers/take-papers.ts'

/** 公众网上申请：选机关、逐步填写、提交、凭条。不用登录，也不用脚本。 */
export const applyRoutes = new Hono()
applyRoutes.route('/', suggestRoutes)

const SMALL = { maxBytes: 64 * 1024, maxFields: 40 }

applyRoutes.get('/apply', (c) => publicPage(c, () => choosePage(c)))

async function choosePage(c: Context) {
  const bodies = await listBodies(c.get('deps').db)
  return renderPage(c, <ChooseBodyPage bodies={bodies.map(({ code, name }) => ({ label: name, href: `/apply/${code}` }))} />)
}

applyRoutes.get('/apply/:code', async (c) => {
  const { deps, body, draft } = await open(c)
  const resume = draft?.answers == null ? null : resumeAt(draft.answers)
  const phone = await getSetting(deps.db, body.bodyId, 'letterPhone')
  return renderPage(c, <ApplyStartPage body={body} resume={resume} submitted={draft !== null && resume === null} lost={c.req.query('lost') === 'yes' && resume === null} phone={phone} />)
})

applyRoutes.post('/apply/:code/start', rateLimit({ burst: 10, perMinute: 5 }), async (c) => {
  const { deps, body, keys, draft, base } = await open(c)
  if (draft?.answers == null) {
    const token = randomBytes(32).toString('base64url')
    await insertDraft(deps.db, keys, { bodyId: body.bodyId, token }, deps.clock.now())
    setCookie(c, COOKIE, token, { ...cookieOptions(c, body), maxAge: DRAFT_DAYS * 86_400 })
  }
  return c.redirect(`${base}/who`, 303)
})

applyRoutes.post('/apply/:code/discard', rateLimit({ burst: 10, perMinute: 10 }), async (c) => {
  const { deps, body, draft, base } = await open(c)
  if (draft?.answers != null) await transaction(deps.db, (tx) => deleteDraft(tx, draft))
  deleteCookie(c, COOKIE, cookieOptions(c, body))
  return c.redirect(base, 303)
})

async function stepPage(c: Context, { deps, body }: Opened, draft: Draft & { answers: Answers }, step: CitizenStep, state: FormState = emptyForm) {
  const papers = step === 'papers' || step === 'check' ? await listPapers(deps.db, draft.bodyId, draft.caseId) : []
  return renderPage(c, <ApplyStepPage body={body} step={step} answers={draft.answers} state={state} papers={papers} />, { status: state === emptyForm ? 200 : 422 })
}

applyRoutes.get('/apply/:code/done', async (c) => {
  const { deps, body, keys, token, draft, base } = await open(c)
  if (draft === null || draft.answers !== null) return c.redirect(base, 303)
  const { state } = await getApplication(deps.db, body.bodyId, draft.caseId)
  const code = spacedCode(accessCodeOf(keys, token, draft.caseId))
  const phone = await getSetting(deps.db, body.bodyId, 'letterPhone')
  const online = /电子邮件|网上获取/.test(state.form ?? '') && (await findConsent(deps.db, body.bodyId, draft.caseId))?.agreed !== true
  return renderPage(c, <ApplyDonePage body={body} regNo={state.regNo} code={code} submittedOn={state.submittedOn ?? ''} content={state.content} online={online} phone={phone} trackUrl={`${deps.config.baseUrl}/applications/track`} />)
})

const STEP = '/apply/:code/:step'

function stepName(c: Context): CitizenStep {
  const step = c.req.param('step') ?? ''
  if (!isCitizenStep(step)) throw new NotFound('这一步')
  return step
}

applyRoutes.get(STEP, async (c) => {
  const step = stepName(c)
  const found = await open(c)
  const draft = opened(found.draft)
  if (draft === null) return lost(c, found)
  const unfinished = step === 'check' ? firstUnfinished(draft.answers) : null
  if (unfinished !== null) return c.redirect(`${found.base}/${unfinished}`, 303)
  return stepPage(c, found, draft, step)
})

applyRoutes.post('/apply/:code/submit', rateLimit({ burst: 10, perMinute: 5 }), async (c) => {
  const found = await open(c)
  const draft = opened(found.draft)
  const result = await submitOnline(found.deps, { bodyId: found.body.bodyId, token: found.token })
  if (result.ok && draft !== null && agreesToElectronic(draft.answers)) await answerConsent(found.deps, draft, true)
  if (result.ok) return c.redirect(`${found.base}/done`, 303)
  return result.unfinished === null ? lost(c, found) : c.redirect(`${found.base}/${result.unfinished}`, 303)
})

applyRoutes.post('/apply/:code/papers/remove', rateLimit({ burst: 30, perMinute: 30 }), async (c) => {
  const found = await open(c)
  const draft = opened(found.draft)
  const form = await parseForm(c, SMALL)
  const paperId = form.text('paper')
  if (draft === null) return lost(c, found)
  if (isId(paperId)) await deleteDraftPaper(found.deps.db, { bodyId: draft.bodyId, caseId: draft.caseId, paperId })
  return c.redirect(`${found.base}/papers`, 303)
})

applyRoutes.post('/apply/:code/papers', rateLimit({ burst: 10, perMinute: 5 }), async (c) => {
  const found = await open(c)
  const draft = opened(found.draft)
  // 没有草稿的不收文件：表单不读，连接由应答结束
  if (draft === null) return lost(c, found)
  const form = await parseForm(c, UPLOAD)
  const errors = await attach(found, draft, form)
  if (errors !== null) return stepPage(c, found, draft, 'papers', { values: {}, errors })
  return c.redirect(`${found.base}/${form.text('more') === 'yes' ? 'papers' : 'check'}`, 303)
})

/** 一机构各草稿所附合计至多这么多。 */
const MOST_DRAFT_BYTES = 2 * 1024 ** 3
const PAPER_FIELDS = ['identity', 'mandate', 'other'] as const

async function attach({ deps, keys, token }: Opened, { bodyId, caseId }: Draft, form: ParsedForm): Promise<FormState['errors'] | null> {
  const kindOf = (field: string) => PAPER_FIELDS.find((each) => each === field) ?? null
  if (!form.files.some(({ field }) => kindOf(field) !== null)) return null
  const already = async (tx: Tx): Promise<number> => (await listPapers(tx, bodyId, caseId)).length
  const taken = await takePapers(form.files, { already: await already(deps.db), givenOn: deps.clock.today(), kindOf })
  if (!taken.ok) return taken.errors
  return transaction(deps.db, async (tx) => {
    const at = deps.clock.now()
    // 锁住草稿再数一遍：同时传的不会合起来过限，已提交的不再添
    const now = await findDraft(tx, keys, { bodyId, token }, at, true)
    if (now?.answers == null) return { identity: '这份申请已经提交，不能再添材料' }
    if ((await already(tx)) + taken.papers.length > PAPER_LIMITS.count) return { identity: `至多 ${PAPER_LIMITS.count} 份` }
    if ((await sumDraftPapers(tx, bodyId)) > MOST_DRAFT_BYTES) return { identity: '此刻上传的人太多，暂不能收材料；可以先提交申请，机关要时再交' }
    await insertPapers(tx, keys, { bodyId, caseId, isDraft: true, at }, taken.papers)
    return null
  })
}

applyRoutes.post(STEP, rateLimit({ burst: 60, perMinute: 60 }), async (c) => {
  const step = stepName(c)
  const found = await open(c)
  const form = await parseForm(c, SMALL)
  const draft = opened(found.draft)
  if (draft === null) return lost(c, found)
  const given = answersOf(step, kindOf(draft.answers), form.fields)
  const answers = { ...draft.answers, ...given }
  const errors = errorsOf(step, answers)
  if (Object.keys(errors).length > 0) return stepPage(c, found, { ...draft, answers }, step, { values: answers, errors })
  const saved = await transaction(found.deps.db, async (tx) => {
    const at = found.deps.clock.now()
    const now = opened(await findDraft(tx, found.keys, { bodyId: draft.bodyId, token: found.token }, at, true))
    if (now !== null) await saveDraft(tx, found.keys, now, { ...now.answers, ...given }, at)
    return now !== null
  })
  if (!saved) return c.redirect(`${found.base}/done`, 303)
  setCookie(c, COOKIE, found.token, { ...cookieOptions(c, found.body), maxAge: DRAFT_DAYS * 86_400 })
  return c.redirect(`${found.base}/${step === 'content' && form.text('seen') !== 'yes' && (await isPublicAlready(found, given)) ? 'found' : nextStep(step)}`, 303)
})

// 脚本已经提示过的不再问；所求的可能已经公开，先请他看
async function isPublicAlready({ deps, body }: Opened, given: Answers): Promise<boolean> {
  const found = await suggestItems(deps.db, body, given['content']?.[0] ?? '')
  if (found.length > 0) await countSuggestion(deps.db, body.bodyId, deps.clock.today(), 'shown')
  return found.length > 0
}
