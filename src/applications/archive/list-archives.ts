import './tables.ts'
import '../tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { Status } from '../application.ts'
import type { ArchiveState, Retention } from './tables.ts'

/** 列表的几面：待归档、已归档、期满待鉴定、销毁清册。 */
export type ArchiveView = 'waiting' | 'kept' | 'due' | 'destroyed'

/** 一行；还没有做过档案包的，后几项为 null。 */
export interface ArchiveRow {
  caseId: string
  regNo: string
  content: string
  status: Status
  outcome: Outcome | null
  docNo: string | null
  decidedOn: PlainDate | null
  servedOn: PlainDate | null
  state: ArchiveState | null
  done: number | null
  total: number | null
  archivedOn: PlainDate | null
  retention: Retention | null
  retainUntil: PlainDate | null
  size: number | null
  hash: string | null
  files: number | null
  traces: number | null
  heldBecause: string | null
  deidentifiedOn: PlainDate | null
  destroyBecause: string | null
  destroyedOn: PlainDate | null
}

export interface ArchiveFilter {
  bodyId: string
  view: ArchiveView
  /** 登记号的开头 */
  regNo?: string | undefined
  /** 归档之年；销毁清册为销毁之年 */
  year?: number | undefined
  /** 待归档的：只列该归档的，送达（作出决定）不晚于此日 */
  settledBy?: PlainDate | undefined
  state?: 'failed' | 'held' | 'traces' | 'identified' | 'proposed' | undefined
  /** 期满的：期满不晚于此日 */
  dueBy: PlainDate
}

type Condition = RawBuilder<unknown>
const all = (conditions: readonly Condition[]): Condition => sql.join([...conditions], sql` and `)

const STATES: Readonly<Record<NonNullable<ArchiveFilter['state']>, Condition>> = {
  failed: sql`a.state = 'failed'`,
  held: sql`a.held_because is not null`,
  traces: sql`cardinality(a.traces) > 0`,
  identified: sql`a.deidentified_on is null`,
  proposed: sql`a.destroy_because is not null`,
}

const VIEWS: Readonly<Record<ArchiveView, (filter: ArchiveFilter) => Condition>> = {
  // 写成字面：通用计划才用得上部分索引；没有送达、没有决定的（撤回的）即可归档
  waiting: ({ settledBy }) => sql`p.status in ('served', 'closed', 'withdrawn')${settledBy === undefined ? sql`` : sql` and coalesce(p.served_on, p.decided_on, date '0001-01-01') <= ${settledBy}::date`}`,
  kept: () => sql`a.archived_on is not null and a.state <> 'destroyed'`,
  due: ({ dueBy }) => sql`a.retain_until is not null and a.state <> 'destroyed' and a.retain_until <= ${dueBy}::date`,
  destroyed: () => sql`a.state = 'destroyed'`,
}

function conditionsOf(filter: ArchiveFilter): Condition[] {
  const { bodyId, view, regNo, year, state } = filter
  const day = view === 'destroyed' ? sql`a.destroyed_on` : sql`a.archived_on`
  return [
    sql`p.body_id = ${bodyId}`,
    ...(view === 'waiting' ? [] : [sql`a.body_id = ${bodyId}`]),
    VIEWS[view](filter),
    ...(regNo === undefined || regNo === '' ? [] : [sql`p.reg_no >= ${regNo} and p.reg_no < ${`${regNo}\u{10ffff}`}`]),
    ...(year === undefined || view === 'waiting' ? [] : [sql`${day} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`]),
    ...(state === undefined || view === 'waiting' ? [] : [STATES[state]]),
  ]
}

const from = (view: ArchiveView): Condition =>
  view === 'waiting'
    ? sql`application p left join application_archive a on a.body_id = p.body_id and a.case_id = p.case_id`
    : sql`application_archive a join application p on p.body_id = a.body_id and p.case_id = a.case_id`

/** 各面的次序：待归档的先登记的在前，已归档的新归档的在前，期满的先期满的在前。 */
const ORDERS: Readonly<Record<ArchiveView, { day: Condition | null; id: Condition; descending: boolean }>> = {
  waiting: { day: null, id: sql`p.case_id`, descending: false },
  kept: { day: sql`a.archived_on`, id: sql`a.case_id`, descending: true },
  due: { day: sql`a.retain_until`, id: sql`a.case_id`, descending: false },
  destroyed: { day: sql`a.destroyed_on`, id: sql`a.case_id`, descending: true },
}

