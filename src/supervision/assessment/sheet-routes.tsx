import { Hono } from 'hono'
import type { Context } from 'hono'
import { findBodyByCode } from '../../bodies/index.ts'
import { can, listDisplayNames, permit, reachOf, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import type { CheckedRecord } from '../../platform/record-source.ts'
import { viewerOf } from '../complaints/viewer.ts'
import { EVIDENCE_UPLOAD, takeEvidence } from '../progress/evidence-file.ts'
import { errorsOf } from '../progress/check-text.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { sendEvidence } from '../progress/send-evidence.ts'
import { scoreAll } from './frozen.ts'
import type { FrozenBody, FrozenScore } from './frozen.ts'
import type { Indicator } from './indicator.ts'
import { LinePage } from './line-page.tsx'
import { NONE, hashRecords, periodOf } from './measure.ts'
import { findPublished, loadLive } from './results.ts'
import { readPoints } from './scheme-form.ts'
import { sheetHref } from './scheme-acts.ts'
import { ASSESSMENT } from './scheme-pages.tsx'
import { schemeOf, yearOfPath } from './scheme-routes.tsx'
import { LINE_PARTS, LINE_PART_NAMES, SHEET_STEPS, SHEET_STEP_NAMES, isLinePart, isSheetStep } from './sheet.ts'
import type { LinePart, Sheet, SheetStep } from './sheet.ts'
import { SHEET_REFUSED, actOnSheet, fillLine } from './sheet-acts.ts'
import type { SheetRefusal } from './sheet-acts.ts'
import { SheetPage } from './sheet-page.tsx'
import { SOURCES } from './source.ts'
import type { SourceKey, Sources } from './source.ts'
import { emptyLine, getSheet, isSelfOver, listEvidence, listLines } from './store.ts'
import type { Line, Scheme } from './store.ts'

const SMALL = { maxBytes: 32 * 1024, maxFields: 10 }
const SHEET = `${ASSESSMENT}/:year{[0-9]{4}}/bodies/:body`
const LINE = `${SHEET}/:code{[0-9]{2}}`
const read = permit('assessment.read')
const PAGE = { sorts: ['good'], defaultSort: 'good', size: 50 } as const

interface Opened {
  deps: Deps
  actor: SignedInActor
  scheme: Scheme
  sheet: Sheet
  body: FrozenBody
  score: FrozenScore | null
  lines: ReadonlyMap<string, Line>
  isPublished: boolean
}

/** 是哪一机关哪一年的考核表；只能看自己的，区政务公开办看各机关的。 */
async function findSheet(c: Context): Promise<{ deps: Deps; actor: SignedInActor; scheme: Scheme; sheet: Sheet; href: string }> {
  const { deps, actor } = signedIn(c)
  const found = await findBodyByCode(deps.db, (c.req.param('body') ?? '').slice(0, 40))
  if (found === null) throw new NotFound('这个机关')
  requirePermission(actor, 'assessment.read', found.bodyId)
  const scheme = await schemeOf(c, actor)
  return { deps, actor, scheme, sheet: await getSheet(deps.db, found.bodyId, scheme.schemeId), href: sheetHref(scheme.year, found.code) }
}

/** 连同此刻的数与得分：公布了的用冻结的，没有公布的现算。 */
async function openSheet(c: Context, sources: Sources): Promise<Opened> {
  const { deps, actor, scheme, sheet } = await findSheet(c)
  const { bodyId } = sheet
  const published = await findPublished(deps.db, scheme.year)
  const inputs = published?.inputs ?? (await loadLive(deps.db, sources, { year: scheme.year, today: deps.clock.today(), only: [bodyId] })).inputs
  const body = inputs.bodies.find((each) => each.bodyId === bodyId)
  if (body === undefined) throw new NotFound('这个机关的考核表')
  const scores = published?.scores ?? scoreAll(inputs)
  const lines = (await listLines(deps.db, scheme.schemeId, [bodyId])).get(bodyId) ?? new Map<string, Line>()
  return { deps, actor, scheme, sheet, body, score: scores.find((each) => each.bodyId === bodyId) ?? null, lines, isPublished: published !== null }
}

/** 考核表与各项；挂在 requireSignIn 之后。 */
export function sheetRoutes(sources: Sources): Hono {
  const routes = new Hono()

  const sheetPage = async (c: Context, state: FormState = emptyForm) => {
    const opened = await openSheet(c, sources)
    const { deps, actor, sheet } = opened
    const accounts = [sheet.submittedBy, sheet.checkedBy, sheet.answeredBy, sheet.decidedBy].flatMap((each) => (each === null ? [] : [each]))
    return renderPage(
      c,
      <SheetPage {...opened} people={await listDisplayNames(deps.db, accounts)} today={deps.clock.today()} steps={stepsOf(opened)} isOffice={reachOf(actor, 'assessment.read') === 'district'} state={state} flash={takeFlash(c)} />,
      { status: state === emptyForm ? 200 : 422 },
    )
  }
  routes.get(SHEET, read, (c) => sheetPage(c))
  routes.post(`${SHEET}/steps/:step`, read, async (c) => {
    const step = c.req.param('step') ?? ''
    if (!isSheetStep(step)) throw new NotFound('这一步')
    const { deps, actor, sheet, scheme, href } = await findSheet(c)
    const form = await parseForm(c, SMALL)
    const reason = form.text('reason')
    const values = { ...form.fields, step: [step] }
    if (findPersonalNumbers(reason).length > 0) return sheetPage(c, { values, errors: { reason: '有身份证、手机或者银行卡号码，请去掉' } })
    const answer = await actOnSheet(deps, actor, sources, { step, reason, year: scheme.year, bodyId: sheet.bodyId, seen: Number(form.text('seen')) })
    if (!answer.ok) return sheetPage(c, { values, errors: { [answer.refusal === 'reason-missing' ? 'reason' : '']: SHEET_REFUSED[answer.refusal] } })
    setFlash(c, { tone: 'ok', text: `已办：${SHEET_STEPS[step].label}` })
    return c.redirect(href, 303)
  })

  const linePage = async (c: Context, state: FormState = emptyForm) => {
    const opened = await openSheet(c, sources)
    return renderPage(c, <LinePage {...await toLineModel(c, sources, opened)} state={state} flash={takeFlash(c)} />, { status: state === emptyForm ? 200 : 422 })
  }
  routes.get(LINE, read, (c) => linePage(c))
  routes.post(`${LINE}/:part`, read, async (c) => {
    const part = c.req.param('part') ?? ''
    if (!isLinePart(part)) throw new NotFound('这一处')
    const { deps, actor, sheet, scheme, href } = await findSheet(c)
    // 先问许可，再收文件
    requirePermission(actor, LINE_PARTS[part].by === 'office' ? 'assessment.manage' : 'assessment.fill', sheet.bodyId)
    const form = await parseForm(c, EVIDENCE_UPLOAD)
    const [points, note] = [readPoints(form.text('points')), form.text('note')]
    const errors = errorsOf({ points: form.text('points') !== '' && points === null ? '请填分数，至多两位小数' : null, note: findPersonalNumbers(note).length > 0 ? '有身份证、手机或者银行卡号码，请去掉' : null })
    if (Object.keys(errors).length > 0) return linePage(c, { values: form.fields, errors })
    const taken = await takeEvidence(deps, form.files)
    if (!taken.ok) return linePage(c, { values: form.fields, errors: { file: taken.message } })
    const code = c.req.param('code') ?? ''
    const answer = await fillLine(deps, actor, { part, code, points, note, exempt: form.text('exempt') === 'yes', evidence: taken.file, year: scheme.year, bodyId: sheet.bodyId, seen: Number(form.text('seen')) })
    if (!answer.ok) return linePage(c, { values: form.fields, errors: { [FIELD_OF[answer.refusal] ?? '']: SHEET_REFUSED[answer.refusal] } })
    setFlash(c, { tone: 'ok', text: '已保存' })
    return c.redirect(`${href}/${code}`, 303)
  })

  routes.get(`${SHEET}/evidence/:evidenceId`, read, async (c) => {
    const { deps, scheme, sheet } = await findSheet(c)
    const id = c.req.param('evidenceId') ?? ''
    const found = isId(id) ? (await listEvidence(deps.db, { bodyId: sheet.bodyId, schemeId: scheme.schemeId })).find(({ evidenceId }) => evidenceId === id) : undefined
    if (found === undefined) throw new NotFound('这份佐证')
    return sendEvidence(c, deps, found)
  })
  return routes
}

const FIELD_OF: Partial<Record<SheetRefusal, string>> = { 'points-over': 'points', 'computed-self': 'points', 'self-missing': 'points', 'check-missing': 'points', 'note-missing': 'note', 'appeal-short': 'note', 'too-much-evidence': 'file' }

const mayDo = (actor: SignedInActor, by: 'body' | 'office', own: 'assessment.fill' | 'assessment.answer', bodyId: string): boolean => can(actor, by === 'office' ? 'assessment.manage' : own, bodyId)

function stepsOf({ deps, actor, scheme, sheet }: Opened): SheetStep[] {
  if (scheme.state !== 'open') return []
  const selfIsOver = isSelfOver(scheme, deps.clock.today())
  return SHEET_STEP_NAMES.filter((step) => (step !== 'go-on' || selfIsOver) && SHEET_STEPS[step].from.some((state) => state === sheet.state) && mayDo(actor, SHEET_STEPS[step].by, 'assessment.answer', sheet.bodyId))
}

function partOf({ actor, scheme, sheet }: Opened, indicator: Indicator, line: Line): LinePart | null {
  if (scheme.state !== 'open') return null
  const part = LINE_PART_NAMES.find((each) => LINE_PARTS[each].state === sheet.state && mayDo(actor, LINE_PARTS[each].by, 'assessment.fill', sheet.bodyId)) ?? null
  return part === 'decide' && line.appeal === null ? null : part
}

async function toLineModel(c: Context, sources: Sources, opened: Opened) {
  const { deps, actor, scheme, sheet, body, score, lines, isPublished } = opened
  const code = c.req.param('code') ?? ''
  const at = scheme.indicators.findIndex((each) => each.code === code)
  const indicator = scheme.indicators[at]
  if (indicator === undefined) throw new NotFound('这项指标')
  const line = lines.get(code) ?? emptyLine(code)
  const input = body.lines[at]
  const evidence = await listEvidence(deps.db, { bodyId: sheet.bodyId, schemeId: scheme.schemeId, code })
  const query = parseListQuery(c.req.url, PAGE)
  const key = indicator.kind === 'computed' ? indicator.source : null
  const scope = { bodyId: sheet.bodyId, ...periodOf(yearOfPath(c)), today: deps.clock.today() }
  const visible = key !== null && can(actor, SOURCES[key].permit, sheet.bodyId)
  const seen = { ...scope, viewer: viewerOf(actor) }
  const now = key === null ? NONE : ((await sources[key].count(deps.db, { ...seen, bodyIds: [sheet.bodyId] })).get(sheet.bodyId) ?? NONE)
  // 须回避的不列；数照全数，免得数与单子对不上而没有说法
  const whole = key === null || sources[key].hiddenFrom === undefined ? now : ((await sources[key].count(deps.db, { ...scope, bodyIds: [sheet.bodyId] })).get(sheet.bodyId) ?? NONE)
  const records = key === null ? [] : visible ? await sources[key].list(deps.db, seen, { limit: query.size, offset: query.offset }) : null
  const frozen = isPublished ? (input?.records ?? null) : null
  return {
    scheme, sheet, body, indicator, line, evidence, query, records,
    score: score?.lines[at] ?? null,
    measured: input?.measured ?? null,
    recordTotal: now.total,
    hiddenTotal: whole.total - now.total,
    changedSince: frozen !== null && key !== null && (await hashRecords(deps.db, sources[key], scope)).hash !== frozen.hash,
    hrefOfRecord: (record: CheckedRecord) => (sheet.bodyId === actor.bodyId && key !== null ? recordHref(key, record) : null),
    people: await listDisplayNames(deps.db, evidence.map(({ addedBy }) => addedBy)),
    part: partOf(opened, indicator, line),
    isOffice: reachOf(actor, 'assessment.read') === 'district',
  }
}

/** 一条记录在本机关工作台的哪里；没有自己的页面的为 null。 */
function recordHref(key: SourceKey, { recordId }: CheckedRecord): string | null {
  if (key === 'replies-in-time') return `/desk/applications/${recordId}`
  if (key === 'items-in-time' || key === 'items-without-fault') return `/desk/items/${recordId}`
  if (key === 'duties-filled' || key === 'duties-current') return `/desk/duties/items?state=shown&code=${recordId}`
  if (key === 'complaints-in-time') return `/desk/complaints/${recordId}`
  if (key === 'outcomes-kept') return `/desk/reviews/${recordId}`
  if (key === 'problems-solved') return `/desk/problems/${recordId}`
  if (key === 'training-hours') return `/desk/training/sessions/${recordId}`
  if (key === 'guide-kept') return recordId.startsWith('channel') ? '/desk/column/channels' : '/desk/column/guide'
  return null
}
