import { record } from '../../audit/index.ts'
import { getCalendar } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { AccountActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { beginItem } from '../begin-item.ts'
import { picturesIn } from '../content/clean-html.ts'
import { deleteDraft } from '../content/draft-store.ts'
import { adoptPictures, keepBody, listItemFiles } from '../content/item-files.ts'
import { handlingFor } from '../handling-for.ts'
import { filesOf } from '../item-details.ts'
import type { Attachment, ItemDetails } from '../item-details.ts'
import { hashContent } from '../item-hash.ts'
import { changeContent, determineAttribute } from '../item-rules.ts'
import type { ItemRefusal } from '../item-rules.ts'
import { evolveItem } from '../item.ts'
import type { Classification, ItemContent, ItemEvent, ItemState } from '../item.ts'
import { getItem, saveItems } from '../store.ts'
import { findUnknownRelation } from './find-relatable.ts'
import type { ItemForm } from './item-form.ts'

export interface SaveItemInput {
  bodyId: string
  itemId: string
  /** 打开时的版本；新的为 0 */
  seen: number
  form: ItemForm
  /** 洗净的正文 */
  body: string
  attachments: readonly Attachment[]
}

export type SaveItemAnswer = { ok: true; indexNo: string } | { ok: false; refusal: ItemRefusal } | { ok: false; unknownRelation: string }

/**
 * 登记一条新的，或者改已有的：内容、属性各为一件事，没有改的不记。表单的草稿随之删去。
 * 所见的版本已落后抛 `Conflict`；什么都没有改为 `nothing-changed`。
 */
export function saveItem(deps: Deps, actor: AccountActor, input: SaveItemInput): Promise<SaveItemAnswer> {
  const { bodyId, itemId, form } = input
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const unknown = await findUnknownRelation(tx, bodyId, form.details.relations)
    if (unknown !== null) return { ok: false, unknownRelation: unknown }
    const content = await gather(tx, deps, actor, input)
    const answer = input.seen === 0 ? await beginItem(tx, deps, actor, { bodyId, itemId, content, classification: form.classification, source: '工作台' }) : await change(tx, deps, actor, input, content)
    if (answer.ok) await deleteDraft(tx, { bodyId, itemId, accountId: actor.accountId })
    return answer
  })
}

// 正文存入文件库；图片只认这一条名下的，附件只认交来过的
async function gather(tx: Tx, deps: Deps, actor: AccountActor, { bodyId, itemId, form, body, attachments }: SaveItemInput): Promise<ItemContent> {
  const place = { bodyId, itemId, by: actorKey(actor), at: deps.clock.now() }
  const pictures = await adoptPictures(tx, place, picturesIn(body).map(({ key }) => key))
  const own = new Set((await listItemFiles(tx, place)).map(({ key }) => key))
  const details: ItemDetails = { ...form.details, body: await keepBody(tx, deps.files, { ...place, html: body }), pictures, attachments: attachments.filter(({ key }) => own.has(key)) }
  return { ...form.content, files: filesOf(details), details }
}

async function change(tx: Tx, deps: Deps, actor: AccountActor, { bodyId, itemId, seen, form }: SaveItemInput, content: ItemContent): Promise<SaveItemAnswer> {
  const found = await getItem(tx, bodyId, itemId)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  if (findPersonalNumbers(`${content.title}\n${content.summary ?? ''}`).length > 0) return { ok: false, refusal: 'personal-data-found' }
  const decided = decide(found.state, { on: deps.clock.today(), content, classification: form.classification, handler: actorKey(actor) })
  if (!decided.ok) return decided
  const events = decided.events.map((event): ItemEvent => ({ ...event, ...handlingFor(actor) }))
  await saveItems(tx, [{ found, events }], { actor: actorKey(actor), at: deps.clock.now() }, await getCalendar(tx))
  for (const { kind } of events) await record(tx, actor, `item.${kind}`, { bodyId, target: itemId })
  return { ok: true, indexNo: found.state.indexNo }
}

interface Change {
  on: string
  content: ItemContent
  classification: Classification | null
  handler: string
}

function decide(state: ItemState, { on, content, classification, handler }: Change): { ok: true; events: readonly ItemEvent[] } | { ok: false; refusal: ItemRefusal } {
  if (state.status === 'new') return { ok: false, refusal: 'not-in-this-state' }
  const events: ItemEvent[] = []
  const contentHash = hashContent(content)
  if (content.formedOn > on) return { ok: false, refusal: 'future-date' }
  if (contentHash !== state.contentHash) {
    const changed = changeContent(state, { on, content, contentHash, handler })
    if (!changed.ok) return changed
    events.push(...changed.events)
  }
  if (classification !== null && JSON.stringify(inOrder(classification)) !== JSON.stringify(state.classification === null ? null : inOrder(state.classification))) {
    const next = events.reduce<ItemState>(evolveItem, state)
    const determined = determineAttribute(next, { on, classification })
    if (!determined.ok) return determined
    events.push(...determined.events)
  }
  return events.length === 0 ? { ok: false, refusal: 'nothing-changed' } : { ok: true, events }
}

const inOrder = ({ attribute, codes, summaryKind, exemption, term, termFrom }: Classification) => [attribute, codes.toSorted(), summaryKind, exemption?.code, exemption?.reason, term, termFrom]
