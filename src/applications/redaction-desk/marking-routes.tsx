import { Hono } from 'hono'
import type { Context } from 'hono'
import { actorKey, permit, takeFlash } from '../../identity/index.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { markDocument, MARK_REFUSED, refuseConfirming, unmarkDocument } from './change-document.ts'
import { ComparePage } from './compare-page.tsx'
import { pictureOf } from './document-pictures.ts'
import { documentHref, DOCUMENT_PATH, openDocument, partHref, partIn } from './document-frame.ts'
import type { OpenDocument } from './document-frame.ts'
import { eachPart, getPart } from './document-store.ts'
import { FindPage } from './find-page.tsx'
import { findText, hitPlaces, readHit, suggestNumbers } from './find-text.ts'
import type { Hit, Suggestion } from './find-text.ts'
import { isGround } from './grounds.ts'
import { MOST_LISTED } from './marking-choices.tsx'
import { MarkingPage } from './marking-page.tsx'
import { lastBatch, MOST_MARKS, MOST_REASON } from './marks.ts'
import type { Place } from './marks.ts'
import { noteReading } from './read-document.ts'
import { readPlaces } from './read-places.ts'
import { settleDocument } from './settle-document.ts'

/** 逐处标记、查找、对照，与各页的图。 */
export const markingRoutes = new Hono()

const handle = permit('application.handle')
const LIMITS = { maxBytes: 512 * 1024, maxFields: MOST_LISTED + 2000 }
const PART = `${DOCUMENT_PATH}/parts/:part`
const COMPARE = `${DOCUMENT_PATH}/compare/:part`

async function markingPage(c: Context, opened: OpenDocument, part: number, problem: { state: FormState; status: 409 | 422 } | null = null) {
  const { deps, actor, ref, frame, document, keys } = opened
  const content = await getPart(deps.db, keys, ref, 'original', part)
  await noteReading(deps, actor, ref, part)
  return renderPage(c, <MarkingPage {...{ frame, document, part, content }} state={problem?.state ?? emptyForm} flash={problem === null ? takeFlash(c) : null} />, { status: problem?.status ?? 200 })
}

markingRoutes.get(PART, handle, async (c) => {
  const opened = await openDocument(c)
  return markingPage(c, opened, partIn(c, opened.document.parts))
})

function commonErrors(ground: string, reason: string): Record<string, string> {
  return {
    ...(isGround(ground) ? {} : { ground: MARK_REFUSED['ground-missing'] }),
    ...(reason === '' ? { reason: MARK_REFUSED['reason-missing'] } : reason.length > MOST_REASON ? { reason: `不超过 ${MOST_REASON} 个字` } : {}),
  }
}

markingRoutes.post(PART, handle, async (c) => {
  const opened = await openDocument(c)
  const { deps, actor, ref, frame, document, keys } = opened
  const part = partIn(c, document.parts)
  const form = await parseForm(c, LIMITS)
  const [ground, reason] = [form.text('ground'), form.text('reason')]
  const read = readPlaces(form, part, await getPart(deps.db, keys, ref, 'original', part))
  const again = async (errors: FormState['errors'], status: 409 | 422 = 422) => markingPage(c, await openDocument(c), part, { state: { values: form.fields, errors }, status })
  const errors = { ...commonErrors(ground, reason), ...(read.ok ? {} : read.errors) }
  if (read.ok && read.places.length === 0) errors[''] = MARK_REFUSED['nothing-chosen']
  if (!read.ok || Object.keys(errors).length > 0) return again(errors)
  const input = { ...ref, seen: Number(form.text('version')), places: read.places, ground: isGround(ground) ? ground : null, reason }
  return settleDocument(c, partHref(frame, part), () => markDocument(deps, actor, input), `已遮盖 ${read.places.length} 处`, (message, status) => again({ '': message }, status))
})

markingRoutes.post(`${DOCUMENT_PATH}/unmark`, handle, async (c) => {
  const opened = await openDocument(c)
  const { deps, actor, ref, frame, document } = opened
  const form = await parseForm(c, LIMITS)
  const chosen = new Set((form.fields['mark'] ?? []).map(Number))
  const last = lastBatch(document.marks)
  const ids = document.marks.filter((mark) => (form.text('undo') === 'last' ? mark.batch === last : chosen.has(mark.id))).map(({ id }) => id)
  const part = Math.min(Math.max(1, Math.trunc(Number(form.text('part'))) || 1), document.parts)
  return settleDocument(c, partHref(frame, part), () => unmarkDocument(deps, actor, { ...ref, seen: Number(form.text('version')), ids }), `已去掉 ${ids.length} 处`, async (message, status) =>
    markingPage(c, await openDocument(c), part, { state: { values: {}, errors: { '': message } }, status }),
  )
})

