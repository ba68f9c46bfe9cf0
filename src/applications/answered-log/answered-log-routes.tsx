import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody } from '../../bodies/index.ts'
import { can, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { traceWords } from '../follow-up/personal-traces.ts'
import { getApplication } from '../queries.ts'
import { LOG_REFUSED, discardLogDraft, isOwnDraft, listLoggable, publishLogEntry, returnLogDraft, saveLogDraft, withdrawLogEntry } from './answered-log-acts.ts'
import type { LogAnswer } from './answered-log-acts.ts'
import { LOG_STATUSES, LogDeskPage, LogListPage } from './answered-log-pages.tsx'
import { findLiveEntry, listEntries, listWithdrawnEntries } from './answered-log-store.ts'
import { canPublish, readLogForm } from './answered-request.ts'

/** 工作台上公布答复；须先于案件的各步挂上。 */
export const deskAnsweredLogRoutes = new Hono()

const LIST = { sorts: ['publishedOn'], defaultSort: '-publishedOn', filters: { status: Object.keys(LOG_STATUSES) }, size: 50 } as const
const SMALL = { maxBytes: 64 * 1024, maxFields: 80 }
const PATH = '/desk/applications/:id/answered-log'
const read = permit('application.read')

const isStatus = (text: string | undefined): text is keyof typeof LOG_STATUSES => text !== undefined && Object.hasOwn(LOG_STATUSES, text)

deskAnsweredLogRoutes.get('/desk/applications/answered-log', read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const { status } = query.filters
  const { rows, total } = await listEntries(deps.db, { bodyId: actor.bodyId, status: isStatus(status) ? status : 'all', text: query.q, limit: query.size, offset: query.offset })
  return renderPage(c, <LogListPage rows={rows} total={total} query={query} />)
})

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { bodyId } = actor
  const { state: application } = await getApplication(deps.db, bodyId, caseId)
  return { deps, actor, bodyId, caseId, application, here: `/desk/applications/${caseId}/answered-log` }
}

async function page(c: Context, states: { draft?: FormState; act?: FormState } = {}, status: 200 | 409 | 422 = 200) {
  const { deps, actor, bodyId, caseId, application } = await open(c)
  const entry = await findLiveEntry(deps.db, bodyId, caseId)
  const allowed = canPublish(application)
  if (!allowed && entry === null) {
    setFlash(c, { tone: 'warn', text: LOG_REFUSED['not-now'] })
    return c.redirect(`/desk/applications/${caseId}`, 303)
  }
  const body = await getBody(deps.db, bodyId)
  return renderPage(
    c,
    <LogDeskPage
      caseId={caseId}
      application={application}
      entry={entry}
      withdrawn={await listWithdrawnEntries(deps.db, bodyId, caseId)}
      loggable={await listLoggable(deps.db, bodyId, caseId)}
      publicHref={entry?.status === 'published' ? `/bodies/${body.code}/answered-requests/${entry.entryId}` : null}
      canDraft={allowed && can(actor, 'application.handle', bodyId)}
      canApprove={can(actor, 'application.approve', bodyId)}
      isOwn={entry !== null && isOwnDraft(actor, entry)}
      states={{ draft: states.draft ?? emptyForm, act: states.act ?? emptyForm }}
      flash={takeFlash(c)}
    />,
    { status },
  )
}

deskAnsweredLogRoutes.get(PATH, read, (c) => page(c))

/** 办不成的写在哪一栏旁。 */
const errorsOf = (answer: Exclude<LogAnswer, { ok: true }>): FormState['errors'] => (answer.refusal === 'personal-traces' ? { [answer.field]: `${answer.file ?? ''}${traceWords(answer.traces)}` } : { '': LOG_REFUSED[answer.refusal] })

const after = (c: Context, here: string, done: string) => {
  setFlash(c, { tone: 'ok', text: done })
  return c.redirect(here, 303)
}

deskAnsweredLogRoutes.post(PATH, permit('application.handle'), async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const form = await parseForm(c, SMALL)
  const given = readLogForm(form)
  const again = (errors: FormState['errors']) => page(c, { draft: { values: form.fields, errors } }, 422)
  if (!given.ok) return again(given.errors)
  const answer = await saveLogDraft(deps, actor, { bodyId, caseId, seen: Number(form.text('version')), words: given.words, documentIds: form.fields['documents'] ?? [] })
  return answer.ok ? after(c, here, '已交批准') : again(errorsOf(answer))
})

deskAnsweredLogRoutes.post(`${PATH}/publish`, permit('application.approve'), async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const form = await parseForm(c, SMALL)
  const answer = await publishLogEntry(deps, actor, { bodyId, caseId, hash: form.text('hash') })
  if (answer.ok) return after(c, here, '已公布')
  setFlash(c, { tone: 'warn', text: answer.refusal === 'personal-traces' ? traceWords(answer.traces) : LOG_REFUSED[answer.refusal] })
  return c.redirect(here, 303)
})

deskAnsweredLogRoutes.post(`${PATH}/discard`, permit('application.handle'), async (c) => {
  const { deps, actor, bodyId, caseId, here } = await open(c)
  const form = await parseForm(c, SMALL)
  const answer = await discardLogDraft(deps, actor, { bodyId, caseId, seen: Number(form.text('version')) })
  if (answer.ok) return after(c, `/desk/applications/${caseId}`, '已删去公布答复的草稿')
  setFlash(c, { tone: 'warn', text: LOG_REFUSED.changed })
  return c.redirect(here, 303)
})

for (const [name, act, done] of [['return', returnLogDraft, '已退回'], ['withdraw', withdrawLogEntry, '已撤下']] as const) {
  deskAnsweredLogRoutes.post(`${PATH}/${name}`, permit('application.approve'), async (c) => {
    const { deps, actor, bodyId, caseId, here } = await open(c)
    const form = await parseForm(c, SMALL)
    const reason = form.text('reason')
    const again = (errors: FormState['errors']) => page(c, { act: { values: form.fields, errors } }, 422)
    if (reason.length < 2 || reason.length > 500) return again({ reason: '请写明缘故，二至五百个字' })
    const answer = await act(deps, actor, { bodyId, caseId, seen: Number(form.text('version')), reason })
    // 撤下、退回之后，还可以重新起草；不能的回案件页
    return answer.ok ? after(c, here, done) : again(errorsOf(answer))
  })
}
