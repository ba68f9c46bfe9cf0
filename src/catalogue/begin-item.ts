import './tables.ts'
import { record } from '../audit/index.ts'
import { getBody, getCalendar, getSetting } from '../bodies/index.ts'
import { actorKey, requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { NotFound } from '../platform/errors.ts'
import { yearOf } from '../statute/plain-date.ts'
import { findPersonalNumbers } from '../statute/personal-numbers.ts'
import { handlingFor } from './handling-for.ts'
import { wordIndexNo } from './index-number.ts'
import { hashContent } from './item-hash.ts'
import { determineAttribute, formItem } from './item-rules.ts'
import type { ItemRefusal } from './item-rules.ts'
import { evolveItem } from './item.ts'
import type { Classification, ItemContent, ItemEvent } from './item.ts'
import { newItem, saveItems, takeIndexNumbers } from './store.ts'

export interface ItemBeginning {
  bodyId: string
  itemId: string
  content: ItemContent
  /** 还没有定公开属性的为 null */
  classification: Classification | null
  /** 从何而来，留痕用 */
  source: string
}

/**
 * 登记一条信息：编索引号，定了属性的一并记下；此后照常经公开审查才公开，这里什么也不公开。
 * 在调用者的事务里办。同一 itemId 已登记的抛 `Conflict`。
 */
export async function beginItem(tx: Tx, deps: Pick<Deps, 'clock'>, actor: Actor, { bodyId, itemId, content, classification, source }: ItemBeginning): Promise<{ ok: true; itemId: string; indexNo: string } | { ok: false; refusal: ItemRefusal }> {
  requirePermission(actor, 'item.handle', bodyId)
  await refuseForeignId(tx, bodyId, itemId)
  if (findPersonalNumbers(`${content.title}\n${content.summary ?? ''}`).length > 0) return { ok: false, refusal: 'personal-data-found' }
  const on = deps.clock.today()
  const found = newItem(bodyId, itemId, null)
  const form = { on, content, contentHash: hashContent(content), handler: actorKey(actor) }
  // 先问可否，再取号，免得不成而占号
  const trial = formItem(found.state, { ...form, indexNo: '' })
  if (!trial.ok) return trial
  const formed = trial.events.reduce(evolveItem, found.state)
  const determined = classification === null ? null : determineAttribute(formed, { on, classification })
  if (determined?.ok === false) return determined
  const [body, template, year] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate'), yearOf(content.formedOn)]
  const [indexNo = ''] = await takeIndexNumbers(tx, bodyId, year, 1, (n) => wordIndexNo(template, body, year, n))
  const events: ItemEvent[] = [{ kind: 'formed', ...form, indexNo, ...handlingFor(actor) }, ...(determined?.events ?? [])]
  await saveItems(tx, [{ found, events }], { actor: actorKey(actor), at: deps.clock.now() }, await getCalendar(tx))
  await record(tx, actor, 'item.formed', { bodyId, target: itemId }, { source })
  return { ok: true, itemId, indexNo }
}

/**
 * 表单自带的 id 不得是别的机关已公开的那一条的：附件的地址里人人看得到，检索与下载只凭它认。是的抛 NotFound。
 */
export async function refuseForeignId(tx: Tx, bodyId: string, itemId: string): Promise<void> {
  const foreign = await tx.selectFrom('published_item').select('body_id').where('item_id', '=', itemId).where('body_id', '!=', bodyId).limit(1).executeTakeFirst()
  if (foreign !== undefined) throw new NotFound('该信息')
}
