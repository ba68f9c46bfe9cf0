import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { actorKey, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { momentText, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { refuseForeignId } from '../begin-item.ts'
import { writeBody } from '../content/body-blocks.ts'
import { bodyText, renderBody } from '../content/clean-html.ts'
import { diffVersions, isSame } from '../content/diff-versions.ts'
import { deleteDraft, findDraft } from '../content/draft-store.ts'
import { findItemFile, keepPictures, readPicture } from '../content/item-files.ts'
import { cleanBody } from '../content/read-file.ts'
import { cleanAlt } from '../content/pictures-in-body.ts'
import { getDocument } from '../normative/normative-store.ts'
import { ITEM_REFUSALS } from '../item-rules.ts'
import type { ItemRefusal } from '../item-rules.ts'
import type { Item } from '../item.ts'
import { getItem } from '../store.ts'
import { DiscardDraftPage } from './discard-draft-page.tsx'
import { ITEM_FORM, PASTE_FORM, SMALL_FORM } from './form-limits.ts'
import { fieldsOfDocument, readItemForm } from './item-form.ts'
import type { Fields } from './item-form.ts'
import { ItemFormPage } from './item-form-page.tsx'
import { deskFileHref, openForm, toFormModel } from './load-form.ts'
import type { FormNow } from './load-form.ts'
import { saveItem } from './save-item.ts'
import { readStoredBody } from './stored-body.ts'
import { takeForm } from './take-form.ts'
import type { TakenForm } from './take-form.ts'

/** 登记、修改信息的表单，粘贴与插图，文件。 */
export const itemFormRoutes = new Hono()

const handle = permit('item.handle')
const EDIT = '/desk/items/:itemId/edit'

const placeOf = (c: Context, itemId: string) => {
  if (!isId(itemId)) throw new NotFound('该信息')
  const { actor } = signedIn(c)
  return { bodyId: actor.bodyId, itemId }
}

async function formPage(c: Context, itemId: string, item: Item | null, now: FormNow, status: 200 | 409 | 422 = 200) {
  const { deps, actor } = signedIn(c)
  const model = await toFormModel(deps, actor, placeOf(c, itemId), item, now)
  return renderPage(c, <ItemFormPage model={model} flash={takeFlash(c)} />, { status })
}

itemFormRoutes.get('/desk/items/new', handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const asked = c.req.query('item') ?? ''
  const itemId = isId(asked) ? asked : newId()
  return formPage(c, itemId, null, await openForm(deps, actor, placeOf(c, itemId), true, await givenBy(deps, actor.bodyId, c.req.query('document') ?? '')))
})

// 为一件规范性文件登记正文：它已经写着的不必再写
async function givenBy({ db }: Pick<Deps, 'db'>, bodyId: string, documentId: string): Promise<Fields> {
  return isId(documentId) ? fieldsOfDocument((await getDocument(db, bodyId, documentId)).state) : {}
}

itemFormRoutes.get(EDIT, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const place = placeOf(c, c.req.param('itemId'))
  const { state } = await getItem(deps.db, place.bodyId, place.itemId)
  return formPage(c, place.itemId, state, await openForm(deps, actor, place, false))
})

itemFormRoutes.post('/desk/items/new', handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, ITEM_FORM)
  const itemId = form.text('itemId')
  const place = placeOf(c, itemId)
  // 先于存草稿与附件
  await refuseForeignId(deps.db, place.bodyId, itemId)
  if (form.text('do') === 'auto') return autosave(c, place, null, form)
  const taken = await takeForm(deps, actor, place, form)
  return settle(c, itemId, null, { ...taken, seen: 0 })
})

itemFormRoutes.post(EDIT, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const place = placeOf(c, c.req.param('itemId'))
  const { state, version } = await getItem(deps.db, place.bodyId, place.itemId)
  const form = await parseForm(c, ITEM_FORM)
  if (form.text('do') === 'auto') return autosave(c, place, version, form)
  const taken = await takeForm(deps, actor, place, form)
  return settle(c, place.itemId, state, taken.pressed.name === 'overwrite' ? { ...taken, seen: Number(taken.pressed.value) || taken.seen } : taken)
})

