import '../tables.ts'
import { sql } from 'kysely'
import { listOutcomes } from '../../applications/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { CaseKind } from '../open-case.ts'
import { columnOf, LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'
import type { LitigationResult, ReviewResult } from '../results.ts'
import type { Cause } from './lesson.ts'

interface Row {
  kind: CaseKind
  id: string
  bodyId: string
  caseNo: string
  applicationId: string | null
  decisionNo: string | null
  result: ReviewResult | LitigationResult | null
  endedOn: PlainDate | null
  cause: Cause | null
  unit: string | null
  words: string | null
}

/** 一件被复议、起诉的答复：依据什么作的，后来怎样。没有申请人、原告。 */
export interface Attacked extends Row {
  outcome: Outcome
  /** 结果，中文；没有审结的为 null */
  label: string | null
  corrected: boolean
}

const MOST = 10_000

/**
 * 若干机关自某日以来收到的复议、诉讼里，所争的答复在本系统里的各件，后审结的在前，没有审结的最先；至多一万件。
 * 复议机关作共同被告的不在其中；调解的不算纠正：归类的设置各机关不同，这里要横着比。
 */
export async function listAttacked(tx: Tx, bodyIds: readonly string[], since: PlainDate): Promise<Attacked[]> {
  const bodies = [...bodyIds]
  const { rows } = await sql<Row>`
    select 'review' as kind, review_id as id, body_id as "bodyId", case_no as "caseNo", application_id as "applicationId", decision_no as "decisionNo", result, decided_on as "endedOn",
      lesson_cause as cause, lesson_unit as unit, lesson_words as words
      from review_case where body_id = any(${bodies}::uuid[]) and received_on >= ${since}::date
    union all
    select 'litigation', litigation_id, body_id, case_no, application_id, decision_no, result, effective_on, lesson_cause, lesson_unit, lesson_words
      from litigation_case where body_id = any(${bodies}::uuid[]) and received_on >= ${since}::date and role = 'original'
    order by "endedOn" desc nulls first, id desc limit ${MOST}`.execute(tx)
  const outcomes = await listOutcomes(tx, bodyIds, { caseIds: rows.flatMap(({ applicationId }) => applicationId ?? []), docNos: rows.flatMap(({ applicationId, decisionNo }) => (applicationId === null && decisionNo !== null ? [decisionNo] : [])) })
  const byCase = new Map(outcomes.map(({ bodyId, caseId, outcome }) => [`${bodyId}/${caseId}`, outcome]))
  const byNo = new Map(outcomes.map(({ bodyId, docNo, outcome }) => [`${bodyId}/${docNo ?? ''}`, outcome]))
  return rows.flatMap((row) => {
    const outcome = row.applicationId === null ? byNo.get(`${row.bodyId}/${row.decisionNo ?? ''}`) : byCase.get(`${row.bodyId}/${row.applicationId}`)
    if (outcome === undefined) return []
    const result = resultOf(row)
    return [{ ...row, outcome, label: result?.label ?? null, corrected: result !== null && columnOf(result, 'MEDIATION_OTHER') === 'corrected' }]
  })
}

const resultOf = ({ kind, result }: Row) => (result === null ? null : (kind === 'review' ? Object.entries(REVIEW_RESULTS) : Object.entries(LITIGATION_RESULTS)).find(([key]) => key === result)?.[1] ?? null)
