import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { isNew } from '../../platform/case-store.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { CLEAN_UP_REFUSED, closeCleanUp, countCleanUps, getCleanUp, judgeDocuments, listCleanUps, startCleanUp } from './clean-up.ts'
import type { CleanUp, Judgement } from './clean-up.ts'
import { CleanUpListPage, CleanUpPage, CloseCleanUpPage, JUDGED, NewCleanUpPage, cleanUpHref } from './clean-up-pages.tsx'
import type { Judged } from './clean-up-pages.tsx'
import { CLEAN_UPS } from './document-words.ts'
import { CLEAN_UP_RESULTS } from './normative-document.ts'
import type { CleanUpResult } from './normative-document.ts'
import { countDocuments, listDocuments } from './normative-queries.ts'
import { loadDocuments } from './normative-store.ts'

/** 规范性文件的清理；须先于一件文件的各页挂上。 */
export const cleanUpRoutes = new Hono()

const read = permit('item.read')
const LIMITS = { maxBytes: 128 * 1024, maxFields: 200 }
const LIST = { sorts: ['asOf'], defaultSort: '-asOf', size: 50 } as const
const DOCUMENTS = { sorts: ['madeOn'], defaultSort: '-madeOn', filters: { result: Object.keys(JUDGED) }, size: 50 } as const
const ONE = `${CLEAN_UPS}/:cleanUpId`

cleanUpRoutes.get(CLEAN_UPS, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const rows = await listCleanUps(deps.db, actor.bodyId, { limit: query.size, offset: query.offset })
  return renderPage(c, <CleanUpListPage rows={rows} total={await countCleanUps(deps.db, actor.bodyId)} query={query} canStart={can(actor, 'item.handle', actor.bodyId)} flash={takeFlash(c)} />)
})

const newPage = (c: Context, cleanUpId: string, state: FormState = emptyForm) => renderPage(c, <NewCleanUpPage cleanUpId={cleanUpId} today={c.get('deps').clock.today()} state={state} />, { status: state === emptyForm ? 200 : 422 })

cleanUpRoutes.get(`${CLEAN_UPS}/new`, permit('item.handle'), (c) => newPage(c, newId()))

cleanUpRoutes.post(`${CLEAN_UPS}/new`, permit('item.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const given = form.text('cleanUpId')
  const cleanUpId = isId(given) ? given : newId()
  const [title, basis, asOf] = [form.text('title'), form.text('basis'), form.text('asOf')]
  const errors = {
    ...(title === '' || title.length > 200 ? { title: '请填写名称，不超过 200 个字' } : {}),
    ...(basis === '' || basis.length > 500 ? { basis: '请填写依据，不超过 500 个字' } : {}),
    ...(!isPlainDate(asOf) || asOf > deps.clock.today() ? { asOf: '请填写不晚于今日的一日' } : {}),
  }
  if (Object.keys(errors).length > 0) return newPage(c, cleanUpId, { values: form.fields, errors })
  const answer = await startCleanUp(deps, actor, { bodyId: actor.bodyId, cleanUpId, title, basis, asOf })
  if (!answer.ok) return newPage(c, cleanUpId, { values: form.fields, errors: { '': CLEAN_UP_REFUSED[answer.refusal] } })
  setFlash(c, { tone: 'ok', text: '已开始，请逐件下结论' })
  return c.redirect(cleanUpHref(cleanUpId), 303)
})

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const cleanUpId = c.req.param('cleanUpId') ?? ''
  if (!isId(cleanUpId)) throw new NotFound('这一轮清理')
  const ref = { bodyId: actor.bodyId, cleanUpId }
  return { deps, actor, ref, cleanUp: await getCleanUp(deps.db, ref) }
}

const isJudged = (text: string | undefined): text is Judged => text !== undefined && Object.hasOwn(JUDGED, text)

function scopeOf(bodyId: string, { cleanUpId, asOf }: CleanUp, result: Judged | null) {
  return { bodyId, today: asOf, validAt: asOf, ...(result === null ? {} : { cleanUp: { id: cleanUpId, result } }) }
}

