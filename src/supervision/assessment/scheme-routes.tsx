import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody, getDistrict, listBodies } from '../../bodies/index.ts'
import { can, permit, reachOf, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { MOST_AGREED, agreeMany, listAgreeable } from './agree-many.ts'
import { AgreePage } from './agree-page.tsx'
import { scoreAll } from './frozen.ts'
import { PublishPage } from './publish-page.tsx'
import { toResultDocument } from './result-document.ts'
import { PUBLISH_REFUSED, findPublished, loadLive, proposeResult, publishResult } from './results.ts'
import { ACT_REFUSED, changeScheme, draftScheme, hrefOf, openScheme, removeIndicator, saveIndicator, sheetHref } from './scheme-acts.ts'
import type { ActAnswer } from './scheme-acts.ts'
import { readIndicator, readScheme } from './scheme-form.ts'
import { ASSESSMENT, DistrictPage, IndicatorFormPage, NewSchemePage, SchemeListPage, SchemePage } from './scheme-pages.tsx'
import { RESULT_FILES, sendDocument } from './send-document.ts'
import { SHEET_STATES } from './sheet.ts'
import type { Sources } from './source.ts'
import { getScheme, listSchemes, listSheets } from './store.ts'
import type { Scheme } from './store.ts'

const SMALL = { maxBytes: 64 * 1024, maxFields: 40 }
const YEAR = `${ASSESSMENT}/:year{[0-9]{4}}`
const read = permit('assessment.read')
const manage = permit('assessment.manage')
const LIST = { sorts: ['position', 'name'], defaultSort: 'position', filters: { state: Object.keys(SHEET_STATES) }, size: 50 } as const

export const yearOfPath = (c: Context): number => Number(c.req.param('year'))

/** 一年的方案；起草中的只有组织考核的看得到。 */
export async function schemeOf(c: Context, actor: Actor): Promise<Scheme> {
  const scheme = await getScheme(c.get('deps').db, yearOfPath(c))
  if (scheme.state === 'draft' && !can(actor, 'assessment.manage', scheme.bodyId)) throw new NotFound(`${scheme.year} 年的考核`)
  return scheme
}

/** 方案、指标、全区的一页与公布；挂在 requireSignIn 之后。 */
export function schemeRoutes(sources: Sources): Hono {
  const routes = new Hono()

  routes.get(ASSESSMENT, read, async (c) => {
    const { deps, actor } = signedIn(c)
    const canManage = can(actor, 'assessment.manage')
    return renderPage(c, <SchemeListPage schemes={await listSchemes(deps.db, { drafts: canManage })} canManage={canManage} flash={takeFlash(c)} />)
  })

  // 去年的；已经有了的，最近一年的下一年
  const newPage = async (c: Context, state: FormState = emptyForm) => {
    const { db, clock } = signedIn(c).deps
    const year = Math.max(Number(clock.today().slice(0, 4)) - 1, ...(await listSchemes(db, { drafts: true })).map((scheme) => scheme.year + 1))
    return renderPage(c, <NewSchemePage year={year} state={state} />, { status: state === emptyForm ? 200 : 422 })
  }
  routes.get(`${ASSESSMENT}/new`, manage, (c) => newPage(c))
  routes.post(`${ASSESSMENT}/new`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const year = form.text('year')
    if (!/^20[0-9]{2}$/.test(year)) return newPage(c, { values: form.fields, errors: { year: '请填年份，如 2025' } })
    const answer = await draftScheme(deps, actor, Number(year))
    if (!answer.ok) return newPage(c, { values: form.fields, errors: { year: ACT_REFUSED[answer.refusal] } })
    return c.redirect(`${hrefOf(Number(year))}/scheme`, 303)
  })

  routes.get(YEAR, read, async (c) => {
    const { actor, deps } = signedIn(c)
    const scheme = await schemeOf(c, actor)
    if (scheme.state === 'draft') return c.redirect(`${hrefOf(scheme.year)}/scheme`, 303)
    if (reachOf(actor, 'assessment.read') !== 'district') return c.redirect(sheetHref(scheme.year, (await getBody(deps.db, actor.bodyId)).code), 303)
    return districtPage(c, sources, scheme)
  })

  const schemePage = async (c: Context, states: Partial<{ settings: FormState; open: FormState }> = {}) => {
    const { actor } = signedIn(c)
    const scheme = await schemeOf(c, actor)
    return renderPage(c, <SchemePage scheme={scheme} canManage={can(actor, 'assessment.manage', scheme.bodyId)} states={{ settings: emptyForm, open: emptyForm, ...states }} flash={takeFlash(c)} />, { status: Object.keys(states).length === 0 ? 200 : 422 })
  }
  routes.get(`${YEAR}/scheme`, read, (c) => schemePage(c))
  routes.post(`${YEAR}/settings`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const { errors, given } = readScheme(form.text)
    if (Object.keys(errors).length > 0) return schemePage(c, { settings: { values: form.fields, errors } })
    const answer = await changeScheme(deps, actor, { year: yearOfPath(c), seen: Number(form.text('seen')), ...given })
    return answer.ok ? done(c, '已保存') : schemePage(c, { settings: { values: form.fields, errors: { '': ACT_REFUSED[answer.refusal] } } })
  })
  routes.post(`${YEAR}/open`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const answer = await openScheme(deps, actor, { year: yearOfPath(c), seen: Number(form.text('seen')) })
    if (!answer.ok) return schemePage(c, { open: { values: {}, errors: { '': ACT_REFUSED[answer.refusal] } } })
    setFlash(c, { tone: 'ok', text: '已启用，各机关收到通知' })
    return c.redirect(hrefOf(yearOfPath(c)), 303)
  })

  const indicatorPage = async (c: Context, state: FormState = emptyForm) => {
    const scheme = await schemeOf(c, signedIn(c).actor)
    const code = c.req.param('code') ?? 'new'
    const indicator = scheme.indicators.find((each) => each.code === code) ?? null
    if (code !== 'new' && indicator === null) throw new NotFound('这项指标')
    if (scheme.state !== 'draft') throw new NotFound('可以改的指标')
    return renderPage(c, <IndicatorFormPage scheme={scheme} indicator={indicator} state={state} />, { status: state === emptyForm ? 200 : 422 })
  }
  const saveRoute = async (c: Context) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const { errors, given } = readIndicator(form.text)
    if (given === null) return indicatorPage(c, { values: form.fields, errors })
    const answer = await saveIndicator(deps, actor, { year: yearOfPath(c), seen: Number(form.text('seen')), code: c.req.param('code') ?? null, given })
    return answer.ok ? done(c, '已保存') : indicatorPage(c, { values: form.fields, errors: faultAt(answer) })
  }
  for (const path of [`${YEAR}/indicators/new`, `${YEAR}/indicators/:code{[0-9]{2}}`]) {
    routes.get(path, manage, (c) => indicatorPage(c))
    routes.post(path, manage, saveRoute)
  }
  routes.post(`${YEAR}/indicators/:code{[0-9]{2}}/remove`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const answer = await removeIndicator(deps, actor, { year: yearOfPath(c), seen: Number(form.text('seen')), code: c.req.param('code') ?? '' })
    return answer.ok ? done(c, '已去掉') : indicatorPage(c, { values: {}, errors: { '': ACT_REFUSED[answer.refusal] } })
  })

  const agreePage = async (c: Context, state: FormState = emptyForm) => {
    const { deps, actor } = signedIn(c)
    const scheme = await schemeOf(c, actor)
    if (scheme.state !== 'open') throw new NotFound('考核中的方案')
    const known = new Map((await listBodies(deps.db, { includeAbolished: true })).map((body) => [body.bodyId, body]))
    const rows = (await listAgreeable(deps.db, scheme)).flatMap((one) => {
      const body = known.get(one.sheet.bodyId)
      return body === undefined ? [] : [{ ...one, code: body.code, name: body.name }]
    })
    return renderPage(c, <AgreePage scheme={scheme} rows={rows} state={state} />, { status: state === emptyForm ? 200 : 422 })
  }
  routes.get(`${YEAR}/agree`, manage, (c) => agreePage(c))
  routes.post(`${YEAR}/agree`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, { maxBytes: 64 * 1024, maxFields: MOST_AGREED + 10 })
    const scheme = await schemeOf(c, actor)
    const bodies = await listBodies(deps.db, { includeAbolished: true })
    const chosen = (form.fields['body'] ?? []).flatMap((value) => {
      const [code, seen] = value.split(' ')
      const body = bodies.find((one) => one.code === code)
      return body === undefined ? [] : [{ bodyId: body.bodyId, seen: Number(seen) }]
    })
    if (chosen.length === 0) return agreePage(c, { values: form.fields, errors: { body: '请勾选机关' } })
    const { done: n, left } = await agreeMany(deps, actor, sources, scheme, { chosen, finish: form.text('finish') === 'yes' })
    const nameOf = (bodyId: string): string => bodies.find((one) => one.bodyId === bodyId)?.name ?? ''
    setFlash(c, { tone: left.length === 0 ? 'ok' : 'warn', text: [`已同意 ${n} 个机关的自评`, ...left.slice(0, 5).map(({ bodyId, why }) => `${nameOf(bodyId)}：${why}`)].join('；') })
    return c.redirect(hrefOf(scheme.year), 303)
  })

  const publishPage = async (c: Context, state: FormState = emptyForm) => {
    const { deps, actor } = signedIn(c)
    const scheme = await schemeOf(c, actor)
    if (scheme.state !== 'open') throw new NotFound('等着公布的考核')
    return renderPage(c, <PublishPage proposal={await proposeResult(deps.db, sources, { year: scheme.year, today: deps.clock.today() })} today={deps.clock.today()} state={state} />, { status: state === emptyForm ? 200 : 422 })
  }
  routes.get(`${YEAR}/publish`, manage, (c) => publishPage(c))
  routes.post(`${YEAR}/publish`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const answer = await publishResult(deps, actor, sources, { year: yearOfPath(c), seen: Number(form.text('seen')), hash: form.text('hash') })
    if (!answer.ok) return publishPage(c, { values: {}, errors: { '': PUBLISH_REFUSED[answer.refusal] } })
    setFlash(c, { tone: 'ok', text: '已公布，结果自此不变' })
    return c.redirect(hrefOf(yearOfPath(c)), 303)
  })

  routes.get(`${YEAR}/${RESULT_FILES}`, manage, async (c) => {
    const { deps, actor } = signedIn(c)
    const scheme = await schemeOf(c, actor)
    if (scheme.state === 'draft') throw new NotFound('考核的结果')
    requirePermission(actor, 'export.data', scheme.bodyId)
    const today = deps.clock.today()
    const published = await findPublished(deps.db, scheme.year)
    const inputs = published?.inputs ?? (await loadLive(deps.db, sources, { year: scheme.year, today })).inputs
    return sendDocument(c, toResultDocument({ inputs, scores: published?.scores ?? scoreAll(inputs) }, { issuer: (await getDistrict(deps.db)).supervisor, on: published?.publishedOn ?? today, demo: deps.config.mode === 'demo', preview: published === null }))
  })
  return routes
}

