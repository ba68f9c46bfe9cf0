import './tables.ts'
import { sql } from 'kysely'
import type { FieldKeys } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { idHashOf, nameHashOf } from './applicants/applicant-store.ts'
import type { Status } from './application.ts'

/** 可能重复的一件：同一申请人同月所提的，或内容相同的。 */
export interface Duplicate {
  caseId: string
  regNo: string
  status: Status
  content: string
  receivedOn: PlainDate | null
  sameApplicant: boolean
  sameContent: boolean
}

const MOST = 20

/**
 * 登记之前查重：同一申请人（按证件号码，没有的按姓名）同一自然月内的，与内容相同（不计空白）的；至多二十件。
 * 是否重复、是否并案由人判断：逾期不补正后再提的不是重复申请。
 */
export async function findDuplicates(
  tx: Tx,
  keys: FieldKeys,
  { bodyId, name, idNo, content, on }: { bodyId: string; name: string; idNo: string | null; content: string; on: PlainDate },
): Promise<Duplicate[]> {
  const same = idNo === null ? sql`name_hash = ${nameHashOf(keys, name)}` : sql`id_hash = ${idHashOf(keys, idNo)}`
  const { rows } = await sql<Duplicate>`
    with person as (select applicant_id from applicant where body_id = ${bodyId} and ${same}),
    found as (
      select case_id from application where body_id = ${bodyId} and applicant_id in (select applicant_id from person)
        and coalesce(received_on, submitted_on) >= date_trunc('month', ${on}::date) and coalesce(received_on, submitted_on) < date_trunc('month', ${on}::date) + interval '1 month'
      union
      select case_id from application where body_id = ${bodyId} and md5(regexp_replace(content, '\\s+', '', 'g')) = md5(regexp_replace(${content}, '\\s+', '', 'g'))
    )
    select case_id as "caseId", reg_no as "regNo", status, content, received_on as "receivedOn",
      coalesce(applicant_id in (select applicant_id from person), false) as "sameApplicant",
      md5(regexp_replace(content, '\\s+', '', 'g')) = md5(regexp_replace(${content}, '\\s+', '', 'g')) as "sameContent"
    from application where body_id = ${bodyId} and case_id in (select case_id from found) and status not in ('split', 'voided')
    order by received_on desc nulls first, case_id desc limit ${MOST}`.execute(tx)
  return rows
}

/** 同一申请人（按证件号码，没有的按姓名）先收到、尚未答复、可以并入的各件；不知申请人的为空。至多二十件。 */
export async function listMergeable(tx: Tx, bodyId: string, caseId: string): Promise<{ caseId: string; regNo: string; content: string }[]> {
  const { rows } = await sql<{ caseId: string; regNo: string; content: string }>`
    with this as (select case_id, received_on, applicant_id from application where body_id = ${bodyId} and case_id = ${caseId}),
    person as (${samePerson(bodyId)})
    select o.case_id as "caseId", o.reg_no as "regNo", o.content from application o, this
    where o.body_id = ${bodyId} and o.applicant_id in (select applicant_id from person) and o.counted and o.decided_on is null
      and o.merged_into is null and o.status <> 'deciding' and o.redo_of is null and o.case_id <> this.case_id and o.received_on <= this.received_on
    order by o.received_on, o.case_id limit ${MOST}`.execute(tx)
  return rows
}

/** 与已登记的一件可能重复的：同一申请人在同一自然月内的，内容相同（不计空白）的；不含自己、同一份拆出的、已经并案的。至多二十件。 */
export async function listRelated(tx: Tx, bodyId: string, caseId: string): Promise<Duplicate[]> {
  const { rows } = await sql<Duplicate>`
    with this as (select case_id, coalesce(received_on, submitted_on) as day, content, applicant_id, split_from, merged_into, redo_of from application where body_id = ${bodyId} and case_id = ${caseId}),
    person as materialized (${samePerson(bodyId)}),
    found as (
      select o.case_id, true as same_person from application o, this where o.body_id = ${bodyId} and o.applicant_id in (select applicant_id from person)
        and coalesce(o.received_on, o.submitted_on) >= date_trunc('month', this.day) and coalesce(o.received_on, o.submitted_on) < date_trunc('month', this.day) + interval '1 month'
      union all
      (select o.case_id, false from application o where o.body_id = ${bodyId}
        and md5(regexp_replace(o.content, '\\s+', '', 'g')) = (select md5(regexp_replace(content, '\\s+', '', 'g')) from this) limit 200)
    ),
    each as (select case_id, bool_or(same_person) as same_person, bool_or(not same_person) as same_content from found group by case_id)
    select o.case_id as "caseId", o.reg_no as "regNo", o.status, o.content, o.received_on as "receivedOn",
      each.same_person or coalesce(o.applicant_id in (select applicant_id from person), false) as "sameApplicant", each.same_content as "sameContent"
    from application o join each on each.case_id = o.case_id cross join this
    where o.body_id = ${bodyId} and o.case_id <> ${caseId} and o.status not in ('split', 'voided')
      and o.split_from is distinct from ${caseId} and (this.split_from is null or o.split_from is distinct from this.split_from)
      and o.redo_of is distinct from ${caseId} and o.case_id is distinct from this.redo_of
      and o.merged_into is distinct from ${caseId} and o.case_id is distinct from this.merged_into
    order by o.received_on desc nulls first, o.case_id desc limit ${MOST}`.execute(tx)
  return rows
}

// `this` 那一件的申请人，在本机构登记过的每一次
// 分成两支，各走各的索引：写成一个 case 便要看遍本机构的申请人
const samePerson = (bodyId: string) => sql`
  select a.applicant_id from this join applicant mine on mine.body_id = ${bodyId} and mine.applicant_id = this.applicant_id
    join applicant a on a.body_id = ${bodyId} and a.id_hash = mine.id_hash
  union all
  select a.applicant_id from this join applicant mine on mine.body_id = ${bodyId} and mine.applicant_id = this.applicant_id and mine.id_hash is null
    join applicant a on a.body_id = ${bodyId} and a.name_hash = mine.name_hash`

/** 这件是同一申请人在收到之月的第几件（按收到之日、再按登记先后），收费按件试算用；不知申请人的为 1。 */
export async function rankInMonth(tx: Tx, bodyId: string, caseId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with this as (select case_id, received_on, applicant_id from application where body_id = ${bodyId} and case_id = ${caseId}),
    person as (${samePerson(bodyId)})
    select count(*) as n from application o, this where o.body_id = ${bodyId} and o.counted and o.redo_of is null and o.applicant_id in (select applicant_id from person)
      and o.received_on >= date_trunc('month', this.received_on) and (o.received_on, o.case_id) <= (this.received_on, this.case_id)`.execute(tx)
  return Math.max(1, rows[0]?.n ?? 1)
}
