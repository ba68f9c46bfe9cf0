import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import type { QueryWord } from './parse-query.ts'
import { eachTime } from './plan.ts'

/** 一个词见于多少件，数到这里为止。 */
const COUNTED = 500

export interface WeighedWord extends QueryWord {
  /** 见于几件，至多数到五百 */
  count: number
  weight: number
}

/** 越少见的词越要紧，在前；一处都没有的多半是口语，不让它压过别的。 */
export async function weigh(tx: Tx, words: readonly QueryWord[]): Promise<WeighedWord[]> {
  if (words.length === 0) return []
  const counts = words.map(({ anywhere }) => sql`(select count(*)::int from (select from search_document where tokens @@ ${anywhere}::tsquery limit ${COUNTED}) as few)`)
  const { rows } = await sql<{ counts: number[] }>`${eachTime} select array[${sql.join(counts)}] as counts`.execute(tx)
  return words
    .map((word, i) => {
      const count = rows[0]?.counts[i] ?? 0
      return { ...word, count, weight: count === 0 ? 2 : 1 + Math.log((COUNTED + 1) / (count + 1)) }
    })
    .toSorted((a, b) => b.weight - a.weight)
}
