import { Readable } from 'node:stream'
import { Hono, type Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getDistrict, listBodies } from '../../bodies/index.ts'
import { can, listDisplayNames, permit, reachOf, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseForm } from '../../platform/http/index.ts'
import { emptyForm, parseListQuery, pickRows, renderPage, type FormState } from '../../platform/html/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { findCell, labelOf } from '../../statute/report-form.ts'
import { ITEMS_CELL, type RegisterCell } from '../tally/figures.ts'
import { findPrevious } from '../own-check/previous.ts'
import { findReportRow } from '../store.ts'
import { listPartFigures } from './accepted-figures.ts'
import { loadAcceptedTexts, type AcceptedTexts, type MaterialKey } from './accepted-texts.ts'
import { AbsentListPage, ExplainManyPage, ExplainPage } from './absent-page.tsx'
import { RollUpCellPage, toAbsentPart, toCellPart } from './cell-page.tsx'
import { compareYears } from './compare.ts'
import { ComparePage } from './compare-page.tsx'
import { RollUpPage, type RollUpPageModel } from './desk-roll-up-page.tsx'
import { ALIKE_PROBLEMS, ALIKE_SENTENCES } from './district-draft.ts'
import { explainAbsence, REASON_LENGTH, withdrawExplanation } from './explain-absence.ts'
import type { TextFigures } from './figures-of-text.ts'
import { gatherSayings } from './gather-sayings.ts'
import { loadHistory } from './load-history.ts'
import type { LoadedRollUp } from './load-roll-up.ts'
import { findMeasure, MEASURES } from './measures.ts'
import { toRollUpJson } from './roll-up-json.ts'
import { rollUpXlsx } from './roll-up-xlsx.ts'
import { sendFile } from '../editions/send-file.ts'
import { isPacking, listReportSets, reportSetDays, startReportSet } from './report-set.ts'
import { SetPage } from './set-page.tsx'
import { openRollUp, requireRollUp, rollUpPath, ROLL_UP, yearIn, yearsAround, YEAR_ROUTE } from './roll-up-place.ts'
import { groupOf, GROUP_KEYS, type Absent, type RollUpPart } from './roll-up.ts'
import { sumFindings } from './sum-findings.ts'
import { TextsPage, type TextsPageModel } from './texts-page.tsx'

/** 全区汇总；挂在 requireSignIn 之后。 */
export const rollUpRoutes = new Hono()

rollUpRoutes.get(ROLL_UP, async (c) => {
  await requireRollUp(c)
  return c.redirect(rollUpPath(yearOf(c.get('deps').clock.today()) - 1), 303)
})

rollUpRoutes.get(YEAR_ROUTE, async (c) => {
  const { deps, actor } = signedIn(c)
  const { year, sum, government } = await openRollUp(c)
  const previous = government === null ? null : await findPrevious(deps.db, government.body.bodyId, year - 1)
  const findings = sumFindings(sum, previous === null ? null : { year: year - 1, edition: previous.read.edition, cells: previous.read.cells })
  const model: RollUpPageModel = {
    year,
    years: yearsAround(deps.clock.today(), year),
    sum,
    findings,
    report: await reportOf(c, year, government),
    mayExplain: can(actor, 'report.roll-up'),
    mayExport: can(actor, 'export.data'),
    flash: takeFlash(c),
  }
  return renderPage(c, <RollUpPage {...model} />)
})

// 立了的去报告页，没有立的说由谁来立
async function reportOf(c: Context, year: number, government: LoadedRollUp['government']): Promise<RollUpPageModel['report']> {
  const { deps, actor } = signedIn(c)
  if (government === null) return null
  const { body } = government
  const opened = (await findReportRow(deps.db, body.bodyId, year)) !== undefined
  if (opened) return { href: `/desk/reports/${body.code}/${year}`, name: body.name, note: '' }
  const mine = actor.bodyId === body.bodyId && can(actor, 'report.draft')
  return { href: '/desk/reports', name: body.name, note: mine ? `还没有开始编制${body.name} ${year} 年度报告，到「年度报告」开始。` : `${body.name} ${year} 年度报告还没有开始编制，由在那里任信息公开工作机构经办的人开始；初稿由这里的汇总与各机关的文字自动起好。` }
}

const ABSENT_LIST = { sorts: ['name'], defaultSort: 'name', filters: { explained: ['yes', 'no'] }, size: 50 } as const

