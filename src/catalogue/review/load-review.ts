import { can, listDisplayNames } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { AWAITING, awaitingOf } from '../item.ts'
import type { Awaiting, Item, ItemEvent } from '../item.ts'
import { findPrecheck } from '../precheck/precheck-store.ts'
import type { Precheck } from '../precheck/precheck-store.ts'
import { getItem } from '../store.ts'
import { getItemGround } from './ground.ts'
import type { ItemRef } from './item-action.ts'
import { isOffered, ITEM_STEPS, itemActionOf } from './item-actions.ts'
import type { ItemStep } from './item-actions.ts'
import { toReviewLines } from './review-lines.ts'
import type { ReviewLine } from './review-lines.ts'

/** 信息的页面上「审查与公开」一节所要的。 */
export interface Review {
  itemId: string
  item: Item
  version: number
  awaiting: Awaiting | null
  /** 此人现在可以办的，在前的为主要的 */
  steps: readonly { step: ItemStep; label: string; article: string; href: string; main: boolean }[]
  /** 没有预检过的为 null */
  precheck: Precheck | null
  mayPrecheck: boolean
  returned: { by: string; remarks: Item['returned'] } | null
  lines: readonly ReviewLine[]
  /** 等着办的一步怎样称呼 */
  waiting: string | null
}

const SIDE: readonly ItemStep[] = ['schedule', 'unschedule', 'return', 'take-back', 'expire', 'hide-editions', 'withdraw']

export async function loadReview(deps: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor, ref: ItemRef): Promise<Review> {
  const { state, version, history } = await getItem(deps.db, ref.bodyId, ref.itemId)
  return toReview(deps, actor, ref, { item: state, version, history })
}

async function toReview({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor, ref: ItemRef, { item, version, history }: { item: Item; version: number; history: readonly RecordedEvent<ItemEvent>[] }): Promise<Review> {
  const ground = await getItemGround(db, clock, ref.bodyId)
  const names = await listDisplayNames(db, [...new Set(history.flatMap(({ actor: by, event }) => [by, event.onBehalfOf ?? [], 'publisher' in event ? event.publisher : []].flat()))])
  const awaiting = awaitingOf(item)
  const offered = ITEM_STEPS.filter((step) => isOffered(step, item, actor, ref.bodyId, ground))
  return {
    itemId: ref.itemId,
    item,
    version,
    awaiting,
    steps: offered.map((step, i) => ({ step, label: itemActionOf(step).label, article: itemActionOf(step).article, href: `/desk/items/${ref.itemId}/steps/${step}`, main: i === 0 && !SIDE.includes(step) })),
    precheck: await findPrecheck(db, ref, item.contentHash),
    mayPrecheck: can(actor, 'item.read', ref.bodyId) && actor.bodyId === ref.bodyId,
    returned: item.returned === null ? null : { by: names.get(item.returned.by) ?? '', remarks: item.returned },
    lines: toReviewLines(history, names),
    waiting: awaiting === null ? null : AWAITING[awaiting],
  }
}
