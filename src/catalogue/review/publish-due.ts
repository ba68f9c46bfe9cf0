import '../tables.ts'
import { getCalendar } from '../../bodies/index.ts'
import { record } from '../../audit/index.ts'
import { listActingHolders } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import { hashContent } from '../item-hash.ts'
import { ITEM_REFUSALS, publishItem } from '../item-rules.ts'
import type { ItemRefusal } from '../item-rules.ts'
import { evolveItem } from '../item.ts'
import type { Item, ItemEvent, ItemState } from '../item.ts'
import { findPrecheck } from '../precheck/precheck-store.ts'
import { getItem, saveItems, toItemRow } from '../store.ts'
import { readyToPublish } from './ensure-precheck.ts'
import { getItemGround } from './ground.ts'
import type { ItemGround, ItemRef } from './item-action.ts'
import { newsOf, tellNews } from './tell-next.ts'
import type { News } from './tell-next.ts'

const BY = { kind: 'system', name: 'publish-due' } as const
const MOST = 200

/** 发布到了时刻的各条，一条一个事务，可以重办；不能发布的取消定时，告诉所定的人。返回发布了几条。 */
export async function publishDue(deps: Deps): Promise<number> {
  const due = await deps.db.selectFrom('info_item').select(['body_id', 'item_id']).where('publish_at', '<=', deps.clock.now()).orderBy('publish_at').orderBy('body_id').orderBy('item_id').limit(MOST).execute()
  let published = 0
  const news: (News & { bodyId: string })[] = []
  try {
    for (const row of due) {
      const settled = await publishOne(deps, { bodyId: row.body_id, itemId: row.item_id })
      published += settled.published
      if (settled.untold !== null) news.push({ ...settled.untold, bodyId: row.body_id })
    }
  } finally {
    // 同一时刻发布的一并告诉，每人一条
    for (const [bodyId, own] of Map.groupBy(news, (each) => each.bodyId)) await transaction(deps.db, (tx) => tellNews(tx, { bodyId, at: deps.clock.now(), batch: newId() }, own))
  }
  return published
}

interface Settled {
  published: 0 | 1
  untold: News | null
}
const NOTHING: Settled = { published: 0, untold: null }

async function publishOne(deps: Deps, ref: ItemRef): Promise<Settled> {
  const unready = await readyToPublish(deps, ref, BY)
  try {
    return await transaction(deps.db, (tx) => settle(tx, deps, ref, unready))
  } catch (error) {
    // 恰在此时有人办了一步：下一分钟再看
    if (error instanceof Conflict) return NOTHING
    throw error
  }
}

async function settle(tx: Tx, deps: Deps, ref: ItemRef, unready: ItemRefusal | null): Promise<Settled> {
  const found = await getItem(tx, ref.bodyId, ref.itemId)
  const { state, version } = found
  const { schedule } = state
  const ground = await getItemGround(tx, deps.clock, ref.bodyId)
  if (schedule === null || Date.parse(schedule.publishAt) > ground.now.getTime()) return NOTHING
  const calendar = await getCalendar(tx)
  const refusal = unready ?? (await whyNot(tx, ref, state, ground))
  const decided = publishItem(state, { on: ground.today, contentHash: hashContent(state.content), channel: schedule.channel, url: null, publisher: schedule.publisher, dueOn: toItemRow(state, calendar).due_on }, ground.separation)
  const wrong = refusal ?? (decided.ok ? null : decided.refusal)
  const behalf = schedule.onBehalfOf === null ? {} : { onBehalfOf: schedule.onBehalfOf }
  const events: ItemEvent[] = wrong !== null || !decided.ok ? [{ kind: 'unscheduled', on: ground.today, reason: wrong === null ? '不能发布' : ITEM_REFUSALS[wrong] }] : decided.events.map((event) => ({ ...event, ...behalf }))
  await saveItems(tx, [{ found, events }], { actor: `system:${BY.name}`, at: ground.now }, calendar)
  for (const event of events) await record(tx, BY, `item.${event.kind}`, { bodyId: ref.bodyId, target: ref.itemId }, { by: schedule.publisher })
  const after = events.reduce<ItemState>(evolveItem, state)
  if (after.status === 'new') throw new Error('信息条目没有登记')
  if (wrong !== null) {
    const words = { title: `到时没有发布：${state.indexNo}`, note: `${ITEM_REFUSALS[wrong]}。定时已取消。`, href: `/desk/items/${ref.itemId}` }
    await notify(tx, { bodyId: ref.bodyId, at: ground.now, accounts: [schedule.publisher], key: `unscheduled/${ref.itemId}/${version}`, ...words })
    return NOTHING
  }
  return { published: 1, untold: await newsOf(tx, { ...ref, at: ground.now, version: version + events.length, by: schedule.publisher }, state, after) }
}

// 所定的人不再是发布员的（离岗、委托到期），不以他的名义发布
async function whyNot(tx: Tx, ref: ItemRef, item: Item, ground: ItemGround): Promise<ItemRefusal | null> {
  const holders = await listActingHolders(tx, ref.bodyId, ['publisher'], ground.today)
  if (!holders.includes(item.schedule?.publisher ?? '')) return 'scheduler-left'
  const precheck = await findPrecheck(tx, ref, item.contentHash)
  return precheck === null || precheck.stale ? 'precheck-missing' : precheck.blocks > 0 ? 'precheck-blocked' : null
}
