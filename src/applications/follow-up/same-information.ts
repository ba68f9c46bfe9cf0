import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Status } from '../application.ts'

/** 何以建议主动公开（条例第四十四条）。 */
export const BECAUSE = { interest: '涉及公众利益调整', awareness: '需要公众广泛知晓', participation: '需要公众参与决策' } as const
export type Because = keyof typeof BECAUSE
export const isBecause = (text: string): text is Because => Object.hasOwn(BECAUSE, text)

/** 可以公开的结果：全部或者部分给了申请人的。 */
export const OPEN_OUTCOMES: readonly Outcome[] = ['GRANTED', 'PARTIAL']
/** 几位不同的申请人要同一信息，即提示转为主动公开。 */
export const ENOUGH = 2

export interface GroupedCase {
  caseId: string
  regNo: string
  status: Status
  content: string
  outcome: Outcome | null
  suggestedOn: PlainDate | null
  suggestedBecause: Because | null
}

/** 申请同一信息的各件，与怎样处理的。 */
export interface SameInformation {
  groupId: string
  /** 不同的申请人 */
  applicants: number
  cases: readonly GroupedCase[]
  itemId: string | null
  declinedReason: string | null
  settledOn: PlainDate | null
}

const MOST_CASES = 200

/** 这一件所在的组；没有归组的为 null。至多列二百件。 */
export async function findSameInformation(tx: Tx, bodyId: string, caseId: string): Promise<SameInformation | null> {
  const group = await tx
    .selectFrom('same_information_case as c')
    .innerJoin('same_information as g', (join) => join.onRef('g.body_id', '=', 'c.body_id').onRef('g.group_id', '=', 'c.group_id'))
    .select(['g.group_id as groupId', 'g.applicants', 'g.item_id as itemId', 'g.declined_reason as declinedReason', 'g.settled_on as settledOn'])
    .where('c.body_id', '=', bodyId)
    .where('c.case_id', '=', caseId)
    .executeTakeFirst()
  if (group === undefined) return null
  const cases = await tx
    .selectFrom('same_information_case as c')
    .innerJoin('application as a', (join) => join.onRef('a.body_id', '=', 'c.body_id').onRef('a.case_id', '=', 'c.case_id'))
    .select(['a.case_id as caseId', 'a.reg_no as regNo', 'a.status', 'a.content', 'a.outcome', 'c.suggested_on as suggestedOn', 'c.suggested_because as suggestedBecause'])
    .where('c.body_id', '=', bodyId)
    .where('c.group_id', '=', group.groupId)
    .orderBy('c.case_id')
    .limit(MOST_CASES)
    .execute()
  return { ...group, cases }
}

/** 可以转为主动公开吗：尚未处理，有一件公开了，且两位以上的申请人要过，或者申请人建议过。 */
export const isPromotable = (group: SameInformation): boolean =>
  group.settledOn === null &&
  group.cases.some(({ outcome }) => outcome !== null && OPEN_OUTCOMES.includes(outcome)) &&
  (group.applicants >= ENOUGH || group.cases.some(({ suggestedOn }) => suggestedOn !== null))

/** 内容相同（不计空白）而不在这一组的各件，至多二十件；作废的、拆分了的不列。 */
export async function listSameContent(tx: Tx, bodyId: string, caseId: string): Promise<GroupedCase[]> {
  const { rows } = await sql<GroupedCase>`
    with this as (select content from application where body_id = ${bodyId} and case_id = ${caseId})
    select a.case_id as "caseId", a.reg_no as "regNo", a.status, a.content, a.outcome, null as "suggestedOn", null as "suggestedBecause"
    from application a, this
    where a.body_id = ${bodyId} and a.case_id <> ${caseId} and a.status not in ('split', 'voided')
      and md5(regexp_replace(a.content, '\\s+', '', 'g')) = md5(regexp_replace(this.content, '\\s+', '', 'g'))
      and not exists (
        select from same_information_case mine join same_information_case other on other.body_id = mine.body_id and other.group_id = mine.group_id
        where mine.body_id = ${bodyId} and mine.case_id = ${caseId} and other.case_id = a.case_id)
    order by a.case_id desc limit 20`.execute(tx)
  return rows
}

/** 重数一组里不同的申请人：有证件号码的按号码，没有的按姓名〔待核〕；两样都没有的不算。 */
export async function recountApplicants(tx: Tx, bodyId: string, groupId: string, at: Date): Promise<void> {
  await sql`
    with people as (
      select distinct p.id_hash, p.name_hash from same_information_case c
      join application a on a.body_id = c.body_id and a.case_id = c.case_id
      join applicant p on p.body_id = a.body_id and p.applicant_id = a.applicant_id
      where c.body_id = ${bodyId} and c.group_id = ${groupId} and a.status not in ('split', 'voided')),
    counted as (
      select (select count(distinct id_hash) from people)
        + (select count(distinct name_hash) from people one where id_hash is null
            and not exists (select from people known where known.id_hash is not null and known.name_hash = one.name_hash)) as n)
    update same_information set applicants = counted.n, updated_at = ${at} from counted where body_id = ${bodyId} and group_id = ${groupId}`.execute(tx)
}

/** 可以转为主动公开而尚未处理的各组，各取一件公开了的；至多 `limit` 组。 */
export async function listPromotable(tx: Tx, bodyId: string, limit: number): Promise<{ caseId: string; applicants: number; suggested: boolean }[]> {
  const { rows } = await sql<{ caseId: string; applicants: number; suggested: boolean }>`
    select g.applicants, one.case_id as "caseId", asked.yes as suggested
    from same_information g
    cross join lateral (
      select exists (select from same_information_case c where c.body_id = g.body_id and c.group_id = g.group_id and c.suggested_on is not null) as yes) asked
    join lateral (
      select a.case_id from same_information_case c join application a on a.body_id = c.body_id and a.case_id = c.case_id
      where c.body_id = g.body_id and c.group_id = g.group_id and a.outcome = any(${[...OPEN_OUTCOMES]}::text[])
      order by a.case_id limit 1) one on true
    where g.body_id = ${bodyId} and g.settled_on is null and (g.applicants >= ${ENOUGH} or asked.yes)
    order by g.group_id limit ${limit}`.execute(tx)
  return rows
}
