import { Hono, type Context } from 'hono'
import { getBody, getBodyByCode, type Body } from '../../bodies/index.ts'
import { can, permit, reachOf, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { record } from '../../audit/index.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { parseForm, type ParsedForm } from '../../platform/http/index.ts'
import { parseListQuery, renderPage, type FormState } from '../../platform/html/index.ts'
import { MissingGlyphs, missingGlyphs } from '../../documents/index.ts'
import { transaction } from '../../platform/connect.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { Changed } from '../actions/change-report.ts'
import { findFiling } from '../collection/filing-store.ts'
import { correctReport } from '../actions/correct-report.ts'
import { CorrectPage, FilePage, PublishPage, ReturnPage, ReviewPage, SignPage } from './desk-act-pages.tsx'
import { districtStanding } from '../district-standing.ts'
import { FindingsPage } from './desk-findings-page.tsx'
import { ReportListPage } from './desk-list-page.tsx'
import { NarrativePage } from '../narrative/desk-narrative-page.tsx'
import { ReportPage } from './desk-report-page.tsx'
import { fromForm } from '../narrative/narrative-form.ts'
import { freezeReport } from '../actions/freeze-report.ts'
import { likenessOf } from '../own-check/own-likeness.ts'
import { loadModel } from '../editions/load-model.ts'
import { openReport } from '../actions/open-report.ts'
import { checkOwnReport } from '../own-check/own-checks.ts'
import { passCheck } from '../actions/pass-check.ts'
import { findPrevious } from '../own-check/previous.ts'
import { listReports } from '../queries.ts'
import { REFUSED } from './refusal-words.ts'
import { fileReport, publishReport } from '../actions/release-report.ts'
import { isFormat, renderReport } from '../editions/report-files.ts'
import { titleOf } from '../editions/report-model.ts'
import { STATUSES, type Refusal, type Status } from '../report.ts'
import { reviewReport } from '../actions/review-report.ts'
import { saveNarrative } from '../actions/save-narrative.ts'
import { sendBackReport } from '../actions/send-back-report.ts'
import { sendFile } from '../editions/send-file.ts'
import { signReport } from '../actions/sign-report.ts'
import { getReport, type LoadedReport } from '../store.ts'
import { toReportPage } from './to-report-page.ts'
import { waiveWarning } from '../actions/waive-warning.ts'

/** 工作台的年度报告；挂在 requireSignIn 之后。 */
export const deskReportRoutes = new Hono()

const LIST = {
  sorts: ['year'],
  defaultSort: '-year',
  filters: { year: 'year', status: Object.keys(STATUSES) },
  size: 50,
} as const

deskReportRoutes.get('/desk/reports', permit('report.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const wholeDistrict = reachOf(actor, 'report.read') === 'district'
  const found = await listReports(deps.db, query, wholeDistrict ? null : actor.bodyId)
  return renderPage(
    c,
    <ReportListPage {...found} query={query} wholeDistrict={wholeDistrict} standing={wholeDistrict ? await districtStanding(deps.db, deps.clock.today()) : null} openable={await openableYears(c)} government={(await getBody(deps.db, actor.bodyId)).kind === 'government'} flash={takeFlash(c)} />,
  )
})

/** 本机关还没有立的年度：去年与今年。 */
async function openableYears(c: Context): Promise<{ code: string; years: number[] } | null> {
  const { deps, actor } = signedIn(c)
  if (!can(actor, 'report.draft')) return null
  const body = await getBody(deps.db, actor.bodyId)
  const thisYear = yearOf(deps.clock.today())
  const rows = await deps.db
    .selectFrom('annual_report')
    .select('year')
    .where('body_id', '=', actor.bodyId)
    .where('year', 'in', [thisYear - 1, thisYear])
    .execute()
  const years = [thisYear - 1, thisYear].filter((year) => !rows.some((row) => row.year === year))
  return years.length === 0 ? null : { code: body.code, years }
}

interface Place {
  body: Body
  year: number
  base: string
}

/** 地址里的机关与年度；无权看该机关的抛 Forbidden。 */
async function placeOf(c: Context): Promise<Place> {
  const { deps, actor } = signedIn(c)
  const year = Number(c.req.param('year'))
  if (!Number.isInteger(year) || year < 2008 || year > 2100) throw new NotFound('这个年度')
  const code = c.req.param('code') ?? ''
  const body = await getBodyByCode(deps.db, code)
  requirePermission(actor, 'report.read', body.bodyId)
  return { body, year, base: `/desk/reports/${body.code}/${year}` }
}

async function openPage(c: Context): Promise<Place & { found: LoadedReport }> {
  const place = await placeOf(c)
  return { ...place, found: await getReport(c.get('deps').db, place.body.bodyId, place.year) }
}

const REPORT = '/desk/reports/:code/:year{[0-9]{4}}'

deskReportRoutes.get(REPORT, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, found } = await openPage(c)
  return renderPage(c, <ReportPage {...await toReportPage(deps, actor, base, found)} flash={takeFlash(c)} />)
})

