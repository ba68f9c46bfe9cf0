import { getBody, getCalendar, getSetting } from '../bodies/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { yearOf } from '../statute/plain-date.ts'
import { wordIndexNo } from './index-number.ts'
import type { Attachment, ItemDetails } from './item-details.ts'
import { filesOf } from './item-details.ts'
import { hashContent } from './item-hash.ts'
import * as rules from './item-rules.ts'
import type { Classification, ItemContent, ItemEvent } from './item.ts'
import { getItem, newItem, saveItems, takeIndexNumbers } from './store.ts'
import './tables.ts'

const MOST = 20 * 1024 * 1024

export interface PublishedWish {
  title?: string
  docNo?: string | null
  summary?: string | null
  /** 正文，洗净的 HTML */
  html?: string
  attachments?: readonly { name: string; mediaType: string; content: Uint8Array; text?: string }[]
  formedOn?: string
  /** 公开之日；缺省为钟上的今日 */
  publishedOn?: string
  classification?: Partial<Classification>
  details?: Partial<Omit<ItemDetails, 'body' | 'pictures' | 'attachments'>>
  indexNo?: string
}

/** 一条经审查、批准而公开了的信息，有正文、有附件；各人分开。不写的取常见的值。 */
export async function aPublishedItem(deps: Deps, bodyId: string, wish: PublishedWish = {}): Promise<{ itemId: string; indexNo: string }> {
  const itemId = newId()
  const on = wish.publishedOn ?? deps.clock.today()
  const formedOn = wish.formedOn ?? on
  const html = wish.html ?? `<p>${wish.title ?? '示例信息'}的正文。</p>`
  const stored = await deps.files.put(Buffer.from(html), { maxBytes: MOST })
  const attachments: (Attachment & { text: string })[] = []
  for (const { name, mediaType, content, text = '' } of wish.attachments ?? []) {
    const { key, size } = await deps.files.put(content, { maxBytes: MOST })
    attachments.push({ key, name, mediaType, bytes: size, text })
  }
  const details: ItemDetails = {
    issuer: null, topic: 'general', genre: 'circular', keywords: [], effectiveOn: null, block: 'statutory', a19: [], relations: [],
    ...wish.details,
    body: stored.key, pictures: [], attachments: attachments.map(({ text: _, ...each }) => each),
  }
  const content: ItemContent = {
    title: wish.title ?? '示例信息', docNo: wish.docNo ?? null, summary: wish.summary ?? null, origin: 'made', formedOn, files: filesOf(details), details,
  }
  const classification: Classification = { attribute: 'proactive', codes: ['A20_02'], summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null, ...wish.classification }
  const by = { actor: 'system:testing', at: deps.clock.now() }
  return transaction(deps.db, async (tx) => {
    const [body, template, calendar, year] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate'), await getCalendar(tx), yearOf(formedOn)]
    const indexNo = wish.indexNo ?? (await takeIndexNumbers(tx, bodyId, year, 1, (n) => wordIndexNo(template, body, year, n)))[0] ?? ''
    const contentHash = hashContent(content)
    const events: ItemEvent[] = [
      { kind: 'formed', on, indexNo, content, contentHash, handler: 'test:handler' },
      { kind: 'attribute-determined', on, classification },
      { kind: 'review-requested', on, contentHash, handler: 'test:handler' },
      { kind: 'reviewed', on, contentHash, reviewer: 'test:reviewer', result: 'pass', opinion: '' },
      { kind: 'approved', on, contentHash, approver: 'test:approver' },
      { kind: 'published', on, contentHash, channel: '门户', url: null, publisher: 'test:publisher' },
    ]
    const found = newItem(bodyId, itemId, null)
    // 行先于文件：文件的行指着条目
    await saveItems(tx, [{ found, events: events.slice(0, 2) }], by, calendar)
    const files = [
      { file_key: stored.key, role: 'body' as const, name: '正文.html', media_type: 'text/html', bytes: stored.size, text: html.replaceAll(/<[^>]+>/g, ' ') },
      ...attachments.map((each) => ({ file_key: each.key, role: 'attachment' as const, name: each.name, media_type: each.mediaType, bytes: each.bytes, text: each.text })),
    ]
    await tx
      .insertInto('item_file')
      .values(files.map((file) => ({ body_id: bodyId, item_id: itemId, text_state: 'read' as const, text_note: null, uploaded_by: by.actor, uploaded_at: by.at, ...file })))
      .onConflict((oc) => oc.doNothing())
      .execute()
    const formed = await getItem(tx, bodyId, itemId)
    await saveItems(tx, [{ found: formed, events: events.slice(2) }], by, calendar)
    return { itemId, indexNo }
  })
}

/** 改一条的内容而不公开：公众看到的仍是上一版。 */
export async function changeItem(deps: Deps, bodyId: string, itemId: string, change: Partial<Pick<ItemContent, 'title' | 'summary'>>): Promise<void> {
  await transaction(deps.db, async (tx) => {
    const found = await getItem(tx, bodyId, itemId)
    const content = { ...found.state.content, ...change }
    const decided = rules.changeContent(found.state, { on: deps.clock.today(), content, contentHash: hashContent(content), handler: 'test:handler' })
    if (!decided.ok) throw new Error(decided.refusal)
    await saveItems(tx, [{ found, events: decided.events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(tx))
  })
}

/** 改一条的正文并再公开一版；撤回了的也照此重新公开。 */
export async function republish(deps: Deps, bodyId: string, itemId: string, change: { html: string; pictures?: readonly Attachment[] }): Promise<void> {
  const { key } = await deps.files.put(Buffer.from(change.html), { maxBytes: MOST })
  await transaction(deps.db, async (tx) => {
    const found = await getItem(tx, bodyId, itemId)
    const { content: old } = found.state
    if (old.details === undefined) throw new Error('没有正文可改')
    const details: ItemDetails = { ...old.details, body: key, pictures: change.pictures ?? old.details.pictures }
    const content: ItemContent = { ...old, details, files: filesOf(details) }
    const [on, contentHash] = [deps.clock.today(), hashContent(content)]
    const events: ItemEvent[] = [
      { kind: 'content-changed', on, content, contentHash, handler: 'test:handler' },
      { kind: 'review-requested', on, contentHash, handler: 'test:handler' },
      { kind: 'reviewed', on, contentHash, reviewer: 'test:reviewer', result: 'pass', opinion: '' },
      { kind: 'approved', on, contentHash, approver: 'test:approver' },
      { kind: 'published', on, contentHash, channel: '门户', url: null, publisher: 'test:publisher' },
    ]
    await saveItems(tx, [{ found, events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(tx))
  })
}
