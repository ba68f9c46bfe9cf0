import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import type { Relation } from '../item-details.ts'
import { findByIndexNo, listPublishedByIds } from '../queries.ts'
import { searchItems } from '../search/search-items.ts'
import { findIndexNumbers } from '../store.ts'

/** 可以关联的一条。 */
export interface Relatable {
  indexNo: string
  title: string
  /** 公开着；没有公开的公众看不到这层关系 */
  isPublished: boolean
}

const MOST = 10

/** 照索引号或标题里的词找可以关联的：本机构的，别的机构公开着的。不含自己。 */
export async function findRelatable(tx: Tx, { bodyId, itemId, q }: { bodyId: string; itemId: string; q: string }): Promise<Relatable[]> {
  const wanted = q.trim().slice(0, 100)
  if (wanted === '') return []
  const found = new Map<string, Relatable>()
  for (const [indexNo, own] of await findIndexNumbers(tx, bodyId, [wanted])) if (own.itemId !== itemId) found.set(indexNo, { indexNo, title: own.title, isPublished: false })
  for (const item of (await findByIndexNo(tx, wanted)).items) if (item.itemId !== itemId) found.set(item.indexNo, { indexNo: item.indexNo, title: item.title, isPublished: true })
  const { hits } = await searchItems(tx, { q: wanted, limit: MOST })
  const items = await listPublishedByIds(tx, hits.map(({ bodyId: at, id }) => ({ bodyId: at, itemId: id })))
  for (const { id } of hits) {
    const item = items.get(id)
    if (item !== undefined && item.itemId !== itemId) found.set(item.indexNo, { indexNo: item.indexNo, title: item.title, isPublished: true })
  }
  return [...found.values()].slice(0, MOST)
}

/** 这些关系所指的标题：索引号 → 标题；本机构的与公开着的。 */
export async function listRelationTitles(tx: Tx, bodyId: string, relations: readonly Relation[]): Promise<Map<string, string>> {
  const indexNos = [...new Set(relations.map(({ indexNo }) => indexNo))]
  if (indexNos.length === 0) return new Map()
  const own = await findIndexNumbers(tx, bodyId, indexNos)
  const rows = await tx.selectFrom('published_item').select(['index_no', 'title']).where('index_no', 'in', indexNos).where('withdrawn_on', 'is', null).limit(200).execute()
  return new Map([...rows.map((row): [string, string] => [row.index_no, row.title ?? '']), ...[...own].map(([indexNo, { title }]): [string, string] => [indexNo, title])])
}

/** 头一个查无此号的索引号；都有则为 null。 */
export async function findUnknownRelation(tx: Tx, bodyId: string, relations: readonly Relation[]): Promise<string | null> {
  const titles = await listRelationTitles(tx, bodyId, relations)
  return relations.find(({ indexNo }) => !titles.has(indexNo))?.indexNo ?? null
}
