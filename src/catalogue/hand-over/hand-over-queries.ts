import { sql } from 'kysely'
import '../tables.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Tx } from '../../platform/db.ts'
import { hasCode, PUBLIC_COLUMNS, publicItems, toPublished } from '../queries.ts'
import type { FeedItem } from './feed.ts'
import type { FeedScope } from './feed-scope.ts'

/** 收哪些，机构已换成其 id。 */
export type ResolvedScope = Exclude<FeedScope, { kind: 'bodies' }> | { kind: 'bodies'; bodyId: string }

export interface ItemPlace {
  bodyId: string
  itemId: string
}

const COLUMNS = [...PUBLIC_COLUMNS, 'changed_at'] as const

/** 最近公开的，新的在前，至多 `limit` 条。 */
export async function listNewest(tx: Tx, scope: ResolvedScope, limit: number): Promise<FeedItem[]> {
  let query = publicItems(tx)
  if (scope.kind === 'bodies') query = query.where('body_id', '=', scope.bodyId)
  if (scope.kind === 'codes') query = query.where(hasCode(scope.code))
  if (scope.kind === 'topics') query = query.where('topic', '=', scope.code)
  if (scope.kind === 'policy') query = query.where(hasCode('A20_01'))
  const rows = await query.select(COLUMNS).orderBy('first_published_on', 'desc').orderBy('item_id', 'desc').limit(limit).execute()
  return rows.map((row) => ({ ...toPublished(row), changedAt: row.changed_at }))
}

/** 依主键的次序逐页取全部公众可见的；`after` 为上一页的最后一条。 */
export async function listPublicPage(tx: Tx, { bodyId, after, limit }: { bodyId?: string; after: ItemPlace | null; limit: number }): Promise<FeedItem[]> {
  let query = publicItems(tx)
  if (bodyId !== undefined) query = query.where('body_id', '=', bodyId)
  if (after !== null) query = query.where((eb) => eb(eb.refTuple('body_id', 'item_id'), '>', eb.tuple(after.bodyId, after.itemId)))
  const rows = await query.select(COLUMNS).orderBy('body_id').orderBy('item_id').limit(limit).execute()
  return rows.map((row) => ({ ...toPublished(row), changedAt: row.changed_at }))
}

/** 公众所见最近一次变动之时。 */
export async function getChangedAt(tx: Tx, { bodyId, itemId }: ItemPlace): Promise<Date> {
  const row = await publicItems(tx).select('changed_at').where('body_id', '=', bodyId).where('item_id', '=', itemId).executeTakeFirst()
  if (row === undefined) throw new NotFound('该信息')
  return row.changed_at
}

export const SITEMAP_PAGE = 10_000

/** 网站地图的各页：第几页（0 起）与其中最近的变动。 */
export async function listSitemapPages(tx: Tx): Promise<{ page: number; changedAt: Date }[]> {
  const { rows } = await sql<{ page: number; changedAt: Date }>`
    select page::int as page, max(changed_at) as "changedAt" from (
      select changed_at, (row_number() over (order by body_id, item_id) - 1) / ${SITEMAP_PAGE}::int as page
      from published_item where withdrawn_on is null) numbered
    group by page order by page`.execute(tx)
  return rows
}

/** 网站地图的一页：索引号与最近的变动。 */
export const listSitemapItems = (tx: Tx, page: number): Promise<{ indexNo: string; changedAt: Date }[]> =>
  publicItems(tx)
    .select(['index_no as indexNo', 'changed_at as changedAt'])
    .orderBy('body_id')
    .orderBy('item_id')
    .limit(SITEMAP_PAGE)
    .offset(page * SITEMAP_PAGE)
    .execute()