/**
 * 自动保存：只存草稿，不交。别的窗口存过、交过的不盖掉；别人先改了这一条的照存，交的时候给看两边的不同。
 * @param version 这一条现在的版本；新的为 null
 */
async function autosave(c: Context, place: { bodyId: string; itemId: string }, version: number | null, form: ParsedForm): Promise<Response> {
  const { deps, actor } = signedIn(c)
  const known = form.text('known')
  const only = known === '' ? null : new Date(known)
  if (only !== null && Number.isNaN(only.getTime())) return c.json({ message: '没有存下，请按「先存着，以后再交」' }, 422)
  const taken = await takeForm(deps, actor, place, form, only)
  if (!taken.stored) return c.json({ message: '另一个窗口存过、交过这一份，这里不再自动保存；要以这里的为准，请按「先存着，以后再交」' }, 409)
  const note = taken.errors['body'] !== undefined ? `，正文没有存下：${taken.errors['body']}` : version !== null && version !== taken.seen ? '。其间别人改了这一条，交的时候会让您看不同之处' : ''
  return c.json({ known: taken.savedAt.toISOString(), said: `已自动保存 ${momentText(taken.savedAt).slice(-5)}${note}` })
}

/** 小按钮按完回到表单的那一处；主按钮存下，有不合的退回表单。 */
async function settle(c: Context, itemId: string, item: Item | null, taken: TakenForm) {
  const { deps, actor } = signedIn(c)
  const here = item === null ? `/desk/items/new?item=${itemId}` : `/desk/items/${itemId}/edit`
  if (taken.pressed.name === 'draft' && Object.keys(taken.errors).length === 0) {
    setFlash(c, { tone: 'ok', text: withNotes('已存着，还没有交', taken.fileNotes) })
    return c.redirect(here, 303)
  }
  const isSaving = taken.pressed.name === '' || taken.pressed.name === 'overwrite'
  const read = isSaving ? readItemForm(taken.fields, { today: deps.clock.today() }) : null
  const errors = { ...taken.errors, ...(read?.ok === false ? read.errors : {}) }
  const again = (more: FormState['errors'] = {}, status: 200 | 422 = 422) => formPage(c, itemId, item, { ...taken, errors: { ...errors, ...more } }, status)
  if (read?.ok !== true || Object.keys(errors).length > 0) return again({}, Object.keys(errors).length > 0 ? 422 : 200)
  try {
    const place = placeOf(c, itemId)
    const answer = await saveItem(deps, actor, { ...place, seen: taken.seen, form: read.form, body: taken.body, attachments: taken.attachments })
    if (!answer.ok) return again('refusal' in answer ? inWords(answer.refusal) : { relationSearch: `查无索引号 ${answer.unknownRelation}，请去掉或者重新查找` })
    setFlash(c, { tone: 'ok', text: withNotes(item === null ? `已登记，索引号 ${answer.indexNo}` : '已存下修改', taken.fileNotes) })
    return c.redirect(`/desk/items/${itemId}`, 303)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const { conflict, now } = await conflictOf(c, itemId, taken, read.form)
    // 同一张表单交了两次：头一次已经成了
    if (isSame(conflict.difference)) {
      const place = placeOf(c, itemId)
      await transaction(deps.db, (tx) => deleteDraft(tx, { ...place, accountId: actor.accountId }))
      return c.redirect(`/desk/items/${itemId}`, 303)
    }
    return formPage(c, itemId, now, { ...taken, errors: { '': '别人先改了这一条，请看过上面的不同再定' }, conflict }, 409)
  }
}

const withNotes = (text: string, notes: readonly string[]): string => [text, ...notes].join('。')

const FIELD_OF: Partial<Record<ItemRefusal, string>> = { 'personal-data-found': 'title', 'published-stays-proactive': 'attribute', 'future-date': 'formedOn', 'publication-code-missing': 'codes', 'exemption-reason-missing': 'exemptionReason' }
const inWords = (refusal: ItemRefusal): FormState['errors'] => ({ [FIELD_OF[refusal] ?? '']: ITEM_REFUSALS[refusal] })

