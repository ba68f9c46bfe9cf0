import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { actorKey, can, listDisplayNames, listHolders, permit, ROLES, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { Malformed, parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { maskPersonalNumbers } from '../../statute/personal-numbers.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { dayProblem, errorsOf, hasErrors, textProblem } from '../progress/check-text.ts'
import { listNotes } from '../progress/progress.ts'
import { sendCsv } from '../progress/send-table.ts'
import { takeNote } from '../progress/take-note.ts'
import { answerOf, isProblemState, isRaisedFrom, MEASURE_STATES, PROBLEM_SOURCES, PROBLEM_STATES } from './problem.ts'
import type { MeasureFacts, PastProblem, Problem } from './problem.ts'
import { addMeasure, carryProblem, changeMeasure, changeProblem, endProblem, importPast, measureHref, noteMeasure, problemHref, PROBLEM_REFUSED, PROBLEMS, raiseProblem } from './problem-acts.ts'
import { MeasurePage, NewProblemPage, ProblemPage, ProblemsPage } from './problem-pages.tsx'
import type { Raisables } from './raisable.ts'
import { findCarried, getMeasure, getProblem, listProblems, listProblemYears } from './problem-store.ts'

/** 某年报告（已报送、公布的，或者载入的）第五部分的问题与其措施；没有报告为 null。 */
export type FindPast = (tx: Tx, bodyId: string, year: number) => Promise<{ source: string; problems: readonly PastProblem[] } | null>

const SMALL = { maxBytes: 64 * 1024, maxFields: 20 }
const STALE = '他人刚才改过，请看过最新的再办'
const LIST = { sorts: ['raised'], defaultSort: 'raised', filters: { year: 'year', state: Object.keys(PROBLEM_STATES), source: Object.keys(PROBLEM_SOURCES) } } as const

const accountsOf = (tx: Tx, bodyId: string) => listHolders(tx, bodyId, Object.keys(ROLES) as Role[])

const idOf = (c: Context, name: string, what: string): string => {
  const id = c.req.param(name) ?? ''
  if (!isId(id)) throw new NotFound(what)
  return id
}

/** 工作台的问题与措施；上年报告里的问题由接线交来。 */
export function problemRoutes(findPast: FindPast, raisables: Raisables): Hono {
  const routes = new Hono()
  const read = permit('safeguard.read')
  const handle = permit('safeguard.handle')

  /** 报告里有而登记里没有的。 */
  async function missingPast(c: Context, year: number): Promise<{ source: string; missing: PastProblem[]; all: readonly PastProblem[] } | null> {
    const { deps, actor } = signedIn(c)
    const found = await findPast(deps.db, actor.bodyId, year)
    if (found === null) return null
    const known = await listProblems(deps.db, actor.bodyId, year)
    const missing = found.problems.filter(({ problem, problemId }, i) => problem.trim().length >= 4 && !known.some((one) => one.problemId === problemId || one.content === problem.trim() || (one.source === 'report' && one.sourceRef === `${year}/${i + 1}`)))
    return { source: found.source, missing, all: found.problems }
  }

  routes.get(PROBLEMS, read, async (c) => {
    const { deps, actor } = signedIn(c)
    const query = parseListQuery(c.req.url, LIST)
    const { year, all, found } = await listed(c)
    const past = await missingPast(c, year)
    const years = await listProblemYears(deps.db, actor.bodyId)
    const now = yearOf(deps.clock.today())
    const shown = [...new Set([now, now - 1, year, ...years.map((one) => one.year)])].toSorted((a, b) => b - a).map((one) => ({ year: one, count: years.find((other) => other.year === one)?.count ?? 0 }))
    const { code } = await getBody(deps.db, actor.bodyId)
    return renderPage(
      c,
      <ProblemsPage
        year={year}
        years={shown}
        rows={found.slice(query.offset, query.offset + query.size)}
        query={{ ...query, filters: { ...query.filters, year: String(year) } }}
        total={found.length}
        today={deps.clock.today()}
        past={past === null || past.missing.length === 0 ? null : { count: past.missing.length, source: past.source }}
        reportHref={`/desk/reports/${code}/${all.length > 0 ? year : now}`}
        canHandle={can(actor, 'safeguard.handle', actor.bodyId)}
        canExport={can(actor, 'export.data', actor.bodyId)}
        flash={takeFlash(c)}
      />,
    )
  })

  routes.get(`${PROBLEMS}.csv`, permit('export.data'), async (c) => {
    const { deps, actor } = signedIn(c)
    const { year, found } = await listed(c)
    await transaction(deps.db, (tx) => record(tx, actor, 'problem.exported', { bodyId: actor.bodyId, target: actor.bodyId }, { year, rows: found.length }))
    return sendCsv(c, `${year}年问题与改进措施`, [
      ['年度', '问题', '来自', '现在', '整改情况', '措施', '责任', '时限', '措施现在'],
      ...found.flatMap((problem) =>
        (problem.measures.length === 0 ? [null] : problem.measures).map((measure) => [
          String(problem.year), problem.content, PROBLEM_SOURCES[problem.source], PROBLEM_STATES[problem.state], answerOf(problem), measure?.content ?? '', measure?.unit ?? '', measure?.dueOn ?? '', measure === null ? '' : MEASURE_STATES[measure.state],
        ]),
      ),
    ])
  })

  async function newPage(c: Context, state: FormState = emptyForm) {
    const now = yearOf(signedIn(c).deps.clock.today())
    const asked = Number(c.req.query('year'))
    const years = [now, now - 1, now - 2]
    return renderPage(c, <NewProblemPage year={years.includes(asked) ? asked : now} years={years} state={state} />, { status: state === emptyForm ? 200 : 422 })
  }

  routes.get(`${PROBLEMS}/new`, handle, (c) => newPage(c))

  routes.post(`${PROBLEMS}/new`, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const now = yearOf(deps.clock.today())
    const [year, content] = [Number(form.text('year')), form.text('content')]
    const errors = errorsOf({ year: Number.isInteger(year) && year >= now - 2 && year <= now ? null : '请选择', content: textProblem(content, 4, 1000) })
    if (hasErrors(errors)) return newPage(c, { values: form.fields, errors })
    const raised = await raiseProblem(deps, actor, { bodyId: actor.bodyId, year, content, source: 'own', sourceRef: null, sourceHref: null })
    if (!raised.ok) return newPage(c, { values: form.fields, errors: { '': PROBLEM_REFUSED[raised.refusal] } })
    setFlash(c, { tone: 'ok', text: '已列上，请添措施' })
    return c.redirect(problemHref(raised.problemId), 303)
  })

  // 别处的页面一键列为问题：只认哪一件，能不能列、怎样写都照记录
  routes.post(`${PROBLEMS}/raise`, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const form = await parseForm(c, SMALL)
    const [source, ref] = [form.text('source'), form.text('ref').slice(0, 100)]
    if (!isRaisedFrom(source)) throw new Malformed('列为问题的表单不对')
    const found = await raisables[source](deps.db, actor, ref, deps.clock.today())
    if (found === null) throw new NotFound('这件记录')
    // 别处的话可能很长、夹着号码：截短、遮盖，改写法在下一页
    const content = maskPersonalNumbers(found.content).slice(0, 1000).toWellFormed()
    const raised = await raiseProblem(deps, actor, { bodyId: actor.bodyId, year: found.year, content, source, sourceRef: ref, sourceHref: found.href })
    if (!raised.ok) {
      setFlash(c, { tone: 'warn', text: PROBLEM_REFUSED[raised.refusal] })
      return c.redirect(PROBLEMS, 303)
    }
    setFlash(c, raised.already ? { tone: 'warn', text: '这件已经列为问题' } : { tone: 'ok', text: '已列为问题，请改好写法、添措施' })
    return c.redirect(problemHref(raised.problemId), 303)
  })

  routes.post(`${PROBLEMS}/import`, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const year = Number((await parseForm(c, SMALL)).text('year'))
    const past = Number.isInteger(year) && year >= 2000 && year <= yearOf(deps.clock.today()) ? await missingPast(c, year) : null
    const added = past === null ? 0 : await importPast(deps, actor, { bodyId: actor.bodyId, year, past: past.all })
    setFlash(c, added > 0 ? { tone: 'ok', text: `取来 ${added} 个问题，措施的责任与时限请逐项核对` } : { tone: 'warn', text: '没有可以取的' })
    return c.redirect(Number.isInteger(year) ? `${PROBLEMS}?year=${year}` : PROBLEMS, 303)
  })

  async function measurePage(c: Context, states: { note?: FormState; edit?: FormState } = {}) {
    const { deps, actor } = signedIn(c)
    const measure = await getMeasure(deps.db, actor.bodyId, idOf(c, 'measureId', '这项措施'))
    const notes = (await listNotes(deps.db, actor.bodyId, [measure.measureId])).get(measure.measureId) ?? []
    const canHandle = can(actor, 'safeguard.handle', actor.bodyId)
    const people = await listDisplayNames(deps.db, [...notes.map((note) => note.by), measure.owner ?? ''])
    return renderPage(
      c,
      <MeasurePage measure={measure} notes={notes} people={people} accounts={await accountsOf(deps.db, actor.bodyId)} today={deps.clock.today()} canHandle={canHandle} canNote={canHandle || measure.owner === actorKey(actor)} states={{ note: states.note ?? emptyForm, edit: states.edit ?? emptyForm }} flash={takeFlash(c)} />,
      { status: states.note === undefined && states.edit === undefined ? 200 : 422 },
    )
  }

  const MEASURE = `${PROBLEMS}/measures/:measureId`
  routes.get(MEASURE, read, (c) => measurePage(c))

  routes.post(MEASURE, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const ref = { bodyId: actor.bodyId, measureId: idOf(c, 'measureId', '这项措施') }
    await getMeasure(deps.db, ref.bodyId, ref.measureId)
    const { form, facts, errors } = await readMeasure(c)
    if (hasErrors(errors)) return measurePage(c, { edit: { values: form.fields, errors } })
    return step(c, measureHref(ref.measureId), '已改好', () => changeMeasure(deps, actor, { ...ref, seen: Number(form.text('version')), facts }))
  })

  routes.post(`${MEASURE}/notes`, read, async (c) => {
    const { deps, actor } = signedIn(c)
    const ref = { bodyId: actor.bodyId, measureId: idOf(c, 'measureId', '这项措施') }
    await getMeasure(deps.db, ref.bodyId, ref.measureId)
    const taken = await takeNote(c, deps)
    if (!taken.ok) return measurePage(c, { note: taken.state })
    const done = { note: '已记下', done: '已记下，并办结', dropped: '已记下，不再办' }[taken.note.step]
    return step(c, measureHref(ref.measureId), done, () => noteMeasure(deps, actor, { ...ref, note: taken.note }))
  })

  async function problemPage(c: Context, states: { edit?: FormState; measure?: FormState } = {}) {
    const { deps, actor } = signedIn(c)
    const problem = await getProblem(deps.db, actor.bodyId, idOf(c, 'problemId', '这个问题'))
    return renderPage(
      c,
      <ProblemPage
        problem={problem}
        notes={await listNotes(deps.db, actor.bodyId, problem.measures.map((measure) => measure.measureId))}
        carried={await findCarried(deps.db, actor.bodyId, problem.problemId)}
        accounts={await accountsOf(deps.db, actor.bodyId)}
        today={deps.clock.today()}
        canHandle={can(actor, 'safeguard.handle', actor.bodyId)}
        states={{ edit: states.edit ?? emptyForm, measure: states.measure ?? emptyForm }}
        flash={takeFlash(c)}
      />,
      { status: states.edit === undefined && states.measure === undefined ? 200 : 422 },
    )
  }

  const ONE = `${PROBLEMS}/:problemId`
  routes.get(ONE, read, (c) => problemPage(c))

  routes.post(ONE, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const ref = { bodyId: actor.bodyId, problemId: idOf(c, 'problemId', '这个问题') }
    await getProblem(deps.db, ref.bodyId, ref.problemId)
    const form = await parseForm(c, SMALL)
    const [content, answer] = [form.text('content'), form.text('answer').replaceAll('\r\n', '\n')]
    const errors = errorsOf({ content: textProblem(content, 4, 1000), answer: textProblem(answer, 0, 2000) })
    if (hasErrors(errors)) return problemPage(c, { edit: { values: form.fields, errors } })
    return step(c, problemHref(ref.problemId), '已改好', async () => {
      await changeProblem(deps, actor, { ...ref, seen: Number(form.text('version')), content, answer })
      return true
    })
  })

  routes.post(`${ONE}/measures`, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const ref = { bodyId: actor.bodyId, problemId: idOf(c, 'problemId', '这个问题') }
    await getProblem(deps.db, ref.bodyId, ref.problemId)
    const { form, facts, errors } = await readMeasure(c)
    if (hasErrors(errors)) return problemPage(c, { measure: { values: form.fields, errors } })
    const added = await addMeasure(deps, actor, { ...ref, facts })
    setFlash(c, added.ok ? { tone: 'ok', text: '已添上' } : { tone: 'warn', text: PROBLEM_REFUSED[added.refusal] })
    return c.redirect(problemHref(ref.problemId), 303)
  })

  routes.post(`${ONE}/end`, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const ref = { bodyId: actor.bodyId, problemId: idOf(c, 'problemId', '这个问题') }
    const form = await parseForm(c, SMALL)
    const as = form.text('as')
    if (as !== 'solved' && as !== 'dropped') throw new Malformed('了结的表单不对')
    return settle(c, ref.problemId, as === 'solved' ? '已记为整改完成' : '已不再列', () => endProblem(deps, actor, { ...ref, seen: Number(form.text('version')), as }))
  })

  routes.post(`${ONE}/carry`, handle, async (c) => {
    const { deps, actor } = signedIn(c)
    const ref = { bodyId: actor.bodyId, problemId: idOf(c, 'problemId', '这个问题') }
    const seen = Number((await parseForm(c, SMALL)).text('version'))
    return settle(c, ref.problemId, '已结转到下一年', () => carryProblem(deps, actor, { ...ref, seen }))
  })
  return routes
}

