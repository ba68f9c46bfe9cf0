import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { can, listHolders, permit, ROLES, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { dayProblem, errorsOf, hasErrors, hoursText, linesOf, readHalfHours, textProblem, wholeProblem } from '../progress/check-text.ts'
import { sendCsv } from '../progress/send-table.ts'
import { trainingHours } from './hours.ts'
import { addPlan, listPlan, removePlan } from './plans.ts'
import { PlanPage } from './plan-page.tsx'
import { SessionFormPage, SessionPage, SessionsPage, SignInScreen } from './session-pages.tsx'
import { countSessions, endSession, getSession, isSessionState, listSessions, openSignIn, saveSession, SESSION_REFUSED, SESSION_STATES } from './sessions.ts'
import type { Session, SessionFacts, SessionFilter, SessionRefusal } from './sessions.ts'
import { listSignIns, removeSignIn, signByOfficer } from './sign-in.ts'
import type { Person } from './sign-in.ts'
import { signInPath } from './sign-in-routes.tsx'
import { PLAN, sessionHref, TRAINING } from './training-frame.tsx'

/** 工作台的培训：场次、签到、年度计划。 */
export const sessionRoutes = new Hono()

const read = permit('safeguard.read')
const handle = permit('safeguard.handle')
const SMALL = { maxBytes: 64 * 1024, maxFields: 300 }
const STALE = '他人刚才改过，请看过最新的再办'
const LIST = { sorts: ['heldOn'], defaultSort: '-heldOn', filters: { state: Object.keys(SESSION_STATES), year: 'year' } } as const

function listed(c: Context) {
  const query = parseListQuery(c.req.url, LIST)
  const { state, year } = query.filters
  const filter: SessionFilter = { bodyId: signedIn(c).actor.bodyId, text: query.q, ...(isSessionState(state) ? { state } : {}), ...(year === undefined ? {} : { from: `${year}-01-01`, to: `${year}-12-31` }) }
  return { query, filter }
}

sessionRoutes.get(TRAINING, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const { query, filter } = listed(c)
  const year = yearOf(deps.clock.today())
  return renderPage(
    c,
    <SessionsPage
      rows={await listSessions(deps.db, filter, { limit: query.size, offset: query.offset, descending: query.descending })}
      query={query}
      total={await countSessions(deps.db, filter)}
      year={year}
      hours={await trainingHours(deps.db, actor.bodyId, `${year}-01-01`, `${year}-12-31`)}
      canHandle={can(actor, 'safeguard.handle', actor.bodyId)}
      canExport={can(actor, 'export.data', actor.bodyId)}
      flash={takeFlash(c)}
    />,
  )
})

const EXPORTED = 5000

