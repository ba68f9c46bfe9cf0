import { sql } from 'kysely'
import { transaction } from '../../platform/connect.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { listIndexed } from '../../platform/search/index.ts'
import type { DocumentRef, SearchDocument } from '../../platform/search/index.ts'
import type { Problem } from '../../platform/verify.ts'
import { isPublic } from '../item.ts'
import { ITEM_KIND, indexItems, itemIndex, toDocuments } from './search-items.ts'
import type { PlacedItem } from './search-items.ts'
import { itemStore } from '../store.ts'
import '../tables.ts'

const PAGE = 100

/** 把检索的索引与记录对齐，逐件一个事务，只动不同的；返回补改的与去掉的件数。可以重办，服务照常。 */
export async function reindexItems(db: Db): Promise<{ changed: number; removed: number }> {
  let [changed, removed] = [0, 0]
  for await (const { bodyId, id } of missing(db)) {
    await transaction(db, (tx) => refresh(tx, bodyId, id))
    changed += 1
  }
  for await (const { bodyId, id } of strays(db)) {
    await transaction(db, (tx) => refresh(tx, bodyId, id))
    removed += 1
  }
  // 换了许多之后，统计也要新的：查罕见的词才走索引
  if (changed + removed > PAGE) await sql`analyze search_document`.execute(db)
  return { changed, removed }
}

/** 索引与记录不符之处：该检索得到而检索不到、内容不同、已不公开而仍检索得到。 */
export async function* verifyItemIndex(db: Db): AsyncIterable<Problem> {
  for await (const { bodyId, id } of missing(db)) yield { where: `item ${bodyId}/${id}`, message: '检索的索引里没有，或与记录不同；请运行 mingchuang reindex' }
  for await (const { bodyId, id } of strays(db)) yield { where: `item ${bodyId}/${id}`, message: '已不公开，而检索的索引里还有；请运行 mingchuang reindex' }
}

// 锁住那一行再看：其间撤回的不得又放回去
async function refresh(tx: Tx, bodyId: string, id: string): Promise<void> {
  await tx.selectFrom('info_item').select('item_id').where('body_id', '=', bodyId).where('item_id', '=', id).forUpdate().execute()
  const [placed] = await load(tx, bodyId, [id])
  await (placed === undefined ? itemIndex.removeDocuments(tx, [{ bodyId, kind: ITEM_KIND, id }]) : indexItems(tx, [placed]))
}

async function load(tx: Tx, bodyId: string, ids: readonly string[]): Promise<PlacedItem[]> {
  const states = await itemStore.loadStates(tx, bodyId, ids)
  return [...states].flatMap(([itemId, item]) => (item.status === 'new' ? [] : [{ bodyId, itemId, item }]))
}

// 记录逐页看
async function* missing(db: Db): AsyncIterable<SearchDocument> {
  for (let after: { body_id: string; item_id: string } | null = null; ; ) {
    const { rows }: { rows: { body_id: string; item_id: string }[] } = await sql<{ body_id: string; item_id: string }>`
      select body_id, item_id from info_item ${after === null ? sql`` : sql`where (body_id, item_id) > (${after.body_id}, ${after.item_id})`}
      order by body_id, item_id limit ${PAGE}`.execute(db)
    for (const [bodyId, group] of Map.groupBy(rows, (row) => row.body_id)) {
      const placed = await load(db, bodyId, group.map((row) => row.item_id))
      yield* await itemIndex.findDifferent(db, await toDocuments(db, placed))
    }
    after = rows.at(-1) ?? null
    if (rows.length < PAGE) return
  }
}

// 索引逐页看，记录已不公开的
async function* strays(db: Db): AsyncIterable<DocumentRef> {
  for (let after: DocumentRef | null = null; ; ) {
    const page: DocumentRef[] = await listIndexed(db, ITEM_KIND, after, PAGE)
    for (const [bodyId, group] of Map.groupBy(page, (ref) => ref.bodyId)) {
      const found = await load(db, bodyId, group.map((ref) => ref.id))
      const open = new Set(found.filter(({ item }) => isPublic(item)).map(({ itemId }) => itemId))
      yield* group.filter((ref) => !open.has(ref.id))
    }
    after = page.at(-1) ?? null
    if (page.length < PAGE) return
  }
}
