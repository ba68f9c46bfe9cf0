import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCalendar } from '../../bodies/index.ts'
import { actorKey, can, listDisplayNames, permit, requirePermission, setFlash, standsInFor, takeFlash } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { maskName } from '../../platform/mask.ts'
import { clocksOfReview, clocksOfSuit } from '../case-clocks.ts'
import { openHere, seesEvidence } from '../desk/desk-routes.tsx'
import { hrefOf, hrefOfAnswer, HOME } from '../desk/hrefs.ts'
import type { OpenedCase } from '../open-case.ts'
import { listParties } from '../parties/party-store.ts'
import { ANSWER_REFUSED, discardAnswer, draftAnswer, issueAnswer, returnAnswer, reviseAnswer, submitAnswer } from './answer-acts.ts'
import type { AnswerDone } from './answer-acts.ts'
import { toAnswerDocument } from './answer-document.ts'
import { AnswerActPage, AnswerEditPage, AnswerPage, AnswerRefusedPage } from './answer-pages.tsx'
import { getAnswerSource } from './answer-source.ts'
import { getAnswer, isReport } from './answer-store.ts'
import type { AnswerContent } from './answer-store.ts'
import { dueOf } from '../performance/duty-store.ts'
import { lintAnswer, lintReport } from './lint-answer.ts'

/** 行政复议答复书、行政诉讼答辩状：起草、改、送签、签发；须先于案件的地址挂上。 */
export const answerRoutes = new Hono()

const ONE = `${HOME}/:id/answers/:letter`
const LIMITS = { maxBytes: 128 * 1024, maxFields: 10 }
const handle = permit('review.handle')
const approve = permit('review.approve')

answerRoutes.post(`${HOME}/:id/answers/new`, handle, async (c) => {
  const { deps, actor, bodyId, caseId } = await openHere(c)
  const letterId = newId()
  const duty = (await parseForm(c, LIMITS)).text('duty')
  const drafted = await draftAnswer(deps, actor, { bodyId, caseId, letterId, dutyId: isId(duty) ? duty : null })
  if (drafted.ok) return c.redirect(`${hrefOfAnswer(caseId, letterId)}/edit`, 303)
  setFlash(c, { tone: 'warn', text: ANSWER_REFUSED[drafted.refusal] })
  return c.redirect(hrefOf(caseId), 303)
})

async function answerHere(c: Context) {
  const here = await openHere(c)
  const letterId = c.req.param('letter') ?? ''
  if (!isId(letterId) || !seesEvidence(here.actor)) throw new NotFound('这件文书')
  const ref = { bodyId: here.bodyId, caseId: here.caseId, letterId }
  return { ...here, ref, answer: await getAnswer(here.deps.db, fieldKeys(here.deps.config.secretKey), ref) }
}
type Here = Awaited<ReturnType<typeof answerHere>>

async function dueOnOf({ deps, opened, answer: { dutyId } }: Pick<Here, 'deps' | 'answer'> & { opened: OpenedCase }): Promise<string | null> {
  const calendar = await getCalendar(deps.db)
  const duty = opened.state.duties.find(({ id }) => id === dutyId)
  if (duty !== undefined) return dueOf(duty, calendar)
  const [answer] = opened.kind === 'review' ? clocksOfReview(opened.state, calendar) : clocksOfSuit(opened.state, calendar)
  return answer?.dueOn ?? null
}

async function lintOf({ deps, bodyId, caseId, opened, answer: { type, ...answer } }: Here, content: AnswerContent) {
  const dueOn = await dueOnOf({ deps, opened, answer: { type, ...answer } })
  if (isReport(type)) return lintReport(content, dueOn === null ? null : { today: deps.clock.today(), dueOn })
  return lintAnswer(content, await getAnswerSource(deps.db, deps, bodyId, caseId), { today: deps.clock.today(), dueOn })
}

// 签发而不看个人信息的岗位，姓名只留姓
async function hiderOf({ deps, actor, bodyId, caseId }: Here): Promise<(text: string) => string> {
  if (can(actor, 'personal-data.read', bodyId)) return (text) => text
  const people = (await listParties(deps.db, fieldKeys(deps.config.secretKey), { bodyId, caseId })).filter(({ kind }) => kind === 'person')
  return (text) => people.reduce((left, { name }) => (Array.from(name).length > 1 ? left.replaceAll(name, maskName(name)) : left), text)
}

// 起草、改过的人不能签发；委托起草人办的也不能
function barredOf(actor: Actor, draftedBy: readonly string[]): string | null {
  if (draftedBy.includes(actorKey(actor))) return ANSWER_REFUSED['own-draft']
  return standsInFor(actor, 'review.approve', draftedBy) === undefined ? ANSWER_REFUSED['delegator-drafted'] : null
}

answerRoutes.get(ONE, permit('review.read'), async (c) => {
  const here = await answerHere(c)
  const { deps, actor, bodyId, caseId, caseNo, answer, opened } = here
  const hide = await hiderOf(here)
  const { body } = await getAnswerSource(deps.db, deps, bodyId, caseId)
  const people = await listDisplayNames(deps.db, [...answer.draftedBy, ...(answer.issued === null ? [] : [answer.issued.by])])
  const content = { recipient: answer.content.recipient, paragraphs: answer.content.paragraphs.map(hide) }
  const document = toAnswerDocument({ type: answer.type, content, docNo: answer.docNo, on: answer.issued?.on ?? deps.clock.today(), bodyName: body.name, demo: body.demo })
  const isDraft = answer.status === 'draft' || answer.status === 'returned'
  const findings = answer.status === 'issued' ? [] : await lintOf(here, answer.content)
  const signs = answer.status === 'submitted' && can(actor, 'review.approve', bodyId)
  const barred = signs ? barredOf(actor, answer.draftedBy) : null
  const handles = can(actor, 'review.handle', bodyId)
  return renderPage(
    c,
    <AnswerPage
      {...{ caseId, caseNo, answer, document, findings, barred }}
      dueOn={await dueOnOf({ deps, opened, answer })}
      drafters={answer.draftedBy.map((key) => people.get(key) ?? '').filter((name) => name !== '').join('、')}
      issuer={answer.issued === null ? null : (people.get(answer.issued.by) ?? null)}
      can={{
        revise: isDraft && handles,
        submit: isDraft && handles && findings.every(({ severity }) => severity !== 'error'),
        sign: signs && barred === null,
        send: answer.status === 'issued' && answer.sentOn === null && handles,
        take: answer.status === 'issued' && can(actor, 'personal-data.read', bodyId),
      }}
      flash={takeFlash(c)}
    />,
  )
})