rollUpRoutes.get(`${YEAR_ROUTE}/absent`, async (c) => {
  const { actor } = signedIn(c)
  const { year, sum } = await openRollUp(c)
  const query = parseListQuery(c.req.url, ABSENT_LIST)
  const { explained } = query.filters
  const rows = sum.absent.filter(({ explanation }) => explained === undefined || (explanation !== null) === (explained === 'yes'))
  const found = pickRows(rows, query, { text: ({ bodyName }) => bodyName, sort: ({ bodyName }) => bodyName })
  return renderPage(c, <AbsentListPage {...found} year={year} query={query} mayExplain={can(actor, 'report.roll-up')} />)
})

const ABSENT = `${YEAR_ROUTE}/absent/:code`

async function absentIn(c: Context): Promise<{ year: number; absent: Absent }> {
  const { year, sum } = await openRollUp(c)
  const absent = sum.absent.find(({ bodyCode }) => bodyCode === c.req.param('code'))
  if (absent === undefined) throw new NotFound('缺报的这一家')
  return { year, absent }
}

async function explainPage(c: Context, state: FormState = emptyForm) {
  const found = await absentIn(c)
  return renderPage(c, <ExplainPage {...found} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

rollUpRoutes.get(ABSENT, permit('report.roll-up'), (c) => explainPage(c))

const REFUSED = {
  'reason-too-short': `请写明缘由，不少于${REASON_LENGTH.least}个字`,
  'reason-too-long': `缘由不超过 ${REASON_LENGTH.most} 字`,
} as const

rollUpRoutes.post(ABSENT, permit('report.roll-up'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, { maxBytes: 16 * 1024, maxFields: 5 })
  const { year, absent } = await absentIn(c)
  const { bodyId, bodyName } = absent
  if (form.text('act') === 'withdraw') {
    await withdrawExplanation(deps, actor, { bodyId, year })
    setFlash(c, { tone: 'ok', text: `已撤回对${bodyName}的说明` })
    return c.redirect(rollUpPath(year), 303)
  }
  const result = await explainAbsence(deps, actor, { bodyIds: [bodyId], year, reason: form.text('reason') })
  if (!result.ok) return explainPage(c, { values: form.fields, errors: { reason: REFUSED[result.refusal] } })
  setFlash(c, { tone: 'ok', text: `已写明${bodyName}为何缺` })
  return c.redirect(rollUpPath(year), 303)
})

const EXPLAIN = `${YEAR_ROUTE}/explain`

async function unexplained(c: Context): Promise<{ year: number; rows: readonly Absent[] }> {
  const { year, sum } = await openRollUp(c)
  return { year, rows: sum.absent.filter(({ explanation }) => explanation === null) }
}

const explainManyPage = async (c: Context, state: FormState = emptyForm) => renderPage(c, <ExplainManyPage {...await unexplained(c)} state={state} />, { status: state === emptyForm ? 200 : 422 })

// 校核由此而来；编写区政府报告的人看得到缺谁，说明归区政务公开办
rollUpRoutes.get(EXPLAIN, async (c) => {
  await requireRollUp(c)
  return can(signedIn(c).actor, 'report.roll-up') ? explainManyPage(c) : c.redirect(`${rollUpPath(yearIn(c))}/absent?explained=no`, 303)
})

rollUpRoutes.post(EXPLAIN, permit('report.roll-up'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, { maxBytes: 128 * 1024, maxFields: 1100 })
  const { year, rows } = await unexplained(c)
  const chosen = new Set(form.fields['body'] ?? [])
  const bodyIds = rows.filter(({ bodyCode }) => chosen.has(bodyCode)).map(({ bodyId }) => bodyId)
  if (bodyIds.length === 0) return explainManyPage(c, { values: form.fields, errors: { body: '请勾选缘由相同的各家' } })
  const result = await explainAbsence(deps, actor, { bodyIds, year, reason: form.text('reason') })
  if (!result.ok) return explainManyPage(c, { values: form.fields, errors: { reason: REFUSED[result.refusal] } })
  setFlash(c, { tone: 'ok', text: `已写明 ${bodyIds.length} 家为何缺` })
  return c.redirect(rollUpPath(year), 303)
})

const CELL_LIST = { sorts: ['name', 'value'], defaultSort: '-value', filters: { group: GROUP_KEYS }, size: 100 } as const

