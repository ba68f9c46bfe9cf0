import './tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { getSetting } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { columnOf, LITIGATION_RESULTS, REVIEW_RESULTS } from './results.ts'
import type { LitigationResult, ResultColumn, ReviewResult } from './results.ts'

/** 一类案件在一段日子里的结果，件。 */
export type OutcomeCounts = Record<ResultColumn | 'pending', number>

export interface Outcomes {
  /** 行政复议 */
  reviews: OutcomeCounts
  /** 未经复议直接起诉、复议后起诉的行政诉讼，合计 */
  suits: OutcomeCounts
}

const none = (): OutcomeCounts => ({ upheld: 0, corrected: 0, other: 0, pending: 0 })

/**
 * 一机构从 `from` 到 `to`（两头都在内）审结的复议、诉讼，按结果归表四的列计；`pending` 为到 `to` 还没有审结的。
 * 复议按作出决定之日，诉讼按裁判生效之日；复议机关作共同被告的不计（国办公开办函〔2016〕201号）。
 */
export async function countOutcomes(tx: Tx, { bodyId, from, to }: { bodyId: string; from: PlainDate; to: PlainDate }): Promise<Outcomes> {
  const map = await getSetting(tx, bodyId, 'caseResultMap')
  const counts: Outcomes = { reviews: none(), suits: none() }
  const reviews = await ended<ReviewResult>(tx, sql`select case when decided_on <= ${to}::date then result end as result from review_case
    where body_id = ${bodyId} and received_on <= ${to}::date and (decided_on is null or decided_on >= ${from}::date)`)
  for (const { result, n } of reviews) counts.reviews[result === null ? 'pending' : columnOf(REVIEW_RESULTS[result], map)] += n
  const suits = await ended<LitigationResult>(tx, sql`select case when effective_on <= ${to}::date then result end as result from litigation_case
    where body_id = ${bodyId} and role = 'original' and received_on <= ${to}::date and (effective_on is null or effective_on >= ${from}::date)`)
  for (const { result, n } of suits) counts.suits[result === null ? 'pending' : columnOf(LITIGATION_RESULTS[result], map)] += n
  return counts
}

async function ended<R>(tx: Tx, cases: RawBuilder<unknown>): Promise<{ result: R | null; n: number }[]> {
  const { rows } = await sql<{ result: R | null; n: number }>`select result, count(*) as n from (${cases}) counted group by result`.execute(tx)
  return rows
}
