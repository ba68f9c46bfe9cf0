import { findBody, listBodies } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { listPublishedByIds, listPublishedItems, searchItems } from '../../catalogue/index.ts'
import type { PublishedItem } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/id.ts'
import type { FoundItem } from './find-item-page.tsx'
import { suggestItems } from './suggest-items.ts'
import { placeOf } from './item-place.ts'

/** 一页已经公开的：有检索词的照词查全区；没有的先列与所求相近的，一条相近的都没有的列本机关最新的。 */
export async function findItems(tx: Tx, body: Body, { q, content, limit, offset }: { q: string; content: string; limit: number; offset: number }): Promise<{ rows: FoundItem[]; total: number | { atLeast: number } }> {
  const names = new Map((await listBodies(tx)).map(({ bodyId, name }) => [bodyId, name]))
  const toFound = (item: PublishedItem): FoundItem => ({ item, bodyName: names.get(item.bodyId) ?? '' })
  if (q !== '') {
    const { hits, total, atLeast } = await searchItems(tx, { q, limit, after: String(offset) })
    const items = await listPublishedByIds(tx, hits.map(({ bodyId, id }) => ({ bodyId, itemId: id })))
    return { rows: hits.flatMap(({ id }) => items.get(id) ?? []).map(toFound), total: atLeast ? { atLeast: total } : total }
  }
  const alike = (await suggestItems(tx, body, content)).map(({ item }) => item)
  if (alike.length > 0) return { rows: alike.map(toFound), total: alike.length }
  const { items, total } = await listPublishedItems(tx, { bodyId: body.bodyId, limit, offset })
  return { rows: items.map(toFound), total }
}

/** 选定的一条写进答复的话；`picked` 为「机构.条目」，认不出的、不再公开的为空。 */
export async function wordsOfItem(tx: Tx, picked: string, baseUrl: string): Promise<string> {
  const [bodyId = '', itemId = ''] = picked.split('.')
  if (!isId(bodyId) || !isId(itemId)) return ''
  const item = (await listPublishedByIds(tx, [{ bodyId, itemId }])).get(itemId)
  const body = item === undefined ? null : await findBody(tx, bodyId)
  if (item === undefined || body == null) return ''
  const place = placeOf(item)
  const docNo = item.docNo === null ? '' : `（${item.docNo}）`
  return `《${item.title}》${docNo}，索引号 ${item.indexNo}，${body.name}于 ${item.publishedOn} 公开，链接：${place.startsWith('/') ? `${baseUrl}${place}` : place}`
}
