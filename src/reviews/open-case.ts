import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { getLitigation } from './litigation-store.ts'
import type { Litigation } from './litigation.ts'
import { getReview } from './review-store.ts'
import type { Review } from './review.ts'

export const CASE_KINDS = { review: '行政复议', litigation: '行政诉讼' } as const
export type CaseKind = keyof typeof CASE_KINDS

/** 一件复议或者诉讼的现状。 */
export type CaseState = { kind: 'review'; state: Review } | { kind: 'litigation'; state: Litigation }

export type OpenedCase = ({ kind: 'review' } & Awaited<ReturnType<typeof getReview>>) | ({ kind: 'litigation' } & Awaited<ReturnType<typeof getLitigation>>)

/** 一个编号是复议还是诉讼；没有为 null。 */
export async function findCaseKind(tx: Tx, bodyId: string, caseId: string): Promise<CaseKind | null> {
  const { rows } = await sql<{ kind: CaseKind }>`
    select 'review' as kind from review_case where body_id = ${bodyId} and review_id = ${caseId}
    union all select 'litigation' from litigation_case where body_id = ${bodyId} and litigation_id = ${caseId}`.execute(tx)
  return rows[0]?.kind ?? null
}

/** 一件复议或者诉讼，连同时间线；没有抛 `NotFound`。 */
export async function openCase(tx: Tx, bodyId: string, caseId: string): Promise<OpenedCase> {
  const kind = await findCaseKind(tx, bodyId, caseId)
  if (kind === null) throw new NotFound('这件复议、诉讼')
  return kind === 'review' ? { kind, ...(await getReview(tx, bodyId, caseId)) } : { kind, ...(await getLitigation(tx, bodyId, caseId)) }
}
