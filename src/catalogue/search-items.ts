import type { Tx } from '../platform/db.ts'
import { createSearch } from '../platform/search/index.ts'
import type { DocumentRef, SearchDocument, SearchPage } from '../platform/search/index.ts'
import { isPublic } from './item.ts'
import type { Item } from './item.ts'
import { SEARCH_WORDS } from './search-words.ts'

export const itemIndex = createSearch(SEARCH_WORDS)
export const ITEM_KIND = 'item'

/** 一条信息，连同它的所在。 */
export interface PlacedItem {
  bodyId: string
  itemId: string
  item: Item
}

const refOf = ({ bodyId, itemId }: PlacedItem): DocumentRef => ({ bodyId, kind: ITEM_KIND, id: itemId })

/** 索引里的一件；文号、索引号照号即得。 */
export const documentOf = (placed: PlacedItem): SearchDocument => ({
  ...refOf(placed),
  title: placed.item.content.title,
  text: placed.item.content.summary ?? '',
  numbers: [placed.item.indexNo, placed.item.content.docNo ?? ''],
  publishedOn: placed.item.firstPublishedOn ?? '',
})

/** 随记录的改动增删：公众看得到的进索引，其余一概不在；与记录同一事务。 */
export async function indexItems(tx: Tx, changed: readonly PlacedItem[]): Promise<void> {
  await itemIndex.indexDocuments(tx, changed.filter(({ item }) => isPublic(item)).map(documentOf))
  await itemIndex.removeDocuments(tx, changed.filter(({ item }) => !isPublic(item)).map(refOf))
}

export interface ItemSearch {
  q: string
  bodyId?: string
  limit: number
  after?: string | null
  match?: 'all' | 'any'
}

/** 在公众看得到的信息里检索；申请前的提示与工作台的查找共用。 */
export const searchItems = (tx: Tx, asked: ItemSearch): Promise<SearchPage> => itemIndex.search(tx, { ...asked, kinds: [ITEM_KIND] })
