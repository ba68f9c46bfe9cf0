import './tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { LATE_REPLY } from './late-reply.ts'

/** 逐日件数的一种：收到、办结（报告第三项各类，如 `R3.1`）、答复逾期。 */
type TallyGroup = 'R1' | 'R3.1' | 'R3.2' | 'R3.3' | 'R3.4' | 'R3.5' | 'R3.6' | 'late'

interface CaseRef {
  bodyId: string
  caseId: string
}

/** 若干件在逐日件数里记的各笔；只此一处定义，随办随记、重数、核对都用它。 */
const marksOf = (which: RawBuilder<unknown>) => sql`
  select body_id, received_on as on_day, 'R1' as what from application where ${which} and counted and not redo_uncounted and received_on is not null
  union all select body_id, decided_on, report_row from application where ${which} and counted and not redo_uncounted and decided_on is not null and report_row is not null
  union all select body_id, decided_on, 'late' from application where ${which} and counted and not redo_uncounted and ${LATE_REPLY}`

const among = (cases: readonly CaseRef[]) =>
  sql`(body_id, case_id) in (select * from unnest(${cases.map(({ bodyId }) => bodyId)}::uuid[], ${cases.map(({ caseId }) => caseId)}::uuid[]))`

interface Mark {
  body_id: string
  on_day: PlainDate
  what: string
  n: number
}

/** 改动之前，这些件记着的各笔；刷新列表行之前调用。 */
export async function readMarks(tx: Tx, cases: readonly CaseRef[]): Promise<Mark[]> {
  if (cases.length === 0) return []
  const { rows } = await sql<Mark>`select body_id, on_day, what, count(*) as n from (${marksOf(among(cases))}) marked group by 1, 2, 3`.execute(tx)
  return rows
}

/** 列表行刷新之后，记下与之前的差；没有变的一笔也不记。只插入，不与别人争同一行。 */
export async function tallyChanges(tx: Tx, cases: readonly CaseRef[], before: readonly Mark[]): Promise<void> {
  if (cases.length === 0) return
  await sql`insert into application_tally (body_id, on_day, what, tally_id, n)
    select body_id, on_day, what, ${newId()}::uuid, sum(n) from (
      select body_id, on_day, what, 1 as n from (${marksOf(among(cases))}) marked
      union all select body_id, on_day, what, -n from json_populate_recordset(null::application_tally, ${JSON.stringify(before)}::json)
    ) moved group by body_id, on_day, what having sum(n) <> 0`.execute(tx)
}

const SETTLED = sql`'00000000-0000-0000-0000-000000000000'::uuid`

/** 把一机构零散的各笔并入每日的一笔，和不变；可以重办。返回并了几笔。 */
export async function settleTallies(tx: Tx, bodyId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with loose as (delete from application_tally where body_id = ${bodyId} and tally_id <> ${SETTLED} returning on_day, what, n),
    settled as (
      insert into application_tally (body_id, on_day, what, tally_id, n)
      select ${bodyId}, on_day, what, ${SETTLED}, sum(n) from loose group by on_day, what
      on conflict (body_id, on_day, what, tally_id) do update set n = application_tally.n + excluded.n
    )
    select count(*) as n from loose`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 由列表行重新数出一机构的逐日件数；绕过办理直接写入列表行的（量速度所灌）之后用。 */
export async function recountTallies(tx: Tx, bodyId: string): Promise<void> {
  await sql`delete from application_tally where body_id = ${bodyId}`.execute(tx)
  await sql`insert into application_tally (body_id, on_day, what, tally_id, n)
    select body_id, on_day, what, ${SETTLED}, count(*) from (${marksOf(sql`body_id = ${bodyId}`)}) marked group by 1, 2, 3`.execute(tx)
}

/** 逐日件数与列表行不符的日子，至多二十处；相符的为空。 */
export async function listTallyFaults(tx: Tx, bodyId: string): Promise<{ on: PlainDate; what: string; off: number }[]> {
  const { rows } = await sql<{ on: PlainDate; what: string; off: number }>`
    select on_day as "on", what, sum(n) as off from (
      select on_day, what, n from application_tally where body_id = ${bodyId}
      union all select on_day, what, -1 from (${marksOf(sql`body_id = ${bodyId}`)}) marked
    ) both_sides group by 1, 2 having sum(n) <> 0 order by 1, 2 limit 20`.execute(tx)
  return rows
}

interface TallyScope {
  bodyIds: readonly string[]
  /** 两头都在内 */
  from: PlainDate
  to: PlainDate
}

const within = ({ bodyIds, from, to }: TallyScope) => sql`body_id = any(${[...bodyIds]}::uuid[]) and on_day between ${from}::date and ${to}::date`

/**
 * 各机构一段日子里的件数。只读逐日件数的索引：一机构一日一种一行，与有多少件申请无关。
 * m 个机构 d 日至多 m × d × 23 行，实际上每件申请至多三行。
 */
export async function sumTallies(tx: Tx, scope: TallyScope): Promise<{ bodyId: string; what: TallyGroup; n: number }[]> {
  const { rows } = await sql<{ bodyId: string; what: TallyGroup; n: number }>`
    select body_id as "bodyId", left(what, 4) as what, sum(n) as n from application_tally where ${within(scope)} group by 1, 2`.execute(tx)
  return rows
}

/** 这些机构合计，一年之内逐月（1 至 12）的收到 `R1` 与办结 `R3` 件数。 */
export async function sumTalliesByMonth(tx: Tx, scope: TallyScope): Promise<{ month: number; what: 'R1' | 'R3'; n: number }[]> {
  const { rows } = await sql<{ month: number; what: 'R1' | 'R3'; n: number }>`
    select extract(month from on_day)::int as month, left(what, 2) as what, sum(n) as n from application_tally where ${within(scope)} and what <> 'late' group by 1, 2 order by 1`.execute(tx)
  return rows
}

/** 各机构此刻在办的、其中逾期的；各走一个只含未决的索引。 */
export async function countOpenByBody(tx: Tx, bodyIds: readonly string[], today: PlainDate): Promise<Map<string, { open: number; overdue: number }>> {
  const { rows } = await sql<{ bodyId: string; open: number; overdue: number }>`
    select asked.body_id as "bodyId",
      (select count(*) from application where body_id = asked.body_id and counted and decided_on is null) as open,
      (select count(*) from application where body_id = asked.body_id and counted and decided_on is null and due_on < ${today}::date) as overdue
    from unnest(${[...bodyIds]}::uuid[]) as asked (body_id)`.execute(tx)
  return new Map(rows.map(({ bodyId, ...counts }) => [bodyId, counts]))
}