const faultAt = (answer: Extract<ActAnswer, { ok: false }>): FormState['errors'] => ({ [answer.refusal === 'name-taken' ? 'name' : '']: ACT_REFUSED[answer.refusal] })

function done(c: Context, text: string): Response {
  setFlash(c, { tone: 'ok', text })
  return c.redirect(`${hrefOf(yearOfPath(c))}/scheme`, 303)
}

async function districtPage(c: Context, sources: Sources, scheme: Scheme): Promise<Response> {
  const { deps } = signedIn(c)
  const today = deps.clock.today()
  const query = parseListQuery(c.req.url, LIST)
  const sheets = await listSheets(deps.db, scheme.schemeId)
  const published = await findPublished(deps.db, scheme.year)
  const names = new Map((await listBodies(deps.db, { includeAbolished: true })).map((body) => [body.bodyId, body.name]))
  const found = shown(sheets, query, names)
  const rows = found.slice(query.offset, query.offset + query.size)
  // 没有公布的现算，只算这一页的
  const inputs = published?.inputs ?? (await loadLive(deps.db, sources, { year: scheme.year, today, only: rows.map(({ bodyId }) => bodyId) })).inputs
  return renderPage(c, <DistrictPage scheme={scheme} frozen={{ inputs, scores: published?.scores ?? scoreAll(inputs) }} rows={rows} total={found.length} all={sheets} query={query} today={today} flash={takeFlash(c)} />)
}

/** 只按次序、名称排：按分数排即是排名。 */
function shown(sheets: Awaited<ReturnType<typeof listSheets>>, { q, filters, sort, descending }: ListQuery, names: ReadonlyMap<string, string>) {
  const nameOf = (bodyId: string): string => names.get(bodyId) ?? ''
  const found = sheets.filter(({ state, bodyId }) => (filters['state'] === undefined || filters['state'] === state) && (q === '' || nameOf(bodyId).includes(q)))
  const sorted = sort === 'name' ? found.toSorted((a, b) => nameOf(a.bodyId).localeCompare(nameOf(b.bodyId), 'zh')) : found
  return descending ? sorted.toReversed() : sorted
}