const editPage = async (c: Context, here: Here, state: FormState, content: AnswerContent) =>
  renderPage(c, <AnswerEditPage {...{ caseId: here.caseId, caseNo: here.caseNo, answer: here.answer, state }} findings={await lintOf(here, content)} />, { status: state === emptyForm ? 200 : 422 })

const refused = (c: Context, { caseId, caseNo, answer }: Here, reason: string) => renderPage(c, <AnswerRefusedPage {...{ caseId, caseNo, answer, reason }} />, { status: 409 })

answerRoutes.get(`${ONE}/edit`, handle, async (c) => {
  const here = await answerHere(c)
  const isDraft = here.answer.status === 'draft' || here.answer.status === 'returned'
  return isDraft ? editPage(c, here, emptyForm, here.answer.content) : refused(c, here, ANSWER_REFUSED['not-now'])
})

const MOST_PARAGRAPHS = 200

answerRoutes.post(`${ONE}/edit`, handle, async (c) => {
  const here = await answerHere(c)
  const form = await parseForm(c, LIMITS)
  const paragraphs = form.text('paragraphs').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  const content = { recipient: form.text('recipient').slice(0, 100), paragraphs }
  const errors = {
    ...(content.recipient === '' ? { recipient: '请填写主送的机关' } : {}),
    ...(paragraphs.length === 0 ? { paragraphs: '请写正文' } : paragraphs.length > MOST_PARAGRAPHS || form.text('paragraphs').length > 20_000 ? { paragraphs: '正文太长：不超过二百段、二万字' } : {}),
  }
  if (Object.keys(errors).length > 0) return editPage(c, here, { values: form.fields, errors }, content)
  return act(c, here, form.text('version'), (seen) => reviseAnswer(here.deps, here.actor, { ...here.ref, seen, content }), '已存下')
})

/** 办一步，回到文书；他人已先改的、不可以的说清缘故。 */
async function act(c: Context, here: Here, version: string, run: (seen: number) => Promise<AnswerDone>, done: string, to = hrefOfAnswer(here.caseId, here.ref.letterId)) {
  try {
    const answer = await run(/^\d{1,6}$/.test(version) ? Number(version) : 0)
    if (!answer.ok) return refused(c, here, ANSWER_REFUSED[answer.refusal])
  } catch (error) {
    if (error instanceof Conflict) return refused(c, here, '他人已先改了这一稿，您所见的不是最新的')
    throw error
  }
  setFlash(c, { tone: 'ok', text: done })
  return c.redirect(to, 303)
}

answerRoutes.post(`${ONE}/submit`, handle, async (c) => {
  const here = await answerHere(c)
  const form = await parseForm(c, LIMITS)
  return act(c, here, form.text('version'), (seen) => submitAnswer(here.deps, here.actor, { ...here.ref, seen }), '已送签')
})

for (const name of ['issue', 'return', 'discard'] as const) {
  answerRoutes.get(`${ONE}/${name}`, name === 'discard' ? handle : approve, async (c) => {
    const here = await answerHere(c)
    const { caseId, caseNo, answer, actor } = here
    const isDraft = answer.status === 'draft' || answer.status === 'returned'
    const reason = name === 'discard' ? (isDraft ? null : ANSWER_REFUSED['not-now']) : answer.status === 'submitted' ? barredOf(actor, answer.draftedBy) : ANSWER_REFUSED['not-now']
    return reason === null ? renderPage(c, <AnswerActPage {...{ caseId, caseNo, answer }} act={name} state={emptyForm} />) : refused(c, here, reason)
  })
}

answerRoutes.post(`${ONE}/issue`, approve, async (c) => {
  const here = await answerHere(c)
  requirePermission(here.actor, 'review.approve', here.bodyId)
  const form = await parseForm(c, LIMITS)
  return act(c, here, form.text('version'), (seen) => issueAnswer(here.deps, here.actor, { ...here.ref, seen }), '已签发，编定文号')
})

answerRoutes.post(`${ONE}/return`, approve, async (c) => {
  const here = await answerHere(c)
  const form = await parseForm(c, LIMITS)
  const remark = form.text('remark')
  if (remark === '' || remark.length > 500) {
    const { caseId, caseNo, answer } = here
    return renderPage(c, <AnswerActPage {...{ caseId, caseNo, answer }} act="return" state={{ values: form.fields, errors: { remark: '请写明意见，不超过 500 字' } }} />, { status: 422 })
  }
  return act(c, here, form.text('version'), (seen) => returnAnswer(here.deps, here.actor, { ...here.ref, seen, remark }), '已退回')
})

answerRoutes.post(`${ONE}/discard`, handle, async (c) => {
  const here = await answerHere(c)
  const form = await parseForm(c, LIMITS)
  return act(c, here, form.text('version'), (seen) => discardAnswer(here.deps, here.actor, { ...here.ref, seen }), '已删去这一稿', hrefOf(here.caseId))
})
