import './tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { listSource } from '../platform/record-source.ts'
import type { CheckedRecord, SourceScope } from '../platform/record-source.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { columnOf, LITIGATION_RESULTS, REVIEW_RESULTS } from './results.ts'
import type { LitigationResult, ReviewResult } from './results.ts'

type Ended = { bodyId: string; recordId: string; label: string; on: PlainDate } & ({ kind: 'review'; result: ReviewResult } | { kind: 'suit'; result: LitigationResult })

/** 期间审结的复议、诉讼有没有被纠正，归类照表四；复议机关作共同被告的不计。 */
export const outcomesKept = listSource(async (tx, scope) => {
  const byBody = new Map<string, CheckedRecord[]>()
  for (const [bodyId, ended] of Map.groupBy(await listEnded(tx, scope), (each) => each.bodyId)) {
    const map = await getSetting(tx, bodyId, 'caseResultMap')
    const records = ended.map((each): CheckedRecord => {
      const result = each.kind === 'review' ? REVIEW_RESULTS[each.result] : LITIGATION_RESULTS[each.result]
      return { recordId: each.recordId, label: each.label, note: `${each.kind === 'review' ? '行政复议' : '行政诉讼'}，${result.label}`, on: each.on, good: columnOf(result, map) !== 'corrected' }
    })
    byBody.set(bodyId, records)
  }
  return byBody
})

async function listEnded(tx: Tx, { bodyIds, from, to }: SourceScope): Promise<Ended[]> {
  const { rows } = await sql<Ended>`
    select 'review' as kind, body_id as "bodyId", review_id as "recordId", case_no as label, decided_on as "on", result from review_case
    where body_id = any(${[...bodyIds]}::uuid[]) and received_on <= ${to}::date and decided_on between ${from}::date and ${to}::date
    union all
    select 'suit', body_id, litigation_id, case_no, effective_on, result from litigation_case
    where body_id = any(${[...bodyIds]}::uuid[]) and role = 'original' and received_on <= ${to}::date and effective_on between ${from}::date and ${to}::date`.execute(tx)
  return rows
}
