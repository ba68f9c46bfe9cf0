import { getBody, getCalendar, getSetting } from '../bodies/index.ts'
import { actorKey } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { yearOf } from '../statute/plain-date.ts'
import { wordIndexNo } from './index-number.ts'
import { filesOf } from './item-details.ts'
import type { Attachment, ItemDetails } from './item-details.ts'
import { hashContent } from './item-hash.ts'
import * as rules from './item-rules.ts'
import type { Classification, ItemContent, ItemEvent } from './item.ts'
import { getItem, newItem, saveItems, takeIndexNumbers } from './store.ts'
import type { PublishedWish } from './testing-published.ts'
import './tables.ts'

const MOST = 20 * 1024 * 1024

/** 一条登记好、定了属性、还没有送审的信息，有正文、可有附件；`handler` 为承办的人。 */
export async function aDraftItem(deps: Deps, handler: Actor, bodyId: string, wish: Omit<PublishedWish, 'publishedOn'> = {}): Promise<{ itemId: string; indexNo: string }> {
  const itemId = newId()
  const on = deps.clock.today()
  const formedOn = wish.formedOn ?? on
  const html = wish.html ?? `<p>${wish.title ?? '示例信息'}的正文。</p>`
  const stored = await deps.files.put(Buffer.from(html), { maxBytes: MOST })
  const attachments: (Attachment & { text: string | undefined })[] = []
  for (const { name, mediaType, content, text } of wish.attachments ?? []) {
    const { key, size } = await deps.files.put(content, { maxBytes: MOST })
    attachments.push({ key, name, mediaType, bytes: size, text })
  }
  const details: ItemDetails = {
    issuer: null, topic: 'general', genre: 'circular', keywords: [], effectiveOn: null, block: 'statutory', a19: [], relations: [],
    ...wish.details,
    body: stored.key, pictures: [], attachments: attachments.map(({ text: _, ...each }) => each),
  }
  const content: ItemContent = { title: wish.title ?? '示例信息', docNo: wish.docNo ?? null, summary: wish.summary === undefined ? '示例信息的概述' : wish.summary, origin: 'made', formedOn, files: filesOf(details), details }
  const classification: Classification = { attribute: 'proactive', codes: ['A20_02'], summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null, ...wish.classification }
  const by = { actor: actorKey(handler), at: deps.clock.now() }
  return transaction(deps.db, async (tx) => {
    const [body, template, year] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate'), yearOf(formedOn)]
    const indexNo = wish.indexNo ?? (await takeIndexNumbers(tx, bodyId, year, 1, (n) => wordIndexNo(template, body, year, n)))[0] ?? ''
    const events: ItemEvent[] = [
      { kind: 'formed', on, indexNo, content, contentHash: hashContent(content), handler: by.actor },
      { kind: 'attribute-determined', on, classification },
    ]
    await saveItems(tx, [{ found: newItem(bodyId, itemId, null), events }], by, await getCalendar(tx))
    const files = [
      { file_key: stored.key, role: 'body' as const, name: '正文.html', media_type: 'text/html', bytes: stored.size, text_state: 'read' as const, text: html.replaceAll(/<[^>]+>/g, ' ') },
      ...attachments.map((each) => ({ file_key: each.key, role: 'attachment' as const, name: each.name, media_type: each.mediaType, bytes: each.bytes, text_state: each.text === undefined ? ('unreadable' as const) : ('read' as const), text: each.text ?? '' })),
    ]
    await tx.insertInto('item_file').values(files.map((file) => ({ body_id: bodyId, item_id: itemId, text_note: null, uploaded_by: by.actor, uploaded_at: by.at, ...file }))).onConflict((oc) => oc.doNothing()).execute()
    return { itemId, indexNo }
  })
}

/** 改一条的内容；不写的不动。 */
export async function reviseItem(deps: Deps, handler: Actor, { bodyId, itemId }: { bodyId: string; itemId: string }, change: Partial<Pick<ItemContent, 'title' | 'summary' | 'formedOn'>> & { html?: string }): Promise<void> {
  const { html, ...fields } = change
  const body = html === undefined ? null : (await deps.files.put(Buffer.from(html), { maxBytes: MOST })).key
  await transaction(deps.db, async (tx) => {
    const found = await getItem(tx, bodyId, itemId)
    const { details } = found.state.content
    const next = details === undefined || body === null ? details : { ...details, body }
    const content: ItemContent = { ...found.state.content, ...fields, ...(next === undefined ? {} : { details: next, files: filesOf(next) }) }
    const decided = rules.changeContent(found.state, { on: deps.clock.today(), content, contentHash: hashContent(content), handler: actorKey(handler) })
    if (!decided.ok) throw new Error(decided.refusal)
    await saveItems(tx, [{ found, events: decided.events }], { actor: actorKey(handler), at: deps.clock.now() }, await getCalendar(tx))
  })
}

export { actOnItem } from './review/act-on-item.ts'
export type { ItemStep } from './review/item-actions.ts'
export { runPrecheck } from './precheck/run-precheck.ts'
export { saveWords } from './precheck/word-acts.ts'
