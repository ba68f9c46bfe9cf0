import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { PENDING, lateSince } from './duties/board-queries.ts'
import { SUMMARY_KINDS } from './publication-codes.ts'
import type { SummaryKind } from './publication-codes.ts'
import type { PageQuery, RecordPage } from './record-scope.ts'

export interface PublishedScope {
  bodyIds: readonly string[]
  /** 首次公开之日，两头都在内 */
  from: PlainDate
  to: PlainDate
  /** 至这一日已撤回的不计；不写则同 `to` */
  asOf?: PlainDate
}

// 与年度报告的主动公开条数同一个数法（item-counts.ts）
const counted = ({ bodyIds, from, to, asOf }: PublishedScope) => sql`
  body_id = any(${[...bodyIds]}::uuid[]) and attribute = 'proactive' and first_published_on is not null
  and first_published_on between ${from}::date and ${to}::date and (withdrawn_on is null or withdrawn_on > ${asOf ?? to}::date)`

/** 各机关一段日子里公开的条数；只读索引。 */
export async function countPublishedByBody(tx: Tx, scope: PublishedScope): Promise<Map<string, number>> {
  const { rows } = await sql<{ bodyId: string; n: number }>`select body_id as "bodyId", count(*) as n from info_item where ${counted(scope)} group by 1`.execute(tx)
  return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
}

/** 这些机关合计，一年之内逐月（1 至 12）公开的条数。 */
export async function countPublishedByMonth(tx: Tx, scope: PublishedScope): Promise<Map<number, number>> {
  const { rows } = await sql<{ month: number; n: number }>`
    select extract(month from first_published_on)::int as month, count(*) as n from info_item where ${counted(scope)} group by 1`.execute(tx)
  return new Map(rows.map(({ month, n }) => [month, n]))
}

/** 所数的是哪些信息，一页；新的在前。 */
export async function listPublishedBetween(tx: Tx, scope: PublishedScope, { limit, offset }: PageQuery): Promise<RecordPage> {
  const { rows } = await sql<{ bodyId: string; id: string; indexNo: string; title: string; kind: SummaryKind | null; on: PlainDate }>`
    select body_id as "bodyId", item_id as id, index_no as "indexNo", title, summary_kind as kind, first_published_on as "on" from info_item
    where ${counted(scope)} order by first_published_on desc, item_id limit ${limit} offset ${offset}`.execute(tx)
  const total = [...(await countPublishedByBody(tx, scope)).values()].reduce((sum, n) => sum + n, 0)
  return {
    total,
    records: rows.map(({ bodyId, id, indexNo, title, kind, on }) => ({ kind: 'item', bodyId, id, title: `${indexNo} ${title}`, kindLabel: '主动公开信息', note: kind === null ? '' : SUMMARY_KINDS[kind], on, amount: 1 })),
  }
}

export interface DuePublications {
  /** 应当公开而没有公开，还没有到期 */
  due: number
  /** 已经过期 */
  late: number
  /** 今年公开得迟的 */
  publishedLate: number
}

/** 各机关此刻待公开、逾期与今年公开得迟的；同公开职责看板的数法。 */
export async function countDueByBody(tx: Tx, bodyIds: readonly string[], today: PlainDate): Promise<Map<string, DuePublications>> {
  const { rows } = await sql<DuePublications & { bodyId: string }>`
    select asked.body_id as "bodyId",
      (select count(*) from info_item where body_id = asked.body_id and ${PENDING} and due_on >= ${today}::date) as due,
      (select count(*) from info_item where body_id = asked.body_id and ${PENDING} and due_on < ${today}::date) as late,
      (select count(*) from info_item where body_id = asked.body_id and ${lateSince(`${today.slice(0, 4)}-01-01`)}) as "publishedLate"
    from unnest(${[...bodyIds]}::uuid[]) as asked (body_id)`.execute(tx)
  return new Map(rows.map(({ bodyId, ...counts }) => [bodyId, counts]))
}
