import '../tables.ts'
import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { readMany } from '../../platform/timeline.ts'
import type { Problem } from '../../platform/verify.ts'
import { evolveItem, NEW_ITEM } from '../item.ts'
import type { ItemEvent, ItemState } from '../item.ts'
import { itemStore } from '../store.ts'

const PAGE = 500
type Place = { body_id: string; item_id: string }

/** 没有通过审查、内容与审查时不同、由承办的人自己审查而公开了的。台账记载的不在本系统公开，不在其列。 */
export async function* verifyReviews(db: Db): AsyncIterable<Problem> {
  for (let after: Place | null = null; ; ) {
    const rows = await pageAfter(db, after)
    for (const [bodyId, group] of Map.groupBy(rows, (row) => row.body_id)) {
      const histories = await readMany<ItemEvent>(db, { bodyId, caseIds: group.map((row) => row.item_id), stream: itemStore.stream })
      for (const [itemId, history] of histories) {
        const wrong = wrongIn(history)
        if (wrong !== null) yield { where: `item ${bodyId}/${itemId}`, message: wrong }
      }
    }
    if (rows.length < PAGE) return
    after = rows.at(-1) ?? null
  }
}

async function pageAfter(db: Db, after: Place | null): Promise<Place[]> {
  const { rows } = await sql<Place>`select body_id, item_id from info_item where first_published_on is not null
    ${after === null ? sql`` : sql`and (body_id, item_id) > (${after.body_id}, ${after.item_id})`} order by body_id, item_id limit ${PAGE}`.execute(db)
  return rows
}

/** 逐事重放，每次公开都看那一刻：审查通过、摘要相同、审查的与发布的都不是承办的人。 */
export function wrongIn(history: readonly Pick<RecordedEvent<ItemEvent>, 'event'>[]): string | null {
  let state: ItemState = NEW_ITEM
  for (const { event } of history) {
    if (event.kind === 'published' && state.status !== 'new') {
      const { review, authors, contentHash } = state
      if (review?.result !== 'pass' || state.status !== 'approved' && state.status !== 'exported') return `${event.on} 没有通过审查、批准而公开`
      if (review.contentHash !== contentHash || event.contentHash !== contentHash) return `${event.on} 公开的与审查的不是同一份内容`
      if (authors.includes(review.reviewer) || authors.includes(event.publisher)) return `${event.on} 公开的，由承办的人自己审查或者发布`
    }
    state = evolveItem(state, event)
  }
  return null
}
