import type { Tx } from '../db.ts'
import { dropDocuments, findDifferent, putDocuments } from './index-documents.ts'
import type { DocumentRef, SearchDocument } from './index-documents.ts'
import { searchDocuments } from './search.ts'
import type { SearchPage, SearchRequest } from './search.ts'
import { lazySegmenter } from './segmenter.ts'
import type { Lexicon } from './segmenter.ts'

export type { Segment } from './highlight.ts'
export { listIndexed } from './index-documents.ts'
export type { DocumentRef, SearchDocument } from './index-documents.ts'
export { QUERY_LIMIT } from './parse-query.ts'
export type { SearchHit, SearchPage, SearchRequest } from './search.ts'
export type { Lexicon } from './segmenter.ts'

/** 检索的口子；现有一种实现，即同一个 PostgreSQL，故与记录的改动同成同败。 */
export interface SearchIndex {
  /** 写入，已有的换成新的 */
  indexDocuments: (tx: Tx, documents: readonly SearchDocument[]) => Promise<void>
  removeDocuments: (tx: Tx, refs: readonly DocumentRef[]) => Promise<void>
  search: (tx: Tx, request: SearchRequest) => Promise<SearchPage>
  /** 应在而不在、或与记录不同的 */
  findDifferent: (tx: Tx, documents: readonly SearchDocument[]) => Promise<SearchDocument[]>
}

/** 以一份词表开检索；词典用到才载入。 */
export function createSearch(lexicon: Lexicon): SearchIndex {
  const segmenter = lazySegmenter(lexicon.words)
  return {
    indexDocuments: async (tx, documents) => (documents.length === 0 ? undefined : putDocuments(tx, documents, await segmenter())),
    removeDocuments: dropDocuments,
    search: async (tx, request) => searchDocuments(tx, request, await segmenter(), lexicon),
    findDifferent: async (tx, documents) => findDifferent(tx, documents, await segmenter()),
  }
}