deskReportRoutes.get(`${REPORT}/download/:format`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year, found } = await openPage(c)
  const format = c.req.param('format')
  if (!isFormat(format)) throw new NotFound('这种格式')
  const model = await loadModel(deps.db, found, deps)
  const bytes = await renderReport(model, format).catch((error: unknown) => {
    if (error instanceof MissingGlyphs) return null
    throw error
  })
  if (bytes === null) {
    setFlash(c, { tone: 'error', text: '有的字现有字体都没有，排不成 PDF，见校核' })
    return c.redirect(base, 303)
  }
  await transaction(deps.db, (tx) =>
    record(tx, actor, 'annual-report.downloaded', { bodyId: body.bodyId, target: found.reportId }, { year, format }),
  )
  return sendFile(c, bytes, titleOf(model), format)
})

deskReportRoutes.get(`${REPORT}/narrative`, (c) => narrativePage(c))

/** @param seen 退回去改的人所见的版本，改好再交时据此看他人有没有先改；不写则为最新的 */
async function narrativePage(c: Context, state?: FormState, seen?: number) {
  const { deps, actor } = signedIn(c)
  const { base, found, body, year } = await openPage(c)
  requirePermission(actor, 'report.draft', body.bodyId)
  const model = await loadModel(deps.db, found, deps)
  const previous = await findPrevious(deps.db, body.bodyId, year - 1)
  return renderPage(
    c,
    <NarrativePage
      base={base}
      version={seen ?? found.version}
      model={model}
      lastProblems={previous?.problems ?? []}
      lastSource={previous === null || previous.source === 'none' ? null : previous.source === 'imported' ? `载入的《${previous.fileName}》` : ` ${year - 1} 年度报告`}
      likeness={await likenessOf(deps.db, body.bodyId, model)}
      state={state}
    />,
    { status: state === undefined ? 200 : 422 },
  )
}

const TEXT_LIMITS = { maxBytes: 1024 * 1024, maxFields: 200 }

deskReportRoutes.post(`${REPORT}/narrative`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, found, body, year } = await openPage(c)
  const form = await parseForm(c, TEXT_LIMITS)
  const previous = await findPrevious(deps.db, body.bodyId, year - 1)
  const narrative = fromForm(form, previous?.problems ?? [])
  const conflict = () =>
    narrativePage(c, {
      values: form.fields,
      errors: { '': '他人刚才改过这份报告。请对照最新的正文（另开一页查看）修改后再保存；您填写的都在。' },
    })
  const seen = seenIn(form)
  if (seen !== found.version) return conflict()
  // 查过之后、保存之前仍可能有人先保存，由动作在事务里再比一次
  const result = await saveNarrative(deps, actor, { bodyId: body.bodyId, year, seen, narrative }).catch((error: unknown) => {
    if (error instanceof Conflict) return null
    throw error
  })
  if (result === null) return conflict()
  if (!result.ok && result.refusal === 'invalid')
    return narrativePage(c, { values: form.fields, errors: result.problems }, seen)
  return after(c, base, result, '正文已保存')
})