sessionRoutes.get(`${TRAINING}.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  const rows = await listSessions(deps.db, listed(c).filter, { limit: EXPORTED, offset: 0 })
  await transaction(deps.db, (tx) => record(tx, actor, 'training.exported', { bodyId: actor.bodyId, target: actor.bodyId }, { rows: rows.length }))
  return sendCsv(c, '培训场次', [
    ['日期', '开始', '课题', '方式', '地点', '对象', '主讲', '学时', '签到人数', '现在'],
    ...rows.map((row) => [row.heldOn, row.startsAt, row.topic, row.online ? '线上' : '现场', row.place, row.audience, row.lecturer, hoursText(row.halfHours), String(row.attended), SESSION_STATES[row.state]]),
  ])
})

async function formPage(c: Context, session: Session | null, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  const topic = (c.req.query('topic') ?? '').replaceAll(/\p{Cc}/gu, ' ').slice(0, 120)
  const year = Number(c.req.query('year') ?? '')
  const plan = await listPlan(deps.db, actor.bodyId, session === null && (year === yearOf(today) || year === yearOf(today) + 1) ? year : yearOf(session?.heldOn ?? today))
  const from = session === null ? plan.find(({ planId }) => planId === c.req.query('plan')) : undefined
  return renderPage(c, <SessionFormPage session={session} plan={plan} from={from} topic={topic} today={today} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

sessionRoutes.get(`${TRAINING}/sessions/new`, handle, (c) => formPage(c, null))

async function readForm(c: Context): Promise<{ form: ParsedForm; facts: SessionFacts; errors: FormState['errors'] }> {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const [topic, planId, heldOn, startsAt, online, place, audience, lecturer] = [form.text('topic'), form.text('planId'), form.text('heldOn'), form.text('startsAt'), form.text('online'), form.text('place'), form.text('audience'), form.text('lecturer')]
  const halfHours = readHalfHours(form.text('hours'))
  const errors: Record<string, string> = {
    ...errorsOf({
      topic: textProblem(topic, 2, 120), heldOn: dayProblem(heldOn), startsAt: /^([01]\d|2[0-3]):[0-5]\d$/.test(startsAt) ? null : '写成 09:00 的样子', online: online === 'yes' || online === 'no' ? null : '请选择',
      place: textProblem(place, 2, 200), audience: textProblem(audience, 2, 120), lecturer: textProblem(lecturer, 0, 80), hours: halfHours !== null && halfHours >= 1 && halfHours <= 200 ? null : '填 0.5 至 100，可以有半学时',
    }),
  }
  if (planId !== '' && errors['heldOn'] === undefined && !(await listPlan(deps.db, actor.bodyId, yearOf(heldOn))).some((entry) => entry.planId === planId)) errors['planId'] = '不在这一年的计划里'
  return { form, facts: { planId: planId === '' ? null : planId, heldOn, startsAt, online: online === 'yes', place, topic, audience, lecturer, halfHours: halfHours ?? 0 }, errors }
}

async function save(c: Context, session: Session | null) {
  const { deps, actor } = signedIn(c)
  const { form, facts, errors } = await readForm(c)
  if (hasErrors(errors)) return formPage(c, session, { values: form.fields, errors })
  try {
    const id = await saveSession(deps, actor, { bodyId: actor.bodyId, sessionId: session?.sessionId ?? null, seen: Number(form.text('version')), facts })
    if (id === null) return formPage(c, session, { values: form.fields, errors: { '': SESSION_REFUSED['not-planned'] } })
    setFlash(c, { tone: 'ok', text: session === null ? '已安排' : '已改好' })
    return c.redirect(sessionHref(id), 303)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return formPage(c, session, { values: form.fields, errors: { '': STALE } })
  }
}

sessionRoutes.post(`${TRAINING}/sessions/new`, handle, (c) => save(c, null))

const ONE = `${TRAINING}/sessions/:sessionId`

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const sessionId = c.req.param('sessionId') ?? ''
  if (!isId(sessionId)) throw new NotFound('这场培训')
  const ref = { bodyId: actor.bodyId, sessionId }
  return { deps, actor, ref, session: await getSession(deps.db, ref) }
}

/** 本机关持有岗位的人。 */
const staffOf = (c: Context) => listHolders(signedIn(c).deps.db, signedIn(c).actor.bodyId, Object.keys(ROLES) as Role[])

async function addressOf(c: Context, session: Session): Promise<string | null> {
  const { deps, actor } = signedIn(c)
  return session.signIn === null ? null : `${deps.config.baseUrl}${signInPath((await getBody(deps.db, actor.bodyId)).code, session.signIn.code)}`
}

async function page(c: Context, state: FormState = emptyForm) {
  const { deps, actor, ref, session } = await open(c)
  const signIns = await listSignIns(deps.db, ref)
  const came = new Set(signIns.map((one) => one.accountId))
  const plan = session.planId === null ? null : ((await listPlan(deps.db, ref.bodyId, yearOf(session.heldOn))).find((entry) => entry.planId === session.planId) ?? null)
  return renderPage(
    c,
    <SessionPage
      session={session}
      signIns={signIns}
      accounts={new Map([...(await staffOf(c))].filter(([accountId]) => !came.has(accountId)))}
      plan={plan}
      signHref={await addressOf(c, session)}
      now={deps.clock.now()}
      today={deps.clock.today()}
      canHandle={can(actor, 'safeguard.handle', ref.bodyId)}
      state={state}
      flash={takeFlash(c)}
    />,
    { status: state === emptyForm ? 200 : 422 },
  )
}

sessionRoutes.get(ONE, read, (c) => page(c))
sessionRoutes.get(`${ONE}/edit`, handle, async (c) => {
  const { session } = await open(c)
  if (session.state === 'planned') return formPage(c, session)
  setFlash(c, { tone: 'warn', text: SESSION_REFUSED['not-planned'] })
  return c.redirect(sessionHref(session.sessionId), 303)
})
sessionRoutes.post(`${ONE}/edit`, handle, async (c) => save(c, (await open(c)).session))

sessionRoutes.get(`${ONE}/sign-in`, handle, async (c) => {
  const { deps, session } = await open(c)
  const href = await addressOf(c, session)
  if (href !== null && session.signIn !== null && session.signIn.until > deps.clock.now()) return renderPage(c, <SignInScreen session={session} href={href} now={deps.clock.now()} flash={takeFlash(c)} />)
  setFlash(c, { tone: 'warn', text: '签到还没有开放，或者过了时候' })
  return c.redirect(sessionHref(session.sessionId), 303)
})

async function act(c: Context, done: string, step: () => Promise<{ ok: true } | { ok: false; refusal: SessionRefusal }>, to = sessionHref(c.req.param('sessionId') ?? '')) {
  try {
    const answer = await step()
    setFlash(c, answer.ok ? { tone: 'ok', text: done } : { tone: 'warn', text: SESSION_REFUSED[answer.refusal] })
    return c.redirect(answer.ok ? to : sessionHref(c.req.param('sessionId') ?? ''), 303)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    setFlash(c, { tone: 'warn', text: STALE })
    return c.redirect(sessionHref(c.req.param('sessionId') ?? ''), 303)
  }
}

const seenOf = async (c: Context): Promise<number> => Number((await parseForm(c, SMALL)).text('version'))

sessionRoutes.post(`${ONE}/open-sign-in`, handle, async (c) => {
  const { deps, actor, ref } = await open(c)
  const seen = await seenOf(c)
  return act(c, '已开放签到，一小时内有效', () => openSignIn(deps, actor, { ...ref, seen }), `${sessionHref(ref.sessionId)}/sign-in`)
})

for (const [path, as, done] of [['hold', 'held', '已记为办完'], ['cancel', 'cancelled', '已取消']] as const)
  sessionRoutes.post(`${ONE}/${path}`, handle, async (c) => {
    const { deps, actor, ref } = await open(c)
    const seen = await seenOf(c)
    return act(c, done, () => endSession(deps, actor, { ...ref, seen, as }))
  })

/** 勾的账号与写的姓名；一行一人，姓名之后空格写科室、单位。 */
function readPeople(form: ParsedForm, accounts: ReadonlyMap<string, string>): { people: Person[]; wrong: string | null } {
  const ticked = [...new Set(form.fields['accounts'] ?? [])].flatMap((accountId): Person[] => (accounts.has(accountId) ? [{ accountId, name: accounts.get(accountId) ?? '', unit: '' }] : []))
  const named = linesOf(form.text('names'), 200).map((line): Person => {
    const [name = '', ...unit] = line.split(/[\s，,]+/)
    return { accountId: null, name, unit: unit.join(' ') }
  })
  const bad = named.find(({ name, unit }) => textProblem(name, 2, 50) !== null || textProblem(unit, 0, 80) !== null)
  return { people: [...ticked, ...named], wrong: bad === undefined ? null : '每行写姓名（二至五十个字），空格之后写科室、单位；不写号码' }
}

sessionRoutes.post(`${ONE}/sign-ins`, handle, async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, SMALL)
  const { people, wrong } = readPeople(form, await staffOf(c))
  if (wrong !== null) return page(c, { values: form.fields, errors: { names: wrong } })
  if (people.length === 0) return page(c, { values: form.fields, errors: { '': '请勾到会的人，或者写姓名' } })
  const answer = await signByOfficer(deps, actor, { ...ref, people })
  setFlash(c, answer.ok ? { tone: 'ok', text: `记了 ${answer.added} 人` } : { tone: 'warn', text: answer.refusal === 'full' ? '签到的人满了' : '这场已经取消' })
  return c.redirect(sessionHref(ref.sessionId), 303)
})

sessionRoutes.post(`${ONE}/remove-sign-in`, handle, async (c) => {
  const { deps, actor, ref } = await open(c)
  const signInId = (await parseForm(c, SMALL)).text('signIn')
  const done = isId(signInId) && (await removeSignIn(deps, actor, { ...ref, signInId }))
  setFlash(c, done ? { tone: 'ok', text: '已去掉' } : { tone: 'warn', text: '没有这个签到；已办的一场至少要有一人' })
  return c.redirect(sessionHref(ref.sessionId), 303)
})

async function planPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const now = yearOf(deps.clock.today())
  const asked = Number(c.req.query('year'))
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= now + 1 ? asked : now
  return renderPage(c, <PlanPage year={year} now={now} plan={await listPlan(deps.db, actor.bodyId, year)} canHandle={can(actor, 'safeguard.handle', actor.bodyId)} state={state} flash={takeFlash(c)} />, { status: state === emptyForm ? 200 : 422 })
}

sessionRoutes.get(PLAN, read, (c) => planPage(c))

sessionRoutes.post(PLAN, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const now = yearOf(deps.clock.today())
  const [year, month, topic, audience, note] = [form.text('year'), form.text('month'), form.text('topic'), form.text('audience'), form.text('note')]
  const halfHours = readHalfHours(form.text('hours'))
  const errors = errorsOf({
    year: wholeProblem(year, 2000, now + 1), month: wholeProblem(month, 1, 12), topic: textProblem(topic, 2, 120), audience: textProblem(audience, 2, 120), note: textProblem(note, 0, 300), hours: halfHours !== null && halfHours >= 1 && halfHours <= 200 ? null : '填 0.5 至 100，可以有半学时',
  })
  if (hasErrors(errors)) return planPage(c, { values: form.fields, errors })
  const added = await addPlan(deps, actor, { bodyId: actor.bodyId, year: Number(year), month: Number(month), topic, audience, halfHours: halfHours ?? 0, note })
  setFlash(c, added ? { tone: 'ok', text: '已添上' } : { tone: 'warn', text: '一年至多一百项' })
  return c.redirect(`${PLAN}?year=${year}`, 303)
})

sessionRoutes.post(`${PLAN}/:planId/remove`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const planId = c.req.param('planId')
  const year = (await parseForm(c, SMALL)).text('year')
  const done = isId(planId) && (await removePlan(deps, actor, { bodyId: actor.bodyId, planId }))
  setFlash(c, done ? { tone: 'ok', text: '已删去' } : { tone: 'warn', text: '安排过场次的不能删' })
  return c.redirect(/^\d{4}$/.test(year) ? `${PLAN}?year=${year}` : PLAN, 303)
})
