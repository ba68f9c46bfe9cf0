import { record } from '../audit/index.ts'
import { getBody, getCalendar, getSetting } from '../bodies/index.ts'
import { actorKey, requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { yearOf } from '../statute/plain-date.ts'
import { findPersonalNumbers } from '../statute/personal-numbers.ts'
import { wordIndexNo } from './index-number.ts'
import { hashContent } from './item-hash.ts'
import { determineAttribute, formItem } from './item-rules.ts'
import type { ItemRefusal } from './item-rules.ts'
import { evolveItem } from './item.ts'
import type { ItemContent } from './item.ts'
import type { PublicationCode } from './publication-codes.ts'
import { newItem, saveItems, takeIndexNumbers } from './store.ts'

/**
 * 登记一条拟主动公开的信息：编索引号、定属性；此后照常经公开审查才公开，这里什么也不公开。
 * 公开期限自今日（认定属于主动公开之日）起算〔待核〕。在调用者的事务里办，由其留痕来历。
 */
export async function startItem(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: Actor,
  { bodyId, content, codes }: { bodyId: string; content: ItemContent; codes: readonly PublicationCode[] },
): Promise<{ ok: true; itemId: string; indexNo: string } | { ok: false; refusal: ItemRefusal }> {
  requirePermission(actor, 'item.handle', bodyId)
  if (findPersonalNumbers(`${content.title}\n${content.summary ?? ''}`).length > 0) return { ok: false, refusal: 'personal-data-found' }
  const on = deps.clock.today()
  const itemId = newId()
  const found = newItem(bodyId, itemId, null)
  const year = yearOf(content.formedOn)
  const form = { on, content, contentHash: hashContent(content), handler: actorKey(actor) }
  const classification = { attribute: 'proactive', codes, summaryKind: null, exemption: null, term: 'GENERAL', termFrom: on } as const
  // 先问可否，再取号，免得不成而占号
  const trial = formItem(found.state, { ...form, indexNo: '' })
  if (!trial.ok) return trial
  const formed = trial.events.reduce(evolveItem, found.state)
  const determined = determineAttribute(formed, { on, classification })
  if (!determined.ok) return determined
  const [body, template] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate')]
  const [indexNo = ''] = await takeIndexNumbers(tx, bodyId, year, 1, (n) => wordIndexNo(template, body, year, n))
  const events = [{ kind: 'formed', ...form, indexNo } as const, ...determined.events]
  await saveItems(tx, [{ found, events }], { actor: actorKey(actor), at: deps.clock.now() }, await getCalendar(tx))
  await record(tx, actor, 'item.formed', { bodyId, target: itemId }, { source: '依申请公开' })
  return { ok: true, itemId, indexNo }
}