async function onePage(c: Context, state: FormState = emptyForm, status: 200 | 409 | 422 = 200) {
  const { deps, actor, ref, cleanUp } = await open(c)
  const query = parseListQuery(c.req.url, DOCUMENTS)
  const asked = query.filters['result']
  const shown = isJudged(asked) ? asked : null
  const counts: Record<Judged, number> = { none: 0, keep: 0, revise: 0, repeal: 0 }
  for (const each of Object.keys(counts) as Judged[]) counts[each] = await countDocuments(deps.db, scopeOf(ref.bodyId, cleanUp, each))
  const filter = scopeOf(ref.bodyId, cleanUp, shown)
  const isOpen = cleanUp.closedOn === null
  const rows = await listDocuments(deps.db, filter, { sort: 'madeOn', descending: query.descending, limit: query.size, offset: query.offset })
  const loaded = await loadDocuments(deps.db, ref.bodyId, rows.map(({ documentId }) => documentId))
  const notes = new Map(
    [...loaded].flatMap(([id, { state: document }]) => (isNew(document) ? [] : document.cleanUps.filter((each) => each.cleanUpId === cleanUp.cleanUpId).map(({ note }) => [id, note] as const))),
  )
  return renderPage(
    c,
    <CleanUpPage
      cleanUp={cleanUp}
      rows={rows}
      notes={notes}
      total={await countDocuments(deps.db, filter)}
      query={query}
      counts={counts}
      shown={shown}
      canJudge={isOpen && can(actor, 'item.handle', ref.bodyId)}
      canClose={isOpen && can(actor, 'item.approve', ref.bodyId)}
      state={state}
      flash={status === 200 ? takeFlash(c) : null}
    />,
    { status },
  )
}

cleanUpRoutes.get(ONE, read, (c) => onePage(c))

const MOST_NOTE = 300

cleanUpRoutes.post(ONE, permit('item.handle'), async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, LIMITS)
  const errors: Record<string, string> = {}
  const judgements = Object.keys(form.fields).flatMap((name): Judgement[] => {
    const documentId = /^result-(.+)$/.exec(name)?.[1] ?? ''
    const [result, note] = [form.text(name), form.text(`note-${documentId}`)]
    if (!isId(documentId) || !Object.hasOwn(CLEAN_UP_RESULTS, result)) return []
    if (result !== 'keep' && note === '') errors[`note-${documentId}`] = '应予修改、废止的须写理由'
    if (note.length > MOST_NOTE) errors[`note-${documentId}`] = `不超过 ${MOST_NOTE} 个字`
    return [{ documentId, result: result as CleanUpResult, note }]
  })
  if (Object.keys(errors).length > 0) return onePage(c, { values: form.fields, errors }, 422)
  const answer = await judgeDocuments(deps, actor, { ...ref, judgements })
  if (!answer.ok) return onePage(c, { values: form.fields, errors: { '': CLEAN_UP_REFUSED[answer.refusal] } }, 409)
  setFlash(c, { tone: 'ok', text: answer.judged === 0 ? '没有改动' : `已记下 ${answer.judged} 件的结论` })
  return c.redirect(`${cleanUpHref(ref.cleanUpId)}${new URL(c.req.url).search}`, 303)
})

cleanUpRoutes.get(`${ONE}/close`, permit('item.approve'), async (c) => renderPage(c, <CloseCleanUpPage cleanUp={(await open(c)).cleanUp} state={emptyForm} />))

cleanUpRoutes.post(`${ONE}/close`, permit('item.approve'), async (c) => {
  const { deps, actor, ref, cleanUp } = await open(c)
  const answer = await closeCleanUp(deps, actor, ref)
  if (!answer.ok) return renderPage(c, <CloseCleanUpPage cleanUp={cleanUp} state={{ values: {}, errors: { '': CLEAN_UP_REFUSED[answer.refusal] } }} />, { status: 409 })
  setFlash(c, { tone: 'ok', text: '这一轮清理已完成' })
  return c.redirect(cleanUpHref(ref.cleanUpId), 303)
})