// 连按了两下的也走到这里：事情已经办成，不说成错误
const DONE_ALREADY: ReadonlySet<string> = new Set<Refusal>(['already-checked', 'already-filed', 'already-published'])

/** 办完回到报告页，把结果带去；不成的说明缘由。 */
function after(c: Context, base: string, result: Changed | { ok: false; refusal: 'invalid' }, done: string): Response {
  if (result.ok) setFlash(c, { tone: 'ok', text: done })
  else if (result.refusal !== 'invalid')
    setFlash(c, { tone: DONE_ALREADY.has(result.refusal) ? 'warn' : 'error', text: REFUSED[result.refusal] })
  return c.redirect(base, 303)
}

deskReportRoutes.post(`${REPORT}/open`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  const result = await openReport(deps, actor, { bodyId: body.bodyId, year })
  if (!result.ok) {
    setFlash(c, { tone: 'error', text: '这个年度还没有到，不能编制' })
    return c.redirect('/desk/reports', 303)
  }
  return c.redirect(base, 303)
})

deskReportRoutes.post(`${REPORT}/freeze`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  return after(c, base, await freezeReport(deps, actor, { bodyId: body.bodyId, year }), body.kind === 'government' ? '已冻结此刻汇总的数' : '已冻结此刻台账的数')
})

deskReportRoutes.post(`${REPORT}/check`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  return after(c, base, await passCheck(deps, actor, { bodyId: body.bodyId, year }), '校核通过，已交保密审查')
})

deskReportRoutes.post(`${REPORT}/file`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  // 按钮单独的表单没有内容
  const reply = (c.req.header('content-type') ?? '') === '' ? '' : (await parseForm(c, TEXT_LIMITS)).text('reply').slice(0, 1000)
  return after(c, base, await fileReport(deps, actor, { bodyId: body.bodyId, year, reply }), body.kind === 'government' ? '已记下报送上一级主管部门' : '已报送区政务公开办')
})

deskReportRoutes.post(`${REPORT}/publish`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  return after(c, base, await publishReport(deps, actor, { bodyId: body.bodyId, year }), '已向社会公布')
})

deskReportRoutes.get(`${REPORT}/findings`, (c) => findingsPage(c, null))

async function findingsPage(c: Context, error: { findingKey: string; message: string; reason: string } | null) {
  const { deps, actor } = signedIn(c)
  const { base, found, body } = await openPage(c)
  const { model, findings } = await checkOwnReport(deps.db, found, deps)
  const canWaive = can(actor, 'report.waive', body.bodyId) && found.state.status !== 'released'
  return renderPage(
    c,
    <FindingsPage base={base} model={model} findings={findings} waivers={found.state.waivers} canWaive={canWaive} error={error} flash={takeFlash(c)} />,
    { status: error === null ? 200 : 422 },
  )
}

deskReportRoutes.post(`${REPORT}/waive`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  const form = await parseForm(c, TEXT_LIMITS)
  const findingKey = form.text('finding')
  const reason = form.text(`reason-${findingKey}`)
  const result = await waiveWarning(deps, actor, { bodyId: body.bodyId, year, findingKey, reason })
  if (!result.ok && result.refusal === 'reason-required')
    return findingsPage(c, { findingKey, reason, message: REFUSED['reason-required'] })
  if (!result.ok) return after(c, base, result, '')
  setFlash(c, { tone: 'ok', text: '说明已记下' })
  return c.redirect(`${base}/findings`, 303)
})

/** 办事的人打开页面时所见的版本；表单里没有的当作没看过。 */
const seenIn = (form: ParsedForm): number => Number(form.text('version')) || 0

const ACTS = {
  review: ReviewPage,
  sign: SignPage,
  return: ReturnPage,
  correct: CorrectPage,
  file: FilePage,
  publish: PublishPage,
} as const
const ACT_PERMITS = {
  review: 'report.secrecy-review',
  sign: 'report.sign',
  return: 'report.return',
  correct: 'report.correct',
  file: 'report.file',
  publish: 'report.publish',
} as const
type Act = keyof typeof ACTS