async function conflictOf(c: Context, itemId: string, taken: TakenForm, form: Parameters<typeof saveItem>[2]['form']): Promise<{ conflict: NonNullable<FormNow['conflict']>; now: Item }> {
  const { deps } = signedIn(c)
  const { bodyId } = placeOf(c, itemId)
  const { state, version } = await getItem(deps.db, bodyId, itemId)
  const stored = await readStoredBody(deps.files, state.content)
  const mine = { ...form.content, files: [], details: { ...form.details, body: null, pictures: [], attachments: taken.attachments } }
  const difference = diffVersions({ content: state.content, classification: state.classification, text: bodyText(stored) }, { content: mine, classification: form.classification ?? state.classification, text: bodyText(taken.body) })
  return { conflict: { version, difference }, now: state }
}

itemFormRoutes.post('/desk/items/:itemId/paste', handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const place = { ...placeOf(c, c.req.param('itemId')), by: actorKey(actor), at: deps.clock.now() }
  const form = await parseForm(c, PASTE_FORM)
  const [file] = form.files
  const picture = file === undefined ? null : readPicture(file.bytes)
  const cleaned = picture === null ? await cleanBody(form.fields['html']?.[0] ?? '') : null
  const refused = picture?.ok === false ? picture.message : cleaned?.ok === false ? cleaned.message : null
  if (refused !== null) return c.json({ message: refused }, 422)
  const pictures = picture?.ok === true ? [picture.picture] : cleaned?.ok === true ? cleaned.pictures : []
  const kept = await transaction(deps.db, (tx) => keepPictures(tx, deps.files, place, pictures))
  const html = cleaned?.ok === true ? cleaned.html : writeBody(kept.map(({ key }) => ({ kind: 'figure', key, alt: cleanAlt(form.text('alt')), caption: [] })))
  return c.json({ html: renderBody(html, (key) => deskFileHref(place.itemId, key)), notes: cleaned?.ok === true ? cleaned.notes : [] })
})

const serveFile = async (c: Context) => {
  const { deps } = signedIn(c)
  const place = placeOf(c, c.req.param('itemId') ?? '')
  const key = c.req.param('key') ?? ''
  const file = await findItemFile(deps.db, place, key)
  if (file === null) throw new NotFound('该文件')
  // 图片在页面里看，别的一概下载：网页之类不在本站的名下打开
  const isPicture = file.mediaType.startsWith('image/')
  c.header('Content-Type', file.mediaType)
  c.header('Content-Length', String(file.bytes))
  c.header('Cache-Control', 'private, max-age=3600')
  if (!isPicture) c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(c.req.param('name') ?? file.name)}`)
  return c.body(Readable.toWeb(deps.files.stream(key) as Readable) as ReadableStream)
}
itemFormRoutes.get('/desk/items/:itemId/files/:key', permit('item.read'), serveFile)
itemFormRoutes.get('/desk/items/:itemId/files/:key/:name', permit('item.read'), serveFile)

itemFormRoutes.get('/desk/items/:itemId/draft/discard', handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const place = placeOf(c, c.req.param('itemId'))
  const draft = await findDraft(deps.db, { ...place, accountId: actor.accountId })
  if (draft === null) throw new NotFound('没有交的表单')
  return renderPage(c, <DiscardDraftPage draft={draft} />)
})

itemFormRoutes.post('/desk/items/:itemId/draft/discard', handle, async (c) => {
  const { deps, actor } = signedIn(c)
  await parseForm(c, SMALL_FORM)
  const place = placeOf(c, c.req.param('itemId'))
  const draft = await findDraft(deps.db, { ...place, accountId: actor.accountId })
  await transaction(deps.db, (tx) => deleteDraft(tx, { ...place, accountId: actor.accountId }))
  setFlash(c, { tone: 'ok', text: '已放弃没有交的' })
  return c.redirect(draft === null || draft.seen === 0 ? '/desk/items' : `/desk/items/${place.itemId}`, 303)
})
