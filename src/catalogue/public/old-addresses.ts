import { sql } from 'kysely'
import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import { upsertRows } from '../../platform/upsert-rows.ts'

const LONGEST = 500

/** 原来的网址在这里的写法：路径连同查询串，不含网站；不是站内路径、太长的为 null。 */
export function toOldPath(address: string): string | null {
  const url = URL.parse(address, 'http://old.local')
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  const path = `${url.pathname}${url.search}`
  return path.length < 2 || path.length > LONGEST ? null : path
}

/** 记下原来的网址各归哪一条；同一网址再记的以后记的为准。`path` 出自 `toOldPath`。 */
export const keepOldAddresses = (tx: Tx, bodyId: string, addresses: readonly { path: string; itemId: string }[], at: Date): Promise<void> =>
  upsertRows(
    tx,
    'old_address',
    ['body_id', 'path'],
    addresses.map(({ path, itemId }) => ({ body_id: bodyId, path, item_id: itemId, added_at: at })),
  )

/** 原来的网址所指的索引号；先认带查询串的，再认不带的。没有记过的、从未公开的为 null。 */
export async function findOldAddress(tx: Tx, { path, search }: { path: string; search: string }): Promise<string | null> {
  const asked = [`${path}${search}`, path].filter((each) => each.length <= LONGEST)
  const rows = await tx
    .selectFrom('old_address as o')
    .innerJoin('published_item as p', (join) => join.onRef('p.body_id', '=', 'o.body_id').onRef('p.item_id', '=', 'o.item_id'))
    .select(['o.path', 'p.index_no'])
    .where('o.path', '=', sql<string>`any(${asked}::text[])`)
    .orderBy(sql`length(o.path)`, 'desc')
    .orderBy('o.added_at', 'desc')
    .limit(1)
    .execute()
  return rows[0]?.index_no ?? null
}
