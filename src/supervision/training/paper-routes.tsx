import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, listHolders, permit, ROLES, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { dayProblem, errorsOf, hasErrors, readHalfHours, textProblem, wholeProblem } from '../progress/check-text.ts'
import { ATTEMPT_REFUSED, getAttempt, listAttempts, listBest, listMine, listMissed, countTakers, startAttempt, submitAttempt } from './attempts.ts'
import { countByTopic, listPool } from './bank.ts'
import { readGiven } from './draw-paper.ts'
import { hoursOf } from './hours.ts'
import { MinePage, PaperFormPage, PaperPage, PapersPage, ResultPage, TakePage } from './paper-pages.tsx'
import { changePaper, countPapers, getPaper, isOpen, LEAST_QUESTIONS, listPapers, makePaper, MOST_PER_PAPER, totalOf } from './papers.ts'
import type { TopicCounts } from './papers.ts'
import { TOPIC_KEYS, TOPICS } from './question.ts'
import { findByCode, listSessions } from './sessions.ts'
import { signByCode } from './sign-in.ts'
import { attemptHref, MINE, paperHref, PAPERS, TRAINING } from './training-frame.tsx'

/** 工作台的试卷与「我的培训」。 */
export const paperRoutes = new Hono()

const read = permit('safeguard.read')
const handle = permit('safeguard.handle')
const take = permit('training.take')
const SMALL = { maxBytes: 64 * 1024, maxFields: 400 }
const LIST = { sorts: ['opensOn'], defaultSort: '-opensOn' } as const

paperRoutes.get(PAPERS, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  return renderPage(c, <PapersPage rows={await listPapers(deps.db, actor.bodyId, { limit: query.size, offset: query.offset })} query={query} total={await countPapers(deps.db, actor.bodyId)} today={deps.clock.today()} canHandle={can(actor, 'safeguard.handle', actor.bodyId)} flash={takeFlash(c)} />)
})

async function newPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  return renderPage(c, <PaperFormPage has={countByTopic(await listPool(deps.db, actor.bodyId))} today={deps.clock.today()} seed={randomBytes(6).toString('hex')} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

paperRoutes.get(`${PAPERS}/new`, handle, (c) => newPage(c))

paperRoutes.post(`${PAPERS}/new`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const given = TOPIC_KEYS.map((topic) => [topic, form.text(`count.${topic}`)] as const).filter(([, text]) => text !== '' && text !== '0')
  const [title, seed, passScore, attempts, opensOn, closesOn] = [form.text('title'), form.text('seed'), form.text('passScore'), form.text('attempts'), form.text('opensOn'), form.text('closesOn')]
  const halfHours = readHalfHours(form.text('hours'))
  const counts: TopicCounts = Object.fromEntries(given.map(([topic, text]) => [topic, Number(text)]))
  const total = totalOf(counts)
  const wrong = given.find(([, text]) => wholeProblem(text, 1, MOST_PER_PAPER) !== null)
  const errors: Record<string, string> = {
    ...errorsOf({
      title: textProblem(title, 2, 120), seed: textProblem(seed, 1, 40), passScore: wholeProblem(passScore, 1, 100), attempts: wholeProblem(attempts, 1, 20), hours: halfHours !== null && halfHours <= 40 ? null : '填 0 至 20，可以有半学时',
      opensOn: dayProblem(opensOn), closesOn: dayProblem(closesOn, { from: opensOn }),
    }),
    ...(wrong === undefined ? {} : { [`count.${wrong[0]}`]: '请填整数' }),
  }
  if (wrong === undefined && (total < LEAST_QUESTIONS || total > MOST_PER_PAPER)) errors[`count.${TOPIC_KEYS[0] ?? ''}`] = `合计 ${total} 题，须为 ${LEAST_QUESTIONS} 至 ${MOST_PER_PAPER} 题`
  if (hasErrors(errors)) return newPage(c, { values: form.fields, errors })
  const made = await makePaper(deps, actor, { bodyId: actor.bodyId, facts: { title, seed, counts, passScore: Number(passScore), attempts: Number(attempts), halfHours: halfHours ?? 0, opensOn, closesOn } })
  if (!made.ok) return newPage(c, { values: form.fields, errors: { [`count.${made.short}`]: `${TOPICS[made.short]}只有 ${made.has} 题` } })
  setFlash(c, { tone: 'ok', text: '试卷出好了，各人在「我的培训」里答' })
  return c.redirect(paperHref(made.paperId), 303)
})

const ONE = `${PAPERS}/:paperId`

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const paperId = c.req.param('paperId') ?? ''
  if (!isId(paperId)) throw new NotFound('这份试卷')
  const ref = { bodyId: actor.bodyId, paperId }
  return { deps, actor, ref, paper: await getPaper(deps.db, ref) }
}

async function page(c: Context, state: FormState = emptyForm) {
  const { deps, actor, ref, paper } = await open(c)
  const query = parseListQuery(c.req.url, LIST)
  const best = await listBest(deps.db, ref, { limit: query.size, offset: query.offset })
  const takers = new Set((await listBest(deps.db, ref, { limit: 1000, offset: 0 })).map(({ accountId }) => accountId))
  const staff = await listHolders(deps.db, ref.bodyId, Object.keys(ROLES) as Role[])
  return renderPage(
    c,
    <PaperPage
      paper={paper}
      best={best}
      total={await countTakers(deps.db, ref)}
      query={query}
      missed={await listMissed(deps.db, ref)}
      people={await listDisplayNames(deps.db, best.map(({ accountId }) => accountId))}
      absent={[...staff].filter(([accountId]) => !takers.has(accountId)).map(([, name]) => name)}
      today={deps.clock.today()}
      canHandle={can(actor, 'safeguard.handle', ref.bodyId)}
      canTake={can(actor, 'training.take', ref.bodyId)}
      state={state}
      flash={takeFlash(c)}
    />,
    { status: state === emptyForm ? 200 : 422 },
  )
}

