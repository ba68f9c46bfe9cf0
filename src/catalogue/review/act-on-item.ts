import '../tables.ts'
import { record } from '../../audit/index.ts'
import { getCalendar } from '../../bodies/index.ts'
import { actorKey, settleBehalf } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, Forbidden } from '../../platform/errors.ts'
import { hashContent } from '../item-hash.ts'
import type { ItemRefusal } from '../item-rules.ts'
import { evolveItem } from '../item.ts'
import type { Item, ItemEvent, ItemState } from '../item.ts'
import { findPrecheck } from '../precheck/precheck-store.ts'
import { getItem, saveItems, toItemRow } from '../store.ts'
import { getItemGround } from './ground.ts'
import type { Given, ItemRef } from './item-action.ts'
import { itemActionOf, mayEnter, standingOf } from './item-actions.ts'
import type { ItemStep } from './item-actions.ts'
import { newsOf, tellNews } from './tell-next.ts'
import type { News } from './tell-next.ts'

export type ItemAnswer = { ok: true; after: Item; untold: News | null } | { ok: false; refusal: ItemRefusal }

/**
 * 在一条信息上办一步：查岗位、读现状、判断、记下、留痕，同一事务。内容的摘要照存着的另算，不信所存。
 * 页面所见的版本已落后的抛 `Conflict`；不可以的退回缘故，什么都不记。
 * 接着要办的人当即通知；`tellLater` 的由调用者攒着一并通知，要说的在 `untold`。
 */
export async function actOnItem(deps: Deps, actor: Actor, { bodyId, itemId, seen, step, given, tellLater = false }: ItemRef & { seen: number; step: ItemStep; given: Given; tellLater?: boolean }): Promise<ItemAnswer> {
  const action = itemActionOf(step)
  const ref = { bodyId, itemId }
  const first = await getItem(deps.db, bodyId, itemId)
  if (!mayEnter(actor, action, first.state, bodyId)) throw new Forbidden(action.label)
  if (first.version !== seen) throw new Conflict(seen, first.version)
  if (!action.when(first.state)) return { ok: false, refusal: 'not-in-this-state' }
  const unready = (await action.before?.(deps, ref, actor)) ?? null
  if (unready !== null) return { ok: false, refusal: unready }
  return transaction(deps.db, async (tx) => {
    const found = await getItem(tx, bodyId, itemId)
    const { state } = found
    if (found.version !== seen) throw new Conflict(seen, found.version)
    const ground = await getItemGround(tx, deps.clock, bodyId)
    const standing = standingOf(actor, action, state, ground)
    if (!standing.may) return { ok: false, refusal: standing.why === 'no-role' ? 'not-the-approver' : 'by-delegation-of-involved' }
    const { behalf } = standing
    const calendar = await getCalendar(tx)
    const precheck = await findPrecheck(tx, ref, state.contentHash)
    const who = actorKey(actor)
    const decided = action.decide(state, given, {
      tx, ref, ground, who, behalf, contentHash: hashContent(state.content), precheck: precheck === null || precheck.stale ? null : precheck, dueOn: toItemRow(state, calendar).due_on,
    })
    if (!decided.ok) return decided
    settleBehalf(actor, behalf)
    const events = decided.events.map((event): ItemEvent => (behalf === null ? event : { ...event, onBehalfOf: behalf }))
    await saveItems(tx, [{ found, events }], { actor: who, at: ground.now }, calendar)
    for (const event of events) await record(tx, actor, `item.${event.kind}`, { bodyId, target: itemId })
    const after = events.reduce<ItemState>(evolveItem, state)
    if (after.status === 'new') throw new Error('信息条目没有登记')
    const news = await newsOf(tx, { ...ref, at: ground.now, version: found.version + events.length, by: who }, state, after)
    if (news !== null && !tellLater) await tellNews(tx, { bodyId, at: ground.now, batch: itemId }, [news])
    return { ok: true, after, untold: tellLater ? news : null }
  })
}
