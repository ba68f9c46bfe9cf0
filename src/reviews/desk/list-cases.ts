import '../tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { LitigationStatus, RoleInCourt } from '../litigation.ts'
import type { CaseKind } from '../open-case.ts'
import { answersOf, stateOf } from '../performance/duty-states.ts'
import { columnOf, LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'
import type { LitigationResult, ResultColumn, ResultMap, ReviewResult } from '../results.ts'
import type { ReviewStatus } from '../review.ts'

/** 列表的一行；诉讼的结果为生效裁判的。 */
export interface CaseRow {
  kind: CaseKind
  id: string
  caseNo: string
  organ: string | null
  decisionNo: string | null
  status: ReviewStatus | LitigationStatus
  afterReview: boolean | null
  role: RoleInCourt
  receivedOn: PlainDate
  /** 本机关要赶的期限；没有的，照决定、裁判要履行、反馈的最早一项 */
  dueOn: PlainDate | null
  /** 期限是要履行、反馈的 */
  owes: boolean
  hearingOn: PlainDate | null
  result: ReviewResult | LitigationResult | null
  endedOn: PlainDate | null
  handler: string | null
}

export const CASE_GROUPS = { review: '行政复议', direct: '未经复议直接起诉', 'after-review': '复议后起诉' } as const
export type CaseGroup = keyof typeof CASE_GROUPS

export interface CaseFilter {
  bodyId: string
  group?: CaseGroup
  /** 审结没有；办结与否不论 */
  pending?: boolean
  /** 结果归入表四的哪一列，依设置 */
  column?: ResultColumn
  resultMap: ResultMap
  /** 期限早于这一日的，即逾期 */
  dueBefore?: PlainDate
  receivedFrom?: PlainDate
  receivedTo?: PlainDate
  /** 案号、文号里的一段 */
  text?: string
}

export type CaseSort = 'receivedOn' | 'dueOn' | 'caseNo' | 'endedOn'

const COLUMNS: Readonly<Record<CaseSort, RawBuilder<unknown>>> = {
  receivedOn: sql`"receivedOn"`,
  dueOn: sql`coalesce(least("dueOn", "hearingOn"), date '9999-12-31')`,
  caseNo: sql`"caseNo"`,
  endedOn: sql`coalesce("endedOn", date '9999-12-31')`,
}

// 一机构的案子以百计，两张表各按机构的索引取来合在一起，连同还没有办完的履行与反馈
const casesOf = (bodyId: string): RawBuilder<unknown> => sql`
  select own.*, coalesce(own."ownDueOn", owed.due_on) as "dueOn" from (
  select 'review' as kind, review_id as id, case_no as "caseNo", authority as organ, decision_no as "decisionNo", status, null::boolean as "afterReview", 'original' as role,
    received_on as "receivedOn", due_on as "ownDueOn", hearing_on as "hearingOn", result, decided_on as "endedOn", handler
    from review_case where body_id = ${bodyId}
  union all
  select 'litigation', litigation_id, case_no, court, decision_no, status, after_review, role, received_on, due_on, hearing_on, result, effective_on, handler
    from litigation_case where body_id = ${bodyId}) own
  left join (select case_id, min(due_on) as due_on from dispute_duty where body_id = ${bodyId} and done_on is null and dropped_on is null group by case_id) owed on owed.case_id = own.id`

function conditionsOf({ group, pending, column, resultMap, dueBefore, receivedFrom, receivedTo, text }: CaseFilter): RawBuilder<unknown> {
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (group === 'review') where.push(sql`kind = 'review'`)
  if (group === 'direct') where.push(sql`"afterReview" = false`)
  if (group === 'after-review') where.push(sql`"afterReview"`)
  if (pending !== undefined) where.push(pending ? sql`"endedOn" is null` : sql`"endedOn" is not null`)
  if (column !== undefined) where.push(sql`(kind, result) in (${sql.join(resultPairs(column, resultMap))})`)
  if (dueBefore !== undefined) where.push(sql`"dueOn" < ${dueBefore}::date`)
  if (receivedFrom !== undefined) where.push(sql`"receivedOn" >= ${receivedFrom}::date`)
  if (receivedTo !== undefined) where.push(sql`"receivedOn" <= ${receivedTo}::date`)
  if (text !== undefined && text !== '') where.push(sql`(strpos("caseNo", ${text}) > 0 or strpos(coalesce("decisionNo", ''), ${text}) > 0)`)
  return sql.join(where, sql` and `)
}

const resultPairs = (column: ResultColumn, map: ResultMap): RawBuilder<unknown>[] =>
  ([['review', REVIEW_RESULTS], ['litigation', LITIGATION_RESULTS]] as const).flatMap(([kind, results]) =>
    Object.entries(results).flatMap(([key, result]) => (columnOf(result, map) === column ? [sql`(${kind}::text, ${key}::text)`] : [])),
  )

/** 一页案件。 */
export async function listCases(tx: Tx, filter: CaseFilter, { sort, descending, limit, offset }: { sort: CaseSort; descending: boolean; limit: number; offset: number }): Promise<CaseRow[]> {
  const direction = descending ? sql`desc` : sql`asc`
  const { rows } = await sql<Listed>`select * from (${casesOf(filter.bodyId)}) cases where ${conditionsOf(filter)}
    order by ${COLUMNS[sort]} ${direction}, "endedOn" is not null, "receivedOn" desc, id limit ${Math.min(limit, 1000)} offset ${offset}`.execute(tx)
  return withOwed(tx, filter.bodyId, rows)
}

type Listed = Omit<CaseRow, 'owes'> & { ownDueOn: PlainDate | null }

// 重新答复的以那一件申请为准：没有另定期限的看它的期限，发出了的不再算欠着，不等夜里记下
async function withOwed(tx: Tx, bodyId: string, rows: readonly Listed[]): Promise<CaseRow[]> {
  const ids = rows.flatMap(({ id, ownDueOn }) => (ownDueOn === null ? [id] : []))
  const { rows: duties } = await sql<{ caseId: string; dueOn: PlainDate | null; applicationId: string | null; doneOn: null }>`
    select case_id as "caseId", due_on as "dueOn", application_id as "applicationId", null as "doneOn" from dispute_duty
    where body_id = ${bodyId} and case_id = any(${ids}::uuid[]) and done_on is null and dropped_on is null`.execute(tx)
  const answers = await answersOf(tx, bodyId, duties.map(({ applicationId }) => applicationId))
  const owed = new Map<string, PlainDate[]>()
  for (const duty of duties) {
    const { dueOn, doneOn } = stateOf(duty, answers, NEVER_LATE)
    owed.set(duty.caseId, [...(owed.get(duty.caseId) ?? []), ...(doneOn === null && dueOn !== null ? [dueOn] : [])])
  }
  return rows.map((row) => {
    const days = owed.get(row.id)
    if (days === undefined) return { ...row, owes: false }
    const dueOn = days.toSorted()[0] ?? null
    return { ...row, dueOn, owes: dueOn !== null }
  })
}

// 逾期与否由列表照所见之日另判
const NEVER_LATE: PlainDate = '0001-01-01'

export async function countCases(tx: Tx, filter: CaseFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${casesOf(filter.bodyId)}) cases where ${conditionsOf(filter)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 尚未审结的几件，与其中有期限已过的没有；供左栏。 */
export async function countPending(tx: Tx, bodyId: string, today: PlainDate): Promise<{ pending: number; late: boolean }> {
  const { rows } = await sql<{ pending: number; late: boolean | null }>`select count(*) as pending, bool_or(due_on < ${today}::date) as late from (
    select due_on from review_case where body_id = ${bodyId} and decided_on is null
    union all select due_on from litigation_case where body_id = ${bodyId} and effective_on is null) open`.execute(tx)
  return { pending: rows[0]?.pending ?? 0, late: rows[0]?.late === true }
}
