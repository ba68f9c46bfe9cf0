import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts'
import { ITEM_REFUSALS } from '../item-rules.ts'
import { actOnItem } from './act-on-item.ts'
import type { Given } from './item-action.ts'
import { itemActionOf } from './item-actions.ts'
import type { ItemStep } from './item-actions.ts'

/** 一次至多办几条。 */
export const MOST_AT_ONCE = 50
/** 一次至多办多久，毫秒；附件多的预检要等，没有轮到的请他再办一次 */
const LONGEST_MS = 60_000

/** 选定的一条与所见的版本。 */
export interface Chosen {
  itemId: string
  seen: number
}

export interface Handled extends Chosen {
  done: string | null
  /** 没有办成的缘故；成了为 null */
  refused: string | null
}

/** 可以一次办许多条的各步；保密审查须逐项审查，不在其中。 */
export const MANY_STEPS = ['submit', 'check', 'approve', 'publish', 'schedule'] as const satisfies readonly ItemStep[]
export type ManyStep = (typeof MANY_STEPS)[number]
export const isManyStep = (text: string): text is ManyStep => (MANY_STEPS as readonly string[]).includes(text)

/** 逐条办同一步，一条一个事务：一条不成不碍别的，逐条说明办了什么、没有办什么。 */
export async function actOnMany(deps: Deps, actor: SignedInActor, { chosen, step, given }: { chosen: readonly Chosen[]; step: ManyStep; given: Given }): Promise<Handled[]> {
  const results: Handled[] = []
  const until = Date.now() + LONGEST_MS
  for (const one of chosen.slice(0, MOST_AT_ONCE)) results.push({ ...one, ...(Date.now() > until ? { done: null, refused: '没有轮到，请再办一次' } : await actOnOne(deps, actor, one, step, given)) })
  return results
}

async function actOnOne(deps: Deps, actor: SignedInActor, { itemId, seen }: Chosen, step: ManyStep, given: Given): Promise<Pick<Handled, 'done' | 'refused'>> {
  try {
    const answer = await actOnItem(deps, actor, { bodyId: actor.bodyId, itemId, seen, step, given })
    return answer.ok ? { done: itemActionOf(step).done(answer.after), refused: null } : { done: null, refused: ITEM_REFUSALS[answer.refusal] }
  } catch (error) {
    if (error instanceof Conflict) return { done: null, refused: '他人刚才办过这一条，请看过再办' }
    if (error instanceof NotFound) return { done: null, refused: '没有这一条' }
    if (error instanceof Forbidden) return { done: null, refused: ITEM_REFUSALS['not-the-approver'] }
    throw error
  }
}