paperRoutes.get(ONE, read, (c) => page(c))

paperRoutes.post(ONE, handle, async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, SMALL)
  const [opensOn, closesOn] = [form.text('opensOn'), form.text('closesOn')]
  const errors = errorsOf({ opensOn: dayProblem(opensOn), closesOn: dayProblem(closesOn, { from: opensOn }) })
  if (hasErrors(errors)) return page(c, { values: form.fields, errors })
  try {
    await changePaper(deps, actor, { ...ref, seen: Number(form.text('version')), opensOn, closesOn })
    setFlash(c, { tone: 'ok', text: '已改好' })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    setFlash(c, { tone: 'warn', text: '他人刚才改过，请看过最新的再办' })
  }
  return c.redirect(paperHref(ref.paperId), 303)
})

paperRoutes.post(`${ONE}/start`, take, async (c) => {
  const { deps, actor, ref } = await open(c)
  await parseForm(c, SMALL)
  const started = await startAttempt(deps, actor, ref)
  if (started.ok) return c.redirect(attemptHref(started.attemptId), 303)
  setFlash(c, { tone: 'warn', text: ATTEMPT_REFUSED[started.refusal] })
  return c.redirect(MINE, 303)
})

const ATTEMPT = `${TRAINING}/attempts/:attemptId`

async function openAttempt(c: Context) {
  const { deps, actor } = signedIn(c)
  const attemptId = c.req.param('attemptId') ?? ''
  if (!isId(attemptId)) throw new NotFound('这次答卷')
  const attempt = await getAttempt(deps.db, actor.bodyId, attemptId, actor.accountId)
  return { deps, actor, attempt, paper: await getPaper(deps.db, { bodyId: actor.bodyId, paperId: attempt.paperId }) }
}

paperRoutes.get(ATTEMPT, take, async (c) => {
  const { deps, actor, attempt, paper } = await openAttempt(c)
  if (attempt.result === null) return renderPage(c, <TakePage attempt={attempt} paper={paper} state={emptyForm} />)
  const done = await listAttempts(deps.db, { bodyId: actor.bodyId, paperId: paper.paperId, accountId: actor.accountId })
  return renderPage(c, <ResultPage attempt={attempt} paper={paper} mayAgain={isOpen(paper, deps.clock.today()) && done.length < paper.attempts} flash={takeFlash(c)} />)
})

paperRoutes.post(ATTEMPT, take, async (c) => {
  const { deps, actor, attempt } = await openAttempt(c)
  const form = await parseForm(c, SMALL)
  const answers = attempt.questions.map((question, i) => readGiven(question, form.fields[`q${i}`] ?? []))
  const done = await submitAttempt(deps, actor, { bodyId: actor.bodyId, attemptId: attempt.attemptId, answers })
  setFlash(c, done.ok ? { tone: 'ok', text: '已交卷' } : { tone: 'warn', text: done.refusal === 'closed' ? ATTEMPT_REFUSED.closed : '这份卷已经交过' })
  return c.redirect(done.ok || done.refusal === 'submitted' ? attemptHref(attempt.attemptId) : MINE, 303)
})

const SHOWN = 20

async function minePage(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const { bodyId, accountId } = actor
  const today = deps.clock.today()
  const year = yearOf(today)
  const papers = await listPapers(deps.db, bodyId, { limit: SHOWN, offset: 0 })
  const mine = await listMine(deps.db, { bodyId, accountId })
  return renderPage(
    c,
    <MinePage
      year={year}
      mine={await hoursOf(deps.db, { bodyId, accountId }, `${year}-01-01`, `${year}-12-31`)}
      papers={papers.filter((paper) => isOpen(paper, today) || mine.has(paper.paperId)).map((paper) => ({ paper, ...(mine.get(paper.paperId) ?? { attempts: 0, best: null, passed: false }) }))}
      sessions={await listSessions(deps.db, { bodyId, state: 'planned', from: today }, { limit: SHOWN, offset: 0, descending: false })}
      today={today}
      state={state}
      flash={takeFlash(c)}
    />,
    { status: state === emptyForm ? 200 : 422 },
  )
}

paperRoutes.get(MINE, take, (c) => minePage(c))

paperRoutes.post(`${MINE}/sign-in`, take, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const code = form.text('code').toUpperCase().replaceAll(/[\s-]/g, '')
  const session = /^[0-9A-Z]{10}$/.test(code) ? await findByCode(deps.db, actor.bodyId, code, deps.clock.now()) : null
  if (session === null) return minePage(c, { values: form.fields, errors: { code: '没有这个签到码，或者过了时候' } })
  const done = await signByCode(deps, actor, { bodyId: actor.bodyId, code, name: '', unit: '' })
  setFlash(c, done === 'ok' ? { tone: 'ok', text: `已签到：${session.topic}` } : { tone: 'warn', text: done === 'full' ? '签到的人满了' : '签到码过了时候' })
  return c.redirect(MINE, 303)
})
