import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export interface Notice {
  noticeId: string
  title: string
  note: string
  href: string
  at: Date
  readAt: Date | null
}

/** 某人在某机关的通知。 */
export interface Inbox {
  bodyId: string
  accountId: string
}

export interface NoticeFilter extends Inbox {
  /** 只列未读 */
  unread: boolean
  /** 标题、说明中的片段 */
  text?: string
}

const whereOf = ({ bodyId, accountId, unread, text = '' }: NoticeFilter) => {
  const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const found = text === '' ? sql`true` : sql`(title ilike ${like} or note ilike ${like})`
  return sql`body_id = ${bodyId} and account_id = ${accountId} and ${unread ? sql`read_at is null` : sql`true`} and ${found}`
}

/** 一页通知，新的在前；`after` 为上一页末条的 id。 */
export async function listNotices(tx: Tx, filter: NoticeFilter, { after = null, limit = 50 }: { after?: string | null; limit?: number } = {}): Promise<{ rows: Notice[]; next: string | null }> {
  const older = after === null ? sql`true` : sql`notice_id < ${after}::uuid`
  const size = Math.min(limit, 200)
  const { rows } = await sql<Notice>`select notice_id as "noticeId", title, note, href, at, read_at as "readAt" from notice
    where ${whereOf(filter)} and ${older} order by notice_id desc limit ${size + 1}`.execute(tx)
  const shown = rows.slice(0, size)
  return { rows: shown, next: rows.length > size ? (shown.at(-1)?.noticeId ?? null) : null }
}

const COUNTED = 1000

/** 合条件的条数，数到一千为止。 */
export async function countNotices(tx: Tx, filter: NoticeFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select from notice where ${whereOf(filter)} limit ${COUNTED}) counted`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 未读几条；左栏每页都要，只读索引。 */
export const countUnread = (tx: Tx, inbox: Inbox): Promise<number> => countNotices(tx, { ...inbox, unread: true })

/** 标为已读；返回去处，不是此人的为 null。 */
export async function readNotice(tx: Tx, { bodyId, accountId, noticeId }: Inbox & { noticeId: string }, at: Date): Promise<{ href: string } | null> {
  const { rows } = await sql<{ href: string }>`update notice set read_at = coalesce(read_at, ${at})
    where body_id = ${bodyId} and notice_id = ${noticeId} and account_id = ${accountId} returning href`.execute(tx)
  return rows[0] ?? null
}

/** 全部标为已读：只到看见的那一条为止，其后新来的不算看过。返回几条。 */
export async function readAllNotices(tx: Tx, { bodyId, accountId }: Inbox, upTo: string, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`update notice set read_at = ${at}
    where body_id = ${bodyId} and account_id = ${accountId} and read_at is null and notice_id <= ${upTo}::uuid`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

/** 某人在别的机关还有几条未读，供提示换机关去看。 */
export async function listUnreadElsewhere(tx: Tx, accountId: string, bodyIds: readonly string[]): Promise<Map<string, number>> {
  if (bodyIds.length === 0) return new Map()
  const { rows } = await sql<{ bodyId: string; n: number }>`select body_id as "bodyId", count(*) as n from notice
    where body_id = any(${[...bodyIds]}::uuid[]) and account_id = ${accountId} and read_at is null group by body_id`.execute(tx)
  return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
}

/** 删去看过而满半年的、满一年的，一次至多五千条；返回删去几条。 */
export async function purgeNotices(tx: Tx, now: Date): Promise<number> {
  const before = (days: number): Date => new Date(now.getTime() - days * 24 * 3600 * 1000)
  const { numAffectedRows } = await sql`delete from notice where (body_id, notice_id) in (
    select body_id, notice_id from notice where at < ${before(180)} and (read_at is not null or at < ${before(365)}) order by at limit 5000)`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}