function sendPicture(c: Context, png: Uint8Array) {
  c.header('Content-Type', 'image/png')
  c.header('Cache-Control', 'no-store')
  return c.body(Uint8Array.from(png))
}

markingRoutes.get(`${PART}/picture`, handle, async (c) => {
  const { deps, actor, ref, document } = await openDocument(c)
  const part = partIn(c, document.parts)
  const png = await pictureOf(deps, ref, document, 'original', part)
  await noteReading(deps, actor, ref, part)
  return sendPicture(c, png)
})

const FIND = `${DOCUMENT_PATH}/find`
const MOST_HITS = 300

async function findPage(c: Context, opened: OpenDocument, query: string, problem: { state: FormState; status: 409 | 422 } | null = null) {
  const { deps, actor, ref, frame, document, keys } = opened
  const hits: Hit[] = []
  const suggestions: Suggestion[] = []
  for await (const { part, content } of eachPart(deps.db, keys, ref, 'original')) {
    if (hits.length + suggestions.length > MOST_HITS) break
    if (query === '') suggestions.push(...suggestNumbers(content, part))
    else hits.push(...findText(content, part, query))
  }
  await noteReading(deps, actor, ref, 0)
  const cut = hits.length + suggestions.length > MOST_HITS
  const page = <FindPage {...{ frame, document, query, cut }} hits={hits.slice(0, MOST_HITS)} suggestions={suggestions.slice(0, MOST_HITS)} state={problem?.state ?? emptyForm} flash={problem === null ? takeFlash(c) : null} />
  return renderPage(c, page, { status: problem?.status ?? 200 })
}

markingRoutes.get(FIND, handle, async (c) => findPage(c, await openDocument(c), ''))

// 查的文字可能是姓名、号码，故不写在地址里
markingRoutes.post(FIND, handle, async (c) => {
  const opened = await openDocument(c)
  return findPage(c, opened, (await parseForm(c, LIMITS)).text('q').slice(0, 100))
})

markingRoutes.post(`${DOCUMENT_PATH}/hits`, handle, async (c) => {
  const opened = await openDocument(c)
  const { deps, actor, ref, frame, document, keys } = opened
  const form = await parseForm(c, LIMITS)
  const [ground, reason, query] = [form.text('ground'), form.text('reason'), form.text('q').slice(0, 100)]
  const places: Place[] = []
  const chosen = (form.fields['hit'] ?? []).slice(0, MOST_MARKS).flatMap((value) => readHit(value) ?? [])
  for (const [part, hits] of Map.groupBy(chosen, (hit) => hit.part)) {
    if (part < 1 || part > document.parts) continue
    const content = await getPart(deps.db, keys, ref, 'original', part)
    places.push(...hits.flatMap(({ numbers }) => hitPlaces(content, part, numbers)))
  }
  const again = async (errors: FormState['errors'], status: 409 | 422 = 422) => findPage(c, await openDocument(c), query, { state: { values: form.fields, errors }, status })
  const errors = { ...commonErrors(ground, reason), ...(places.length === 0 ? { '': '还没有勾选要遮盖的' } : {}) }
  if (Object.keys(errors).length > 0) return again(errors)
  const input = { ...ref, seen: Number(form.text('version')), places, ground: isGround(ground) ? ground : null, reason }
  return settleDocument(c, documentHref(frame), () => markDocument(deps, actor, input), `已遮盖 ${places.length} 处`, (message, status) => again({ '': message }, status))
})

markingRoutes.get(COMPARE, handle, async (c) => {
  const { deps, actor, ref, frame, document, keys } = await openDocument(c)
  if (document.result === null) throw new NotFound('遮盖件')
  const part = partIn(c, Math.max(document.parts, document.result.parts))
  const original = part <= document.parts ? await getPart(deps.db, keys, ref, 'original', part) : null
  const result = part <= document.result.parts ? await getPart(deps.db, keys, ref, 'result', part) : null
  await noteReading(deps, actor, ref, part)
  const canConfirm = frame.frozen === null && refuseConfirming(document, actorKey(actor)) === null
  return renderPage(c, <ComparePage {...{ frame, document, part, original, result, canConfirm }} />)
})

markingRoutes.get(`${COMPARE}/picture`, handle, async (c) => {
  const { deps, ref, document } = await openDocument(c)
  if (document.result === null) throw new NotFound('遮盖件')
  return sendPicture(c, await pictureOf(deps, ref, document, 'result', partIn(c, document.result.parts)))
})
