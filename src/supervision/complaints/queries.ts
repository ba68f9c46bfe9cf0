import './tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { RecordViewer } from '../../platform/record-source.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Basis, Channel, Matter, Outcome, Rating, Status } from './complaint.ts'
import { notBarred } from './viewer.ts'

/** 列表上的一件；没有反映人、没有所写的话。 */
export interface ComplaintRow {
  complaintId: string
  regNo: string
  status: Status
  channel: Channel
  basis: Basis
  matter: Matter
  anonymous: boolean
  aboutBodyId: string
  receivedOn: PlainDate
  dueOn: PlainDate | null
  handler: string | null
  /** 最近一次查办之日 */
  foundOn: PlainDate | null
  draftedOn: PlainDate | null
  draftedBy: string | null
  outcome: Outcome | null
  decidedOn: PlainDate | null
  answeredOn: PlainDate | null
  rating: Rating | null
  barred: readonly string[]
}

export interface ComplaintFilter {
  bodyId: string
  /** 看的人：须回避的看不到；不写即不筛（任务、统计） */
  viewer?: RecordViewer
  statuses?: readonly Status[]
  matter?: Matter
  basis?: Basis
  channel?: Channel
  outcome?: Outcome
  aboutBodyId?: string
  handler?: string
  /** 到期日早于这一日而还没有答复的 */
  dueBefore?: PlainDate
  /** 不早于这一日收到的 */
  receivedFrom?: PlainDate
  receivedTo?: PlainDate
  /** 登记号的开头 */
  regNo?: string
}

export const COMPLAINT_SORTS = { dueOn: 'due_on', receivedOn: 'received_on', regNo: 'reg_no' } as const
export type ComplaintSort = keyof typeof COMPLAINT_SORTS

const COLUMNS = sql`complaint_id as "complaintId", reg_no as "regNo", status, channel, basis, matter, anonymous, about_body_id as "aboutBodyId", received_on as "receivedOn",
  due_on as "dueOn", handler, found_on as "foundOn", drafted_on as "draftedOn", drafted_by as "draftedBy", outcome, decided_on as "decidedOn", answered_on as "answeredOn", rating, barred`
/** 期限还在走的；写成字面，通用计划才用得上部分索引。 */
export const RUNNING = sql`status in ('registered', 'accepted', 'asked', 'decided')`

function whereOf(filter: ComplaintFilter): RawBuilder<unknown> {
  const where: RawBuilder<unknown>[] = [sql`body_id = ${filter.bodyId}`]
  const add = (value: string | undefined, condition: (value: string) => RawBuilder<unknown>): void => {
    if (value !== undefined && value !== '') where.push(condition(value))
  }
  if (filter.viewer !== undefined) where.push(notBarred(filter.viewer))
  if (filter.statuses !== undefined) where.push(sql`status in (${sql.join(filter.statuses.map((status) => sql.lit(status)))})`)
  add(filter.matter, (v) => sql`matter = ${v}`)
  add(filter.basis, (v) => sql`basis = ${v}`)
  add(filter.channel, (v) => sql`channel = ${v}`)
  add(filter.outcome, (v) => sql`outcome = ${v}`)
  add(filter.aboutBodyId, (v) => sql`about_body_id = ${v}::uuid`)
  add(filter.handler, (v) => sql`handler = ${v}::uuid`)
  add(filter.dueBefore, (v) => sql`${RUNNING} and due_on < ${v}::date`)
  add(filter.receivedFrom, (v) => sql`received_on >= ${v}::date`)
  add(filter.receivedTo, (v) => sql`received_on <= ${v}::date`)
  add(filter.regNo, (v) => sql`reg_no >= ${v} and reg_no < ${`${v}\u{10ffff}`}`)
  return sql.join(where, sql` and `)
}

/** 一页，至多二百件；没有期限的排在最后。 */
export async function listComplaints(tx: Tx, filter: ComplaintFilter, { sort, descending, limit, offset = 0 }: { sort: ComplaintSort; descending: boolean; limit: number; offset?: number }): Promise<ComplaintRow[]> {
  // 只有期限会空；别的列照索引的次序，倒着看也走得了
  const direction = descending ? (sort === 'dueOn' ? sql`desc nulls last` : sql`desc`) : sql`asc`
  const { rows } = await sql<ComplaintRow>`select ${COLUMNS} from complaint where ${whereOf(filter)}
    order by ${sql.ref(COMPLAINT_SORTS[sort])} ${direction}, complaint_id ${descending ? sql`desc` : sql`asc`} limit ${Math.min(limit, 200)} offset ${offset}`.execute(tx)
  return rows
}

/** 合条件的件数，数到一万为止。 */
export async function countListed(tx: Tx, filter: ComplaintFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select from complaint where ${whereOf(filter)} limit 10000) counted`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 各机关一段日子里收到、归其办理的件数；不数看的人须回避的，与列表所见相同。 */
export async function countReceivedByBody(tx: Tx, { bodyIds, viewer, from, to }: { bodyIds: readonly string[]; viewer: RecordViewer; from: PlainDate; to: PlainDate }): Promise<Map<string, number>> {
  const { rows } = await sql<{ bodyId: string; n: number }>`select body_id as "bodyId", count(*) as n from complaint
    where body_id = any(${[...bodyIds]}::uuid[]) and received_on between ${from}::date and ${to}::date and ${notBarred(viewer)} group by 1`.execute(tx)
  return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
}