rollUpRoutes.get(`${YEAR_ROUTE}/cells/:cell`, async (c) => {
  const found = await openRollUp(c)
  const { year, sum } = found
  const code = c.req.param('cell')
  const { label, valueOf } = isBeside(code) ? await besideCell(c, found, code) : cellIn(found, code)
  const query = parseListQuery(c.req.url, CELL_LIST)
  const all = [...sum.parts.map((part) => toCellPart(year, code, part, valueOf(part))), ...sum.absent.map((one) => toAbsentPart(year, one, groupOf(one.kind)))]
  const wanted = all.filter(({ group }) => query.filters['group'] === undefined || group === query.filters['group'])
  const page = pickRows(wanted, query, { text: ({ bodyName }) => bodyName, sort: (row) => (query.sort === 'value' ? row.value : row.bodyName) })
  const unknown = sum.parts.filter((part) => valueOf(part) === null).map(({ bodyName }) => bodyName)
  const known = sum.parts.flatMap((part) => valueOf(part) ?? [])
  // 不在表里的，读得出几家加几家；一家也没有的不是 0
  const value = !isBeside(code) ? (sum.cells[code] ?? null) : known.length === 0 ? null : known.reduce((total, one) => total + one, 0)
  return renderPage(c, <RollUpCellPage {...page} year={year} label={label} value={value} query={query} unknown={unknown} absent={sum.absent.length} mayOpen={reachOf(signedIn(c).actor, 'report.read') === 'district'} />)
})

interface CellOf {
  label: string
  valueOf: (part: RollUpPart) => number | null
}

function cellIn({ sum }: LoadedRollUp, code: string): CellOf {
  if (findCell(code, sum.form) === null) throw new NotFound('报告里的这一格')
  return { label: labelOf(code, sum.form), valueOf: ({ cells }) => cells[code] ?? null }
}

// 不在表里的几样：取自各份报告冻结的数，条数也可以由文字读出
const BESIDES: Record<typeof ITEMS_CELL | RegisterCell, { label: string; of: (figures: TextFigures) => number | undefined }> = {
  [ITEMS_CELL]: { label: '主动公开政府信息', of: ({ items }) => items?.total },
  training: { label: '政府信息公开培训（期）', of: ({ safeguards }) => safeguards?.training.sessions },
  meetings: { label: '政务公开领导小组会议（次）', of: ({ safeguards }) => safeguards?.meetings },
  proposals: { label: '承办的人大代表建议、政协提案（件）', of: ({ safeguards }) => (safeguards === null ? undefined : safeguards.proposals.people + safeguards.proposals.cppcc) },
  'key-fields': { label: '重点领域公开的政府信息（条）', of: ({ safeguards }) => safeguards?.keyFields.items },
}
const isBeside = (code: string): code is keyof typeof BESIDES => Object.hasOwn(BESIDES, code)

async function besideCell(c: Context, { year, government }: LoadedRollUp & { year: number }, code: keyof typeof BESIDES): Promise<CellOf> {
  const known = await listPartFigures(c.get('deps').db, year, government)
  const { label, of } = BESIDES[code]
  return {
    label,
    valueOf: ({ bodyId }) => {
      const figures = known.get(bodyId)
      return figures === undefined ? null : (of(figures) ?? null)
    },
  }
}

const COMPARE_YEARS = 5
const COMPARE_LIST = { sorts: ['name', 'value', 'change'], defaultSort: '-value', filters: { measure: MEASURES.map(({ key }) => key), group: GROUP_KEYS.filter((key) => key !== 'government') }, size: 50 } as const

rollUpRoutes.get(`${YEAR_ROUTE}/compare`, async (c) => {
  await requireRollUp(c)
  const { db } = signedIn(c).deps
  const year = yearIn(c)
  const query = parseListQuery(c.req.url, COMPARE_LIST)
  const measure = findMeasure(query.filters['measure'] ?? '') ?? MEASURES[0]!
  const group = GROUP_KEYS.find((key) => key === query.filters['group']) ?? null
  const years = Array.from({ length: COMPARE_YEARS }, (_, i) => year - COMPARE_YEARS + 1 + i)
  const codes = [...new Set([...MEASURES.flatMap(({ cells }) => cells), ...measure.rows])]
  const history = await loadHistory(db, codes, { from: years[0]!, to: year })
  const bodies = await listBodies(db, { includeAbolished: true })
  const comparison = compareYears(measure, bodies, history, years, group)
  const overview = MEASURES.map((each) => {
    const { totals } = compareYears(each, bodies, history, years, group)
    return { measure: each, values: totals.map(({ sum, known }) => (known === 0 ? null : sum)), known: totals.map(({ known }) => known) }
  })
  const found = pickRows(comparison.bodies, query, { text: ({ bodyName }) => bodyName, sort: (row) => (query.sort === 'value' ? (row.values.at(-1) ?? null) : query.sort === 'change' ? row.change : row.bodyName) })
  return renderPage(c, <ComparePage {...found} year={year} measure={measure} comparison={comparison} overview={overview} query={query} />)
})