/** 何时可以办；不到时候的，说明缘由，回报告页。 */
const ACT_STATES: Record<Act, { when: readonly Status[]; refusal: Refusal }> = {
  review: { when: ['checked'], refusal: 'not-checked' },
  sign: { when: ['reviewed'], refusal: 'not-reviewed' },
  return: { when: ['checked', 'reviewed', 'signed'], refusal: 'not-checked' },
  correct: { when: ['released'], refusal: 'not-released' },
  file: { when: ['signed', 'released'], refusal: 'not-signed' },
  publish: { when: ['signed', 'released'], refusal: 'not-signed' },
}

async function actPage(c: Context, act: Act, state?: FormState) {
  const { deps, actor } = signedIn(c)
  const { base, found, body } = await openPage(c)
  requirePermission(actor, ACT_PERMITS[act], body.bodyId)
  const { when, refusal } = ACT_STATES[act]
  if (!when.includes(found.state.status)) return after(c, base, { ok: false, refusal }, '')
  const Page = ACTS[act]
  const model = await loadModel(deps.db, found, deps)
  const returned = act === 'file' && (await findFiling(deps.db, body.bodyId, found.year))?.state.status === 'returned'
  return renderPage(c, <Page base={base} model={model} version={found.version} returned={returned} state={state} />, {
    status: state === undefined ? 200 : 422,
  })
}

for (const act of ['review', 'sign', 'return', 'correct', 'file', 'publish'] as const)
  deskReportRoutes.get(`${REPORT}/${act}`, (c) => actPage(c, act))

deskReportRoutes.post(`${REPORT}/review`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  const form = await parseForm(c, TEXT_LIMITS)
  const result = form.text('result')
  const opinion = form.text('opinion')
  if (result !== 'pass' && result !== 'fail') return actPage(c, 'review', { values: form.fields, errors: { result: '请选择审查结论' } })
  if (result === 'fail' && opinion === '') return actPage(c, 'review', { values: form.fields, errors: { opinion: '退回修改须写明理由' } })
  const passed = result === 'pass'
  const changed = await reviewReport(deps, actor, { bodyId: body.bodyId, year, seen: seenIn(form), passed, opinion })
  return after(c, base, changed, passed ? '保密审查通过，已交签发' : '已退回修改')
})

deskReportRoutes.post(`${REPORT}/sign`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  const form = await parseForm(c, TEXT_LIMITS)
  return after(c, base, await signReport(deps, actor, { bodyId: body.bodyId, year, seen: seenIn(form) }), '已签发')
})

deskReportRoutes.post(`${REPORT}/return`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  const form = await parseForm(c, TEXT_LIMITS)
  const reason = form.text('reason')
  if (reason === '') return actPage(c, 'return', { values: form.fields, errors: { reason: '请写明退回的理由' } })
  return after(c, base, await sendBackReport(deps, actor, { bodyId: body.bodyId, year, seen: seenIn(form), reason }), '已退回起草')
})

deskReportRoutes.post(`${REPORT}/correct`, async (c) => {
  const { deps, actor } = signedIn(c)
  const { base, body, year } = await placeOf(c)
  const form = await parseForm(c, TEXT_LIMITS)
  const reason = form.text('reason')
  if (reason.length < 5)
    return actPage(c, 'correct', { values: form.fields, errors: { reason: '请写明哪里有误、因何更正，不少于五个字' } })
  // 更正说明写入新版正文，立了就不能改
  const missing = missingGlyphs([reason])
  if (missing.length > 0)
    return actPage(c, 'correct', { values: form.fields, errors: { reason: `现有字体没有“${missing.join('')}”，排不成 PDF，请换一种写法` } })
  return after(c, base, await correctReport(deps, actor, { bodyId: body.bodyId, year, seen: seenIn(form), reason }), '已另起更正版，请修改后重新校核')
})
