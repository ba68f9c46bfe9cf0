import type { Tx } from '../db.ts'
import { dropDocuments, findDifferent, putDocuments } from './index-documents.ts'
import type { DocumentRef, SearchDocument } from './index-documents.ts'
import type { SearchPage, SearchRequest } from './rank.ts'
import { recencyReader } from './recency.ts'
import { searchDocuments } from './search.ts'
import { lazySegmenter } from './segmenter.ts'
import type { Lexicon } from './segmenter.ts'
import { suggestQueries } from './suggest.ts'
import type { SuggestedQuery } from './suggest.ts'
import { listSynonyms } from './synonyms.ts'
import { foldText } from './fold.ts'

export { highlight, snippet } from './highlight.ts'
export type { Segment } from './highlight.ts'
export type { DocumentRef, SearchDocument } from './index-documents.ts'
export { FUNCTION_LETTERS, QUERY_LIMIT } from './parse-query.ts'
export type { SearchHit, SearchPage } from './rank.ts'
export { reindexSources, verifySources } from './reindex.ts'
export type { SearchSource, ShownHit } from './reindex.ts'
export type { Lexicon } from './segmenter.ts'
export { MOST_SYNONYMS, addSynonym, deleteSynonym, listSynonyms } from './synonyms.ts'
export type { Synonym } from './synonyms.ts'

/** 检索的口子；现有一种实现，即同一个 PostgreSQL，故与记录的改动同成同败。 */
export interface SearchIndex {
  /** 写入，已有的换成新的 */
  indexDocuments: (tx: Tx, documents: readonly SearchDocument[]) => Promise<void>
  removeDocuments: (tx: Tx, refs: readonly DocumentRef[]) => Promise<void>
  search: (tx: Tx, request: SearchRequest) => Promise<SearchPage>
  /** 边写边提示 */
  suggest: (tx: Tx, typed: string, kinds: readonly string[]) => Promise<SuggestedQuery[]>
  /** 应在而不在、或与记录不同的 */
  findDifferent: (tx: Tx, documents: readonly SearchDocument[]) => Promise<SearchDocument[]>
}

/** 以一份词表开检索；词典用到才载入。本区自定的同义说法每次现读，改了即生效。 */
export function createSearch(lexicon: Lexicon): SearchIndex {
  const segmenter = lazySegmenter(lexicon.words)
  const recency = recencyReader()
  return {
    indexDocuments: async (tx, documents) => (documents.length === 0 ? undefined : putDocuments(tx, documents, await segmenter())),
    removeDocuments: (tx, refs) => dropDocuments(tx, refs, segmenter),
    search: async (tx, request) => searchDocuments(tx, request, { segmenter: await segmenter(), lexicon: await withOwn(tx, lexicon), recency: await recency(tx) }),
    suggest: async (tx, typed, kinds) => suggestQueries(tx, typed, kinds, { segmenter: await segmenter(), recency: await recency(tx) }),
    findDifferent: async (tx, documents) => findDifferent(tx, documents, await segmenter()),
  }
}

async function withOwn(tx: Tx, lexicon: Lexicon): Promise<Lexicon> {
  const groups = (await listSynonyms(tx)).map(({ words }) => words)
  return groups.length === 0 ? lexicon : { ...lexicon, synonyms: [...lexicon.synonyms, ...groups], own: groups.flat().map(foldText) }
}
