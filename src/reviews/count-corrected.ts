import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { LITIGATION_RESULTS, resultsIn, REVIEW_RESULTS } from './results.ts'

/**
 * 若干机关一段日子（两端都算）里，复议、诉讼中被纠正的决定各几件；没有的不在其中。
 * 调解的不算纠正：归类的设置各机关不同，而培训的建议要横着比。
 */
export async function countCorrectedCases(tx: Tx, bodyIds: readonly string[], { from, to }: { from: PlainDate; to: PlainDate }): Promise<Map<string, number>> {
  const { rows } = await sql<{ bodyId: string; n: number }>`select "bodyId", count(*) as n from (
      select body_id as "bodyId" from review_case where body_id = any(${[...bodyIds]}::uuid[]) and decided_on between ${from}::date and ${to}::date
        and result = any(${resultsIn(REVIEW_RESULTS, 'corrected', 'MEDIATION_OTHER')}::text[])
      union all
      select body_id from litigation_case where body_id = any(${[...bodyIds]}::uuid[]) and role = 'original' and effective_on between ${from}::date and ${to}::date
        and result = any(${resultsIn(LITIGATION_RESULTS, 'corrected', 'MEDIATION_OTHER')}::text[])
    ) corrected group by "bodyId"`.execute(tx)
  return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
}
