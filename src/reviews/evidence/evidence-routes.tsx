import { Hono } from 'hono'
import type { Context } from 'hono'
import { checkGiven, listCaseMaterials } from '../../applications/index.ts'
import type { Given } from '../../applications/index.ts'
import { can, permit, setFlash, takeFlash } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { openHere, seesEvidence } from '../desk/desk-routes.tsx'
import { hrefOfEvidence, HOME } from '../desk/hrefs.ts'
import { addListed, dropEvidence, pickEvidence, reorderEvidence, reviseEvidence } from './evidence-acts.ts'
import { EVIDENCE_FIELDS, EvidenceEditPage, EvidencePage, EvidenceRemovePage } from './evidence-pages.tsx'
import { getEvidence, listEvidence } from './evidence-store.ts'
import type { EvidenceContent } from './evidence-store.ts'

/** 证据目录；须先于案件的地址挂上。 */
export const evidenceRoutes = new Hono()

const AT = `${HOME}/:id/evidence`
const ONE = `${AT}/:evidence`
const handle = permit('review.handle')
const SMALL = { maxBytes: 64 * 1024, maxFields: 250 }
const UPLOAD = { maxBytes: 12 * 1024 * 1024, maxFiles: 1, maxFields: 10 }

async function evidencePage(c: Context, state: FormState = emptyForm, status: 200 | 422 = 200) {
  const { deps, actor, bodyId, caseId, caseNo, opened } = await openHere(c)
  if (!seesEvidence(actor)) throw new NotFound('您的岗位可以看的证据目录')
  const evidence = await listEvidence(deps.db, fieldKeys(deps.config.secretKey), { bodyId, caseId })
  const { applicationId } = opened.state
  const materials = applicationId === null ? [] : (await listCaseMaterials(deps.db, bodyId, applicationId)).filter(({ id }) => evidence.every(({ sourceId }) => sourceId !== id))
  return renderPage(c, <EvidencePage {...{ caseId, caseNo, evidence, materials, state }} linked={applicationId !== null} canHandle={can(actor, 'review.handle', bodyId)} canTake={can(actor, 'personal-data.read', bodyId)} flash={takeFlash(c)} />, { status })
}

const done = (c: Context, caseId: string, text: string) => {
  setFlash(c, { tone: 'ok', text })
  return c.redirect(hrefOfEvidence(caseId), 303)
}
const contentIn = (given: Given): EvidenceContent => ({ name: given('name'), proves: given('proves'), pages: given('pages') })

evidenceRoutes.get(AT, permit('review.read'), (c) => evidencePage(c))

evidenceRoutes.post(`${AT}/pick`, handle, async (c) => {
  const { deps, actor, bodyId, caseId } = await openHere(c)
  const form = await parseForm(c, SMALL)
  const n = await pickEvidence(deps, actor, { bodyId, caseId, ids: form.fields['id'] ?? [] })
  return done(c, caseId, n === 0 ? '没有勾选新的' : `已列进 ${n} 份，请写明证明什么、几页`)
})

evidenceRoutes.post(`${AT}/add`, handle, async (c) => {
  const { deps, actor, bodyId, caseId } = await openHere(c)
  const form = await parseForm(c, UPLOAD)
  const errors = checkGiven(EVIDENCE_FIELDS, form.text)
  if (Object.keys(errors).length > 0) return evidencePage(c, { values: form.fields, errors }, 422)
  const added = await addListed(deps, actor, { bodyId, caseId, content: contentIn(form.text), files: form.files })
  return added.ok ? done(c, caseId, '已添在末尾') : evidencePage(c, { values: form.fields, errors: added.errors }, 422)
})

async function oneHere(c: Context) {
  const here = await openHere(c)
  const evidenceId = c.req.param('evidence') ?? ''
  if (!isId(evidenceId)) throw new NotFound('这份证据')
  const one = await getEvidence(here.deps.db, fieldKeys(here.deps.config.secretKey), { bodyId: here.bodyId, caseId: here.caseId, evidenceId })
  return { ...here, evidenceId, one }
}

evidenceRoutes.get(ONE, handle, async (c) => {
  const { caseId, caseNo, one } = await oneHere(c)
  return renderPage(c, <EvidenceEditPage {...{ caseId, caseNo, one }} state={emptyForm} />)
})

evidenceRoutes.post(ONE, handle, async (c) => {
  const { deps, actor, bodyId, caseId, caseNo, evidenceId, one } = await oneHere(c)
  const form = await parseForm(c, SMALL)
  const errors = checkGiven(EVIDENCE_FIELDS, form.text)
  if (Object.keys(errors).length > 0) return renderPage(c, <EvidenceEditPage {...{ caseId, caseNo, one }} state={{ values: form.fields, errors }} />, { status: 422 })
  await reviseEvidence(deps, actor, { bodyId, caseId, evidenceId, content: contentIn(form.text) })
  return done(c, caseId, '已存下')
})

evidenceRoutes.post(`${ONE}/move`, handle, async (c) => {
  const { deps, actor, bodyId, caseId, evidenceId } = await oneHere(c)
  const form = await parseForm(c, SMALL)
  await reorderEvidence(deps, actor, { bodyId, caseId, evidenceId, by: form.text('by') === 'up' ? -1 : 1 })
  return done(c, caseId, '已换次序')
})

evidenceRoutes.get(`${ONE}/remove`, handle, async (c) => {
  const { caseId, caseNo, one } = await oneHere(c)
  return renderPage(c, <EvidenceRemovePage {...{ caseId, caseNo, one }} />)
})

evidenceRoutes.post(`${ONE}/remove`, handle, async (c) => {
  const { deps, actor, bodyId, caseId, evidenceId } = await oneHere(c)
  await dropEvidence(deps, actor, { bodyId, caseId, evidenceId })
  return done(c, caseId, '已从目录里去掉')
})
