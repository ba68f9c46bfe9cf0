import type { Db } from '../../platform/db.ts'
import { reindexSources, verifySources } from '../../platform/search/index.ts'
import type { SearchSource } from '../../platform/search/index.ts'
import type { Problem } from '../../platform/verify.ts'
import { searchIndex } from './search-items.ts'

/** 把检索的索引与记录对齐；sources 由 `wiring.ts` 列全。 */
export const reindex = (db: Db, sources: readonly SearchSource[]): Promise<{ changed: number; removed: number }> => reindexSources(db, searchIndex, sources)

/** 索引与记录不符之处。 */
export const verifyIndex = (db: Db, sources: readonly SearchSource[]): AsyncIterable<Problem> => verifySources(db, searchIndex, sources)
