import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import { createSearch } from '../../platform/search/index.ts'
import type { DocumentRef, SearchDocument, SearchPage } from '../../platform/search/index.ts'
import { isPublic } from '../item.ts'
import type { Item, PublishedVersion } from '../item.ts'
import { SEARCH_WORDS } from './search-words.ts'

/** 公众检索的索引：各种记录共用一份。 */
export const searchIndex = createSearch(SEARCH_WORDS)
export const ITEM_KIND = 'item'

/** 一条信息，连同它的所在。 */
export interface PlacedItem {
  bodyId: string
  itemId: string
  item: Item
}

const refOf = ({ bodyId, itemId }: PlacedItem): DocumentRef => ({ bodyId, kind: ITEM_KIND, id: itemId })

/** 索引里的一件；只用公开着的那一版。文号、索引号照号即得。 */
const documentOf = (placed: PlacedItem, { content, classification }: PublishedVersion, texts: string): SearchDocument => ({
  ...refOf(placed),
  title: content.title,
  text: [content.summary ?? '', content.details?.keywords.join(' ') ?? '', texts].filter((part) => part !== '').join('\n'),
  numbers: [placed.item.indexNo, content.docNo ?? ''],
  publishedOn: placed.item.firstPublishedOn ?? '',
  invalidFrom: placed.item.expiredOn,
  facets: [
    ...classification.codes.map((code) => `code:${code}`),
    ...(content.details?.topic == null ? [] : [`topic:${content.details.topic}`]),
    ...(content.details?.genre == null ? [] : [`genre:${content.details.genre}`]),
  ],
})

/** 公开着的各条应有的索引；正文与附件的文字一次取出。 */
export async function toDocuments(tx: Tx, placed: readonly PlacedItem[]): Promise<SearchDocument[]> {
  const open = placed.flatMap((each) => (isPublic(each.item) && each.item.published !== null ? [{ ...each, published: each.item.published }] : []))
  const texts = await listTexts(tx, open.filter(({ published }) => published.content.files.length > 0))
  return open.map((each) => documentOf(each, each.published, each.published.content.files.map((key) => texts.get(`${each.itemId} ${key}`) ?? '').join('\n')))
}

/** 随记录的改动增删：公众看得到的进索引，其余一概不在；与记录同一事务。 */
export async function indexItems(tx: Tx, changed: readonly PlacedItem[]): Promise<void> {
  await searchIndex.indexDocuments(tx, await toDocuments(tx, changed))
  await searchIndex.removeDocuments(tx, changed.filter(({ item }) => !isPublic(item)).map(refOf))
}

async function listTexts(tx: Tx, items: readonly PlacedItem[]): Promise<Map<string, string>> {
  if (items.length === 0) return new Map()
  const rows = await tx
    .selectFrom('item_file')
    .select(['item_id', 'file_key', 'text'])
    .where((eb) => eb(eb.refTuple('body_id', 'item_id'), 'in', items.map(({ bodyId, itemId }) => eb.tuple(bodyId, itemId))))
    .where('text', '!=', '')
    .execute()
  return new Map(rows.map((row) => [`${row.item_id} ${row.file_key}`, row.text]))
}

export interface ItemSearch {
  q: string
  bodyId?: string
  limit: number
  after?: string | null
  match?: 'all' | 'any'
}

/** 在公众看得到的信息里检索；申请前的提示与工作台的查找共用。 */
export const searchItems = (tx: Tx, asked: ItemSearch): Promise<SearchPage> => searchIndex.search(tx, { ...asked, kinds: [ITEM_KIND], literal: true })
