import type { SignedInActor } from '../../identity/index.ts'
import { settleNotices } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import { ITEM_REFUSALS } from '../item-rules.ts'
import { actOnItem } from './act-on-item.ts'
import type { Given } from './item-action.ts'
import { itemActionOf } from './item-actions.ts'
import type { ItemStep } from './item-actions.ts'
import { tellNews } from './tell-next.ts'
import type { News } from './tell-next.ts'

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

/** 逐条办同一步，一条一个事务：一条不成不碍别的，逐条说明办了什么、没有办什么。办完一并通知，每人一类一条。 */
export async function actOnMany(deps: Deps, actor: SignedInActor, { chosen, step, given }: { chosen: readonly Chosen[]; step: ManyStep; given: Given }): Promise<Handled[]> {
  const results: Handled[] = []
  const news: News[] = []
  const until = Date.now() + LONGEST_MS
  try {
    for (const one of chosen.slice(0, MOST_AT_ONCE)) {
      const { untold, ...handled } = Date.now() > until ? { done: null, refused: '没有轮到，请再办一次', untold: null } : await actOnOne(deps, actor, one, step, given)
      results.push({ ...one, ...handled })
      if (untold !== null) news.push(untold)
    }
  } finally {
    // 中途出了错，办成的也要有人知道
    await transaction(deps.db, (tx) => tellTogether(tx, actor, deps.clock.now(), step, news))
  }
  return results
}

// 在列表里办过的人，从前成批的通知也就看过了
async function tellTogether(tx: Tx, { bodyId, accountId }: SignedInActor, at: Date, step: ManyStep, news: readonly News[]): Promise<void> {
  await settleNotices(tx, { bodyId, accounts: [accountId], prefix: `review-many/${step === 'schedule' ? 'publish' : step}/`, at })
  await tellNews(tx, { bodyId, at, batch: newId() }, news)
}

async function actOnOne(deps: Deps, actor: SignedInActor, { itemId, seen }: Chosen, step: ManyStep, given: Given): Promise<Pick<Handled, 'done' | 'refused'> & { untold: News | null }> {
  const refuse = (refused: string) => ({ done: null, refused, untold: null })
  try {
    const answer = await actOnItem(deps, actor, { bodyId: actor.bodyId, itemId, seen, step, given, tellLater: true })
    return answer.ok ? { done: itemActionOf(step).done(answer.after), refused: null, untold: answer.untold } : refuse(ITEM_REFUSALS[answer.refusal])
  } catch (error) {
    if (error instanceof Conflict) return refuse('他人刚才办过这一条，请看过再办')
    if (error instanceof NotFound) return refuse('没有这一条')
    if (error instanceof Forbidden) return refuse(ITEM_REFUSALS['not-the-approver'])
    throw error
  }
}
