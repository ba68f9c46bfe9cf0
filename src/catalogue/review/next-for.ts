import type { SignedInActor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Awaiting } from '../item.ts'
import { itemStore } from '../store.ts'
import type { ItemGround } from './item-action.ts'
import { isOffered } from './item-actions.ts'
import type { ItemStep } from './item-actions.ts'
import { listQueue } from './queue-queries.ts'
import type { QueueRow } from './queue-queries.ts'

const AWAITS: Partial<Record<ItemStep, readonly Awaiting[]>> = {
  submit: ['mend', 'submit'], check: ['check'], 'secrecy-review': ['secrecy-review', 'escalated'], approve: ['approve'], publish: ['publish'],
}
const MOST = 50

/** 等此人办这一步的各条，至多五十条，先到期的在前；不得由他办的（自己承办的等）不在其中。 */
export async function listFor(tx: Tx, actor: SignedInActor, step: ItemStep, ground: ItemGround): Promise<QueueRow[]> {
  const { bodyId } = actor
  const rows: QueueRow[] = []
  for (const awaiting of AWAITS[step] ?? []) rows.push(...(await listQueue(tx, { bodyId, awaiting, limit: MOST, offset: 0 })).rows)
  if (rows.length === 0) return []
  const states = await itemStore.loadStates(tx, bodyId, rows.map(({ itemId }) => itemId))
  return rows.filter(({ itemId }) => {
    const item = states.get(itemId)
    return item !== undefined && item.status !== 'new' && isOffered(step, item, actor, bodyId, ground)
  })
}

/** 除这一条之外，下一条与还有几条。 */
export async function nextFor(tx: Tx, actor: SignedInActor, step: ItemStep, ground: ItemGround, except: string): Promise<{ itemId: string | null; count: number }> {
  const others = (await listFor(tx, actor, step, ground)).filter(({ itemId, awaiting }) => itemId !== except && awaiting !== 'escalated')
  return { itemId: others[0]?.itemId ?? null, count: others.length }
}