const MOST = 200

/** 一页；`next` 为下一页的 `after`，没有了则 null。 */
export async function listArchives(tx: Tx, filter: ArchiveFilter, { after, limit }: { after: string | null; limit: number }): Promise<{ rows: ArchiveRow[]; next: string | null }> {
  const most = Math.min(Math.max(limit, 1), MOST)
  const { day, id, descending } = ORDERS[filter.view]
  const where = conditionsOf(filter)
  const cursor = /^(\d{4}-\d\d-\d\d|)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after ?? '')
  const beyond = descending ? sql`<` : sql`>`
  if (cursor !== null && day === null) where.push(sql`${id} ${beyond} ${cursor[2]}::uuid`)
  if (cursor !== null && day !== null && cursor[1] !== '') where.push(sql`(${day}, ${id}) ${beyond} (${cursor[1]}::date, ${cursor[2]}::uuid)`)
  const direction = descending ? sql`desc` : sql`asc`
  const order = day === null ? sql`${id} ${direction}` : sql`${day} ${direction}, ${id} ${direction}`
  const { rows } = await sql<ArchiveRow & { day: string }>`
    select p.case_id as "caseId", p.reg_no as "regNo", p.content, p.status, p.outcome, p.doc_no as "docNo", p.decided_on as "decidedOn", p.served_on as "servedOn",
      a.state, a.done, a.total, a.archived_on as "archivedOn", a.retention, a.retain_until as "retainUntil", a.size, a.hash, a.files, cardinality(a.traces) as traces,
      a.held_because as "heldBecause", a.deidentified_on as "deidentifiedOn", a.destroy_because as "destroyBecause", a.destroyed_on as "destroyedOn", coalesce(${day ?? sql`null`}::text, '') as day
    from ${from(filter.view)} where ${all(where)} order by ${order} limit ${most + 1}`.execute(tx)
  const shown = rows.slice(0, most)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > most && last !== undefined ? `${last.day}~${last.caseId}` : null }
}

/** 合条件的件数，数到一万为止。 */
export async function countArchives(tx: Tx, filter: ArchiveFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from ${from(filter.view)} where ${all(conditionsOf(filter))} limit 10000) counted`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 正在做的：几件、其中的文件做了几份。 */
export async function countBuilding(tx: Tx, bodyId: string): Promise<{ cases: number; done: number; total: number }> {
  const { rows } = await sql<{ cases: number; done: number; total: number }>`
    select count(*) as cases, coalesce(sum(done), 0)::bigint as done, coalesce(sum(total), 0)::bigint as total from application_archive
    where body_id = ${bodyId} and state in ('waiting', 'building')`.execute(tx)
  return rows[0] ?? { cases: 0, done: 0, total: 0 }
}

/** 归档了而没有包的、做包之后又有更正的，至多若干件；每日补做。 */
export async function listUnpacked(tx: Tx, bodyId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ case_id: string }>`
    select p.case_id from application p left join application_archive a on a.body_id = p.body_id and a.case_id = p.case_id
    where p.body_id = ${bodyId} and p.status = 'archived' and (a.case_id is null or a.preview or a.state = 'failed'
      or (a.state = 'kept' and a.case_version < p.version and a.deidentified_on is null))
    order by p.case_id limit ${limit}`.execute(tx)
  return rows.map((row) => row.case_id)
}

/** 到了去标识化之日的，一页；先归档的在前。 */
export async function listIdentified(tx: Tx, bodyId: string, archivedBy: PlainDate, { after, limit }: { after: { on: PlainDate; caseId: string } | null; limit: number }): Promise<{ caseId: string; on: PlainDate }[]> {
  const beyond = after === null ? sql`` : sql` and (archived_on, case_id) > (${after.on}::date, ${after.caseId}::uuid)`
  const { rows } = await sql<{ caseId: string; on: PlainDate }>`
    select case_id as "caseId", archived_on as "on" from application_archive
    where body_id = ${bodyId} and archived_on is not null and deidentified_on is null and archived_on <= ${archivedBy}::date and state = 'kept'${beyond}
    order by archived_on, case_id limit ${limit}`.execute(tx)
  return rows
}
