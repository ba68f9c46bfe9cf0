import './tables.ts'
import type { Tx } from '../platform/db.ts'
import { upsertRows } from '../platform/upsert-rows.ts'
import type { Item, ItemState } from './item.ts'
import { summaryKindOf } from './publication-codes.ts'
import type { PlacedItem } from './search/search-items.ts'

/** 公众所见的有没有变：公开、改版、失效、撤回、隐去从前的版。 */
export function publicChanged(before: ItemState, after: Item): boolean {
  if (before.status === 'new') return after.firstPublishedOn !== null
  return before.published !== after.published || before.withdrawnOn !== after.withdrawnOn || before.expiredOn !== after.expiredOn || before.hiddenThrough !== after.hiddenThrough || before.url !== after.url
}

/** 刷新公众看得到的各条；从未公开过的、台账更正为没有公开过的没有行。 */
export async function savePublished(tx: Tx, placed: readonly PlacedItem[], at: Date): Promise<void> {
  const [rows, unpublished]: [(NonNullable<ReturnType<typeof toPublishedRow>> & { body_id: string; item_id: string; changed_at: Date })[], PlacedItem[]] = [[], []]
  for (const each of placed) {
    const row = toPublishedRow(each.item)
    if (row === null) unpublished.push(each)
    else rows.push({ body_id: each.bodyId, item_id: each.itemId, changed_at: at, ...row })
  }
  await upsertRows(tx, 'published_item', ['body_id', 'item_id'], rows)
  for (const [bodyId, group] of Map.groupBy(unpublished, (each) => each.bodyId)) await tx.deleteFrom('published_item').where('body_id', '=', bodyId).where('item_id', 'in', group.map(({ itemId }) => itemId)).execute()
}

/** 由状态得出的列；从未公开过的为 null，撤回的只留索引号、日子与说明。校验时据此与行比对。 */
export function toPublishedRow(item: Item) {
  if (item.firstPublishedOn === null) return null
  const { published } = item
  const details = published?.content.details
  const codes = published?.classification.codes ?? []
  return {
    index_no: item.indexNo,
    title: published?.content.title ?? null,
    doc_no: published?.content.docNo ?? null,
    summary: published?.content.summary ?? null,
    codes: [...codes],
    summary_kind: published === null ? null : summaryKindOf(codes, published.classification.summaryKind),
    issuer: details?.issuer ?? null,
    topic: details?.topic ?? null,
    genre: details?.genre ?? null,
    block: details?.block ?? 'statutory',
    keywords: [...(details?.keywords ?? [])],
    formed_on: published?.content.formedOn ?? null,
    effective_on: details?.effectiveOn ?? null,
    first_published_on: item.firstPublishedOn,
    published_on: item.publishedOn ?? item.firstPublishedOn,
    expired_on: item.expiredOn,
    withdrawn_on: item.withdrawnOn,
    withdraw_notice: item.withdrawNotice,
    edition: Math.max(item.editions, 1),
    url: published === null ? null : item.url,
    details: details ?? null,
  }
}
