import { Hono, type Context } from 'hono'
import { getBodyByCode } from '../../bodies/index.ts'
import { requirePermission, setFlash, signedIn } from '../../identity/index.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { renderPage } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { FillPage } from './fill-page.tsx'
import { REGISTER_PAGES, type RegisterCell } from '../tally/figures.ts'
import { loadModel } from '../editions/load-model.ts'
import { loadRegisters } from './load-registers.ts'
import { applyFill, isEmpty, proposeFill } from './narrative-fill.ts'
import { REFUSED } from '../desk/refusal-words.ts'
import { cellPath } from '../roll-up/roll-up-place.ts'
import { saveNarrative } from '../actions/save-narrative.ts'
import { getReport } from '../store.ts'

/** 从登记补入正文；数自登记的数点开去登记的页面。 */
export const fillRoutes = new Hono()

const REPORT = '/desk/reports/:code/:year{[0-9]{4}}'
const AT = `${REPORT}/narrative/registers`

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const body = await getBodyByCode(deps.db, c.req.param('code') ?? '')
  requirePermission(actor, 'report.draft', body.bodyId)
  const year = Number(c.req.param('year'))
  const found = await getReport(deps.db, body.bodyId, year)
  const model = await loadModel(deps.db, found, deps)
  const { safeguards } = model.figures
  // 从前冻结的、汇总的没有这些数，只补问题
  const none = { training: { sessions: 0, hours: 0, attendances: 0 }, meetings: 0, proposals: { people: 0, cppcc: 0, published: 0, exempt: 0, pending: 0 }, keyFields: { fields: 0, items: 0 } }
  return { deps, actor, body, year, found, model, registers: await loadRegisters(deps.db, body.bodyId, year, safeguards ?? none), base: `/desk/reports/${body.code}/${year}` }
}

async function page(c: Context, errors: Readonly<Record<string, string>> = {}) {
  const { found, model, registers, base } = await open(c)
  return renderPage(c, <FillPage base={base} version={found.version} model={model} lines={proposeFill(model.narrative, registers)} empty={isEmpty(registers)} errors={errors} />, { status: Object.keys(errors).length === 0 ? 200 : 422 })
}

fillRoutes.get(AT, (c) => page(c))

fillRoutes.post(AT, async (c) => {
  const { deps, actor, body, year, model, registers, base } = await open(c)
  const form = await parseForm(c, { maxBytes: 64 * 1024, maxFields: 300 })
  const chosen = new Set(form.fields['pick'] ?? [])
  if (chosen.size === 0) return page(c, { '': '请勾要补的地方' })
  const result = await saveNarrative(deps, actor, { bodyId: body.bodyId, year, seen: Number(form.text('version')) || 0, narrative: applyFill(model.narrative, registers, chosen) }).catch((error: unknown) => {
    if (error instanceof Conflict) return null
    throw error
  })
  if (result === null) return page(c, { '': '他人刚才改过这份报告，请看过最新的再补' })
  if (!result.ok && result.refusal === 'invalid') return page(c, result.problems)
  setFlash(c, result.ok ? { tone: 'ok', text: '已补入，请看过再改' } : { tone: 'error', text: REFUSED[result.refusal] })
  return c.redirect(result.ok ? `${base}/narrative` : base, 303)
})

const isRegisterCell = (text: string): text is RegisterCell => Object.hasOwn(REGISTER_PAGES, text)

fillRoutes.get(`${REPORT}/cells/:register{training|meetings|proposals|key-fields}`, async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await getBodyByCode(deps.db, c.req.param('code'))
  requirePermission(actor, 'report.read', body.bodyId)
  const cell = c.req.param('register')
  if (!isRegisterCell(cell)) throw new NotFound('报告里的这个数')
  if (body.kind === 'government') return c.redirect(cellPath(Number(c.req.param('year')), cell), 303)
  if (body.bodyId === actor.bodyId) return c.redirect(REGISTER_PAGES[cell].page(Number(c.req.param('year'))), 303)
  setFlash(c, { tone: 'warn', text: `${REGISTER_PAGES[cell].label}的登记由${body.name}自己看` })
  return c.redirect(`/desk/reports/${body.code}/${c.req.param('year')}`, 303)
})
