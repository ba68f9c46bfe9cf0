import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import type { QueryWord } from './parse-query.ts'
import { eachTime } from './plan.ts'
import type { Recency } from './recency.ts'
import { allOf } from './vector.ts'

/** 多于此的都算常见。 */
const COUNTED = 500
// 最近一段里已有这么多件的，不必往前数
const ENOUGH = 25

export interface WeighedWord extends QueryWord {
  /** 约见于几件；罕见的是确数 */
  count: number
  weight: number
}

/** 越少见的词越要紧，在前；一处都没有的多半是口语，不让它压过别的。 */
export async function weigh(tx: Tx, words: readonly QueryWord[], { windows: [nearest], share }: Recency): Promise<WeighedWord[]> {
  if (words.length === 0) return []
  // 不写「至多五百行」：写了的，数据库会改为从头翻表
  const few = (query: string | null) => sql`(select count(*)::int from search_document where tokens @@ ${query}::tsquery)`
  const counts = words.map(({ anywhere }) =>
    nearest === undefined ? few(anywhere) : sql`(select case when near.n >= ${ENOUGH} then near.n * ${share}::float8 else ${few(anywhere)} end from (select ${few(allOf([anywhere, nearest]))} as n offset 0) as near)`,
  )
  const { rows } = await sql<{ counts: number[] }>`${eachTime} select array[${sql.join(counts.map((count) => sql`${count}::float8`))}] as counts`.execute(tx)
  return words.map((word, i) => ({ ...word, count: rows[0]?.counts[i] ?? 0, weight: weightOf(rows[0]?.counts[i] ?? 0) })).toSorted((a, b) => b.weight - a.weight)
}

function weightOf(count: number): number {
  if (count === 0) return 2
  return count <= COUNTED ? 1 + Math.log((COUNTED + 1) / (count + 1)) : Math.max(0.3, 1 - 0.1 * Math.log(count / COUNTED))
}
