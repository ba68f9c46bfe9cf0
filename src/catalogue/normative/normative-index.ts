import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { DocumentRef, SearchDocument, SearchSource, ShownHit } from '../../platform/search/index.ts'
import { searchIndex } from '../search/search-items.ts'
import { libraryDocuments, listLibraryEntries } from './library-queries.ts'

export const DOCUMENT_KIND = 'normative'
const PAGE = 500

type Place = Pick<DocumentRef, 'bodyId' | 'id'>

/**
 * 政策文件库里应可检索的：列入了库而正文不在本站的。正文在本站公开的由那一条信息检索得到，不重复。
 * 逐页取，`after` 为上一页的末一件。
 */
export async function normativeDocuments(tx: Tx, { after, limit }: { after: Place | null; limit: number }): Promise<SearchDocument[]> {
  let query = searchable(tx)
  if (after !== null) query = query.where((eb) => eb(eb.refTuple('body_id', 'document_id'), '>', eb.tuple(after.bodyId, after.id)))
  return (await query.orderBy('body_id').orderBy('document_id').limit(limit).execute()).map(toDocument)
}

const searchable = (tx: Tx) =>
  libraryDocuments(tx).where('item_id', 'is', null).select(['body_id', 'document_id', 'kind', 'title', 'doc_no', 'registration_no', 'topic', 'made_on', 'invalid_from'])

const searchableAt = (tx: Tx, bodyId: string, ids: readonly string[]) => searchable(tx).where('body_id', '=', bodyId).where('document_id', '=', sql<string>`any(${[...ids]}::uuid[])`)

type Row = Awaited<ReturnType<ReturnType<typeof searchable>['execute']>>[number]

const toDocument = (row: Row): SearchDocument => ({
  bodyId: row.body_id,
  kind: DOCUMENT_KIND,
  id: row.document_id,
  title: row.title,
  text: '',
  numbers: [row.doc_no, row.registration_no ?? ''].filter((number) => number !== ''),
  publishedOn: row.made_on,
  invalidFrom: row.invalid_from,
  facets: row.topic === null ? [] : [`topic:${row.topic}`],
})

/** 政策文件库里正文不在本站的文件。 */
export const normativeSource: SearchSource = { kind: DOCUMENT_KIND, label: '规范性文件', pages, load, show }

async function* pages(db: Tx): AsyncIterable<SearchDocument[]> {
  for (let after: Place | null = null; ; ) {
    const page: SearchDocument[] = await normativeDocuments(db, { after, limit: PAGE })
    yield page
    if (page.length < PAGE) return
    after = page.at(-1) ?? null
  }
}

// 锁住那些行再看：其间不再列入的不得又放回去
async function load(tx: Tx, refs: readonly DocumentRef[]): Promise<SearchDocument[]> {
  const found: SearchDocument[] = []
  for (const [bodyId, group] of Map.groupBy(refs, (ref) => ref.bodyId)) {
    const ids = group.map(({ id }) => id)
    await tx.selectFrom('normative_document').select('document_id').where('body_id', '=', bodyId).where('document_id', 'in', ids).orderBy('document_id').forUpdate().execute()
    found.push(...(await searchableAt(tx, bodyId, ids).execute()).map(toDocument))
  }
  return found
}

async function show(tx: Tx, refs: readonly DocumentRef[]): Promise<Map<string, ShownHit>> {
  const shown = new Map<string, ShownHit>()
  for (const [bodyId, group] of Map.groupBy(refs, (ref) => ref.bodyId))
    for (const entry of await listLibraryEntries(tx, bodyId, { ids: group.map(({ id }) => id) }))
      shown.set(entry.documentId, {
        title: entry.title,
        href: `/policies/${entry.documentId}`,
        notes: [entry.docNo],
        past: entry.invalidFrom === null ? null : `${entry.invalidFrom} 起不再有效`,
        attachment: null,
      })
  return shown
}

/** 这些文件该在索引里的放进去，不该在的去掉；与记录的改动同一事务。 */
export async function indexDocuments(tx: Tx, places: readonly Place[]): Promise<void> {
  for (const [bodyId, group] of Map.groupBy(places, (place) => place.bodyId)) {
    const ids = group.map(({ id }) => id)
    const found = (await searchableAt(tx, bodyId, ids).execute()).map(toDocument)
    const keep = new Set(found.map(({ id }) => id))
    await searchIndex.indexDocuments(tx, found)
    await searchIndex.removeDocuments(tx, ids.filter((id) => !keep.has(id)).map((id) => ({ bodyId, kind: DOCUMENT_KIND, id })))
  }
}

/** 信息公开、撤回之后，以它为正文的文件重新入索引。 */
export async function indexDocumentsOfItems(tx: Tx, items: readonly { bodyId: string; itemId: string }[]): Promise<void> {
  for (const [bodyId, group] of Map.groupBy(items, (item) => item.bodyId)) {
    const rows = await tx
      .selectFrom('normative_document')
      .select('document_id')
      .where('body_id', '=', bodyId)
      .where('item_id', '=', sql<string>`any(${group.map(({ itemId }) => itemId)}::uuid[])`)
      .execute()
    await indexDocuments(tx, rows.map((row) => ({ bodyId, id: row.document_id })))
  }
}
