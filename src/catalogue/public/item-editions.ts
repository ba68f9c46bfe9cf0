import { evolveItem, NEW_ITEM } from '../item.ts'
import type { ItemEvent, ItemState, PublishedVersion } from '../item.ts'

/**
 * 公众可以对照的各版，由新到旧；末一项即头一版。
 * 撤回过的，撤回之前的各版一概不在其中：撤回了的不再给人看，哪怕后来重新公开。隐去了的也不在。
 */
export function listEditions(events: Iterable<ItemEvent>): PublishedVersion[] {
  const editions = new Map<number, PublishedVersion>()
  let state: ItemState = NEW_ITEM
  for (const event of events) {
    state = evolveItem(state, event)
    if (state.status === 'new') continue
    if (state.withdrawnOn !== null) editions.clear()
    else if (state.published !== null) editions.set(state.published.edition, state.published)
  }
  const [last, hidden] = state.status === 'new' ? [0, 0] : [state.editions, state.hiddenThrough]
  return [...editions.values()].filter(({ edition }) => edition === last || edition > hidden).toReversed()
}