/** 地址里的年度与条件所指的问题；没有写年度的为今年。 */
async function listed(c: Context): Promise<{ year: number; all: readonly Problem[]; found: Problem[] }> {
  const { deps, actor } = signedIn(c)
  const { q, filters } = parseListQuery(c.req.url, LIST)
  const year = Number(filters['year'] ?? yearOf(deps.clock.today()))
  const all = await listProblems(deps.db, actor.bodyId, year)
  const { state, source } = filters
  const found = all.filter((problem) => (!isProblemState(state) || problem.state === state) && (source === undefined || problem.source === source) && (q === '' || [problem.content, ...problem.measures.map((measure) => measure.content)].some((text) => text.includes(q))))
  return { year, all, found }
}

async function readMeasure(c: Context): Promise<{ form: ParsedForm; facts: MeasureFacts; errors: FormState['errors'] }> {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const [content, unit, owner, dueOn] = [form.text('content'), form.text('unit'), form.text('owner'), form.text('dueOn')]
  const known = owner === '' || (await accountsOf(deps.db, actor.bodyId)).has(owner)
  const errors = errorsOf({ content: textProblem(content, 4, 1000), unit: textProblem(unit, 2, 80), owner: known ? null : '请从名单里选', dueOn: dayProblem(dueOn) })
  return { form, facts: { content, unit, owner: owner === '' ? null : owner, dueOn }, errors }
}

/** 办一步：所见已落后、已了结的告知重看。 */
async function step(c: Context, href: string, done: string, act: () => Promise<boolean>) {
  try {
    setFlash(c, (await act()) ? { tone: 'ok', text: done } : { tone: 'warn', text: '已经了结，不能再改' })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    setFlash(c, { tone: 'warn', text: STALE })
  }
  return c.redirect(href, 303)
}

async function settle(c: Context, problemId: string, done: string, act: () => Promise<{ ok: true } | { ok: false; refusal: keyof typeof PROBLEM_REFUSED }>) {
  try {
    const answer = await act()
    setFlash(c, answer.ok ? { tone: 'ok', text: done } : { tone: 'warn', text: PROBLEM_REFUSED[answer.refusal] })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    setFlash(c, { tone: 'warn', text: STALE })
  }
  return c.redirect(problemHref(problemId), 303)
}
