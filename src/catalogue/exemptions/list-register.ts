import './tables.ts'
import '../tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { addCalendarMonths, yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ExemptionCode } from '../exemptions.ts'

/** 登记簿的一行。 */
export interface RegisterEntry {
  itemId: string
  indexNo: string
  title: string
  docNo: string | null
  formedOn: PlainDate
  attribute: 'on-request' | 'exempt'
  exemption: ExemptionCode | null
  reason: string | null
  determinedOn: PlainDate
  reassessedOn: PlainDate | null
  assessedFrom: PlainDate
  /** 提出了评估、等另一人审定 */
  proposed: boolean
}

export interface RegisterFilter {
  bodyId: string
  /** 标题、文号、索引号中的片段 */
  text?: string
  attribute?: 'on-request' | 'exempt'
  exemption?: ExemptionCode
  /** 到了该评估的日子：自此日（含）以前定属性或者评估的 */
  assessedBy?: PlainDate
  proposed?: boolean
}

/** 到今日该评估的，是自哪一日以前评估的；`months` 为周期。 */
export function assessedByFor(today: PlainDate, months: number): PlainDate {
  // 月末的日子往回算会早一两日，逐日试到下次评估之日不早于今日的为止
  let day = addCalendarMonths(today, -months)
  for (let n = 0; n < 4; n++) {
    const next = shift(day)
    if (addCalendarMonths(next, months) > today) break
    day = next
  }
  return day
}
const shift = (day: PlainDate): PlainDate => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export const nextAssessment = (assessedFrom: PlainDate, months: number): PlainDate => addCalendarMonths(assessedFrom, months)

type Condition = RawBuilder<unknown>

function conditionsOf({ bodyId, text, attribute, exemption, assessedBy, proposed }: RegisterFilter): Condition {
  const like = text === undefined || text === '' ? null : `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const pending = sql`exists (select 1 from exemption_assessment a where a.body_id = r.body_id and a.item_id = r.item_id and a.state = 'proposed')`
  const all = [
    sql`r.body_id = ${bodyId}`,
    ...(like === null ? [] : [sql`(i.title ilike ${like} or i.doc_no ilike ${like} or i.index_no ilike ${like})`]),
    ...(attribute === undefined ? [] : [sql`r.attribute = ${attribute}`]),
    ...(exemption === undefined ? [] : [sql`r.exemption = ${exemption}`]),
    ...(assessedBy === undefined ? [] : [sql`r.assessed_from <= ${assessedBy}::date`]),
    ...(proposed === undefined ? [] : [proposed ? pending : sql`not ${pending}`]),
  ]
  return sql.join(all, sql` and `)
}

const FROM = sql`exemption_register r join info_item i on i.body_id = r.body_id and i.item_id = r.item_id`

/** 一页，先到该评估之日的在前（或在后）。 */
export async function listRegister(tx: Tx, filter: RegisterFilter, { limit, offset, descending = false }: { limit: number; offset: number; descending?: boolean }): Promise<RegisterEntry[]> {
  const { rows } = await sql<RegisterEntry>`
    select r.item_id as "itemId", i.index_no as "indexNo", i.title, i.doc_no as "docNo", i.formed_on as "formedOn", r.attribute, r.exemption, r.reason,
      r.determined_on as "determinedOn", r.reassessed_on as "reassessedOn", r.assessed_from as "assessedFrom",
      exists (select 1 from exemption_assessment a where a.body_id = r.body_id and a.item_id = r.item_id and a.state = 'proposed') as proposed
    from ${FROM} where ${conditionsOf(filter)}
    order by r.assessed_from ${descending ? sql`desc` : sql`asc`}, r.item_id limit ${Math.min(limit, 500)} offset ${offset}`.execute(tx)
  return rows
}

export async function countRegister(tx: Tx, filter: RegisterFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${FROM} where ${conditionsOf(filter)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 登记簿里的一条；不在簿上的为 null。 */
export async function findRegisterEntry(tx: Tx, bodyId: string, itemId: string): Promise<Pick<RegisterEntry, 'attribute' | 'exemption' | 'reason' | 'determinedOn' | 'reassessedOn' | 'assessedFrom'> | null> {
  const row = await tx.selectFrom('exemption_register').selectAll().where('body_id', '=', bodyId).where('item_id', '=', itemId).executeTakeFirst()
  if (row === undefined) return null
  return { attribute: row.attribute, exemption: row.exemption, reason: row.reason, determinedOn: row.determined_on, reassessedOn: row.reassessed_on, assessedFrom: row.assessed_from }
}

/** 一年的评估：应评几件、已评几件、转公开几件。 */
export interface YearSummary {
  year: number
  owed: number
  assessed: number
  opened: number
}

/**
 * 一年的小结。应评的：这一年评了的、到这一年年底该评而后来才评的、至今没有评的；故应评不少于已评。
 */
export async function sumYear(tx: Tx, bodyId: string, year: number, months: number): Promise<YearSummary> {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const { rows } = await sql<{ assessed: number; opened: number; later: number; waiting: number }>`
    with done as (
      select item_id, bool_or(result = 'open') as opened from exemption_assessment
      where body_id = ${bodyId} and state = 'approved' and decided_on between ${from}::date and ${to}::date group by item_id)
    select (select count(*) from done) as assessed, (select count(*) from done where opened) as opened,
      (select count(distinct a.item_id) from exemption_assessment a where a.body_id = ${bodyId} and a.state = 'approved' and a.decided_on > ${to}::date and a.due_on <= ${to}::date
        and not exists (select 1 from done where done.item_id = a.item_id)) as later,
      (select count(*) from exemption_register r where r.body_id = ${bodyId} and r.assessed_from <= ${assessedByFor(to, months)}::date
        and not exists (select 1 from done where done.item_id = r.item_id)
        and not exists (select 1 from exemption_assessment a where a.body_id = r.body_id and a.item_id = r.item_id and a.state = 'approved' and a.decided_on > ${to}::date and a.due_on <= ${to}::date)) as waiting
    `.execute(tx)
  const { assessed = 0, opened = 0, later = 0, waiting = 0 } = rows[0] ?? {}
  return { year, owed: assessed + later + waiting, assessed, opened }
}

/** 评估过的年度，由近及远，连同今年。 */
export async function listAssessedYears(tx: Tx, bodyId: string, today: PlainDate): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct extract(year from decided_on)::int as year from exemption_assessment where body_id = ${bodyId} and state = 'approved' order by year desc limit 30`.execute(tx)
  return [...new Set([yearOf(today), ...rows.map((row) => row.year)])]
}