rollUpRoutes.get(`${YEAR_ROUTE}/texts`, async (c) => {
  const { year, sum } = await openRollUp(c)
  const { db } = signedIn(c).deps
  const bodyIds = sum.parts.map(({ bodyId }) => bodyId)
  // 几千句两两比，三百家要半秒
  const gathered = await c.get('whileUnchanged')(`roll-up-texts ${year} ${bodyIds.join(' ')}`, async () => gatherTexts(await loadAcceptedTexts(db, year, bodyIds)))
  return renderPage(c, <TextsPage year={year} {...gathered} />)
})

function gatherTexts({ said, problems }: AcceptedTexts): Omit<TextsPageModel, 'year'> {
  const gathered = (key: MaterialKey) => gatherSayings(said[key], ALIKE_SENTENCES)
  const found = gatherSayings(problems.map(({ who, problem }) => ({ who, text: problem })), ALIKE_PROBLEMS).map((one) => {
    const mine = new Set([one.text, ...one.others.map(({ text }) => text)])
    return { ...one, measures: [...new Set(problems.filter(({ problem, measure }) => measure !== '' && mine.has(problem.trim())).map(({ measure }) => measure))].slice(0, 5) }
  })
  return { problems: found, sayings: { management: gathered('management'), platform: gathered('platform'), supervision: gathered('supervision'), proposals: gathered('proposals'), fields: gathered('fields') } }
}

const SHOWN_SETS = 5
const SET = `${YEAR_ROUTE}/set`

rollUpRoutes.get(SET, permit('report.roll-up'), async (c) => {
  const { deps } = signedIn(c)
  const { year, sum } = await openRollUp(c)
  const sets = await listReportSets(deps.db, year, SHOWN_SETS)
  const running = isPacking(sets[0], deps.clock.now())
  const names = await listDisplayNames(deps.db, sets.map((row) => row.requested_by))
  return renderPage(c, <SetPage year={year} sets={sets} names={names} running={running} accepted={sum.accepted} absent={sum.absent.length} days={await reportSetDays(deps.db)} flash={takeFlash(c)} />, running ? { refreshSeconds: 2 } : {})
})

rollUpRoutes.post(SET, permit('report.roll-up'), async (c) => {
  const { deps, actor } = signedIn(c)
  const year = yearIn(c)
  const started = await startReportSet(deps, actor, year)
  if (!started.ok) setFlash(c, { tone: 'warn', text: '已经在打包，请等它办完' })
  return c.redirect(`${rollUpPath(year)}/set`, 303)
})

rollUpRoutes.get(`${SET}/:body/:file{[0-9a-f-]{36}\\.zip}`, permit('report.roll-up'), async (c) => {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'export.data')
  const year = yearIn(c)
  const found = (await listReportSets(deps.db, year, SHOWN_SETS)).find((row) => row.body_id === c.req.param('body') && `${row.set_id}.zip` === c.req.param('file'))
  if (found?.file_key == null) throw new NotFound('这一包')
  await record(deps.db, actor, 'annual-report.set-downloaded', { bodyId: actor.bodyId, target: found.set_id }, { year })
  c.header('Content-Type', 'application/zip')
  c.header('Content-Disposition', `attachment; filename="annual-reports-${year}.zip"`)
  return c.body(Readable.toWeb(Readable.from(deps.files.stream(found.file_key))) as ReadableStream<Uint8Array>)
})

rollUpRoutes.get(`${YEAR_ROUTE}/export/:format{xlsx|json}`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  const { year, sum, government } = await openRollUp(c)
  const { name } = await getDistrict(deps.db)
  const title = `${name}${year}年政府信息公开工作年度报告汇总`
  const format = c.req.param('format') === 'xlsx' ? 'xlsx' : 'json'
  const bytes = format === 'xlsx' ? await rollUpXlsx(sum, { title, creator: government?.body.name ?? name, demo: government?.body.demo ?? false }) : Buffer.from(`${JSON.stringify(toRollUpJson(sum), null, 2)}\n`)
  await record(deps.db, actor, 'annual-report.roll-up-exported', { bodyId: actor.bodyId, target: String(year) }, { year, format })
  return sendFile(c, bytes, title, format)
})
