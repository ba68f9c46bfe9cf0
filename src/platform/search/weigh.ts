import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../db.ts'
import type { QueryWord } from './parse-query.ts'
import { eachTime } from './plan.ts'
import type { Recency, RecencyWindow } from './recency.ts'
import { allOf } from './vector.ts'

/** 多于此的都算常见。 */
const COUNTED = 500
// 一段里已有这么多件的，照那一段估算，不必往前数
const ENOUGH = 25

export interface WeighedWord extends QueryWord {
  /** 约见于几件；罕见的是确数 */
  count: number
  weight: number
}

/** 越少见的词越要紧，在前；一处都没有的多半是口语，不让它压过别的。 */
export async function weigh(tx: Tx, words: readonly QueryWord[], recency: Recency): Promise<WeighedWord[]> {
  if (words.length === 0) return []
  const counts = new Map(words.flatMap(({ word }) => (recency.frequent.has(word) ? [[word, recency.frequent.get(word) ?? 0] as const] : [])))
  const rest = words.filter(({ word }) => !counts.has(word))
  if (rest.length > 0) {
    const asked = rest.map(({ anywhere }) => sql`${countOf(anywhere, recency.windows)}::float8`)
    const { rows } = await sql<{ counts: number[] }>`${eachTime} select array[${sql.join(asked)}] as counts`.execute(tx)
    for (const [i, { word }] of rest.entries()) counts.set(word, rows[0]?.counts[i] ?? 0)
  }
  return words.map((word) => ({ ...word, count: counts.get(word.word) ?? 0, weight: weightOf(counts.get(word.word) ?? 0) })).toSorted((a, b) => b.weight - a.weight)
}

function countOf(query: string, [nearest, ...farther]: readonly RecencyWindow[]): RawBuilder<unknown> {
  // 不写「至多五百行」：写了的，数据库会改为从头翻表
  const few = (asked: string | null) => sql`(select count(*)::int from search_document where tokens @@ ${asked}::tsquery)`
  if (nearest === undefined) return few(query)
  return sql`(select case when near.n >= ${ENOUGH} then near.n * ${nearest.share}::float8 else ${countOf(query, farther)} end from (select ${few(allOf([query, nearest.query]))} as n offset 0) as near)`
}

function weightOf(count: number): number {
  if (count === 0) return 2
  return count <= COUNTED ? 1 + Math.log((COUNTED + 1) / (count + 1)) : Math.max(0.3, 1 - 0.1 * Math.log(count / COUNTED))
}
