import './tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { columnOf, LITIGATION_RESULTS, REVIEW_RESULTS } from './results.ts'
import type { LitigationResult, ResultColumn, ReviewResult } from './results.ts'

/** 表四的三组：行政复议、未经复议直接起诉、复议后起诉。 */
export const DISPUTE_GROUPS = { rv: '行政复议', ld: '行政诉讼（直接起诉）', la: '行政诉讼（复议后起诉）' } as const
export type DisputeGroup = keyof typeof DISPUTE_GROUPS
export type DisputeCounts = Record<DisputeGroup, Record<ResultColumn | 'pending', number>>

export const noDisputes = (): DisputeCounts => {
  const none = () => ({ upheld: 0, corrected: 0, other: 0, pending: 0 })
  return { rv: none(), ld: none(), la: none() }
}

type Counted = { bodyId: string; n: number } & ({ kind: 'rv'; result: ReviewResult | null } | { kind: 'ld' | 'la'; result: LitigationResult | null })

/**
 * 各机关自 `from`（年初）至 `to` 的表四各格，同 `countTable4` 的数法；没有案件的机关不在其中。
 * 一次查询，有案件的机关各再问一次归类的设置。
 */
export async function countDisputesByBody(tx: Tx, { bodyIds, from, to }: { bodyIds: readonly string[]; from: PlainDate; to: PlainDate }): Promise<Map<string, DisputeCounts>> {
  const mine = sql`body_id = any(${[...bodyIds]}::uuid[]) and received_on <= ${to}::date`
  const { rows } = await sql<Counted>`
    select body_id as "bodyId", 'rv' as kind, case when decided_on <= ${to}::date then result end as result, count(*) as n from review_case
    where ${mine} and (decided_on is null or decided_on >= ${from}::date) group by 1, 2, 3
    union all
    select body_id, case when after_review then 'la' else 'ld' end, case when effective_on <= ${to}::date then result end, count(*) from litigation_case
    where ${mine} and role = 'original' and (effective_on is null or effective_on >= ${from}::date) group by 1, 2, 3`.execute(tx)
  const byBody = new Map<string, DisputeCounts>()
  for (const [bodyId, found] of Map.groupBy(rows, (row) => row.bodyId)) {
    const map = await getSetting(tx, bodyId, 'caseResultMap')
    const counts = noDisputes()
    for (const row of found) {
      const result = row.result === null ? null : row.kind === 'rv' ? REVIEW_RESULTS[row.result] : LITIGATION_RESULTS[row.result]
      counts[row.kind][result === null ? 'pending' : columnOf(result, map)] += row.n
    }
    byBody.set(bodyId, counts)
  }
  return byBody
}
