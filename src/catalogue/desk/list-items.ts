import '../tables.ts'
import { sql } from 'kysely'
import type { Selectable, SqlBool } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Attribute, ItemStatus } from '../item.ts'
import type { PublicationCode } from '../publication-codes.ts'
import type { InfoItemTable } from '../tables.ts'

/** 工作台列表的一行。 */
export interface ItemRow {
  itemId: string
  version: number
  indexNo: string
  title: string
  docNo: string | null
  status: ItemStatus
  attribute: Attribute | null
  codes: readonly PublicationCode[]
  formedOn: PlainDate
  dueOn: PlainDate | null
  firstPublishedOn: PlainDate | null
  publishedOn: PlainDate | null
  withdrawnOn: PlainDate | null
  updatedAt: Date
}

export type ItemSort = 'updated' | 'formedOn' | 'dueOn'

export interface ItemFilter {
  bodyId: string
  /** 标题、文号里的片段，索引号 */
  text?: string
  status?: ItemStatus
  attribute?: Attribute | 'none'
  code?: PublicationCode
  /** 成文的年份 */
  year?: number
  /** 过了期限还没有公开的；在某日（含）之前到期而还没有公开的 */
  lateOn?: PlainDate
  dueBy?: PlainDate
}

// 照部分索引 info_item_on_the_way 的条件原样写出，计划才认得
const ON_THE_WAY = sql<SqlBool>`attribute = 'proactive' and status in ('formed', 'attribute-determined', 'secrecy-review', 'approved', 'exported', 'updated')`
const COUNTED = 10_000

const COLUMNS = ['item_id', 'version', 'index_no', 'title', 'doc_no', 'status', 'attribute', 'codes', 'formed_on', 'due_on', 'first_published_on', 'published_on', 'withdrawn_on', 'updated_at'] as const

function filtered(tx: Tx, filter: ItemFilter) {
  let query = tx.selectFrom('info_item').where('body_id', '=', filter.bodyId)
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  if (filter.attribute !== undefined) query = filter.attribute === 'none' ? query.where('attribute', 'is', null) : query.where('attribute', '=', filter.attribute)
  if (filter.code !== undefined) query = query.where('codes', '@>', sql<PublicationCode[]>`${[filter.code]}::text[]`)
  if (filter.year !== undefined) query = query.where('formed_on', '>=', `${filter.year}-01-01`).where('formed_on', '<=', `${filter.year}-12-31`)
  if (filter.lateOn !== undefined) query = query.where('due_on', '<', filter.lateOn).where(ON_THE_WAY)
  if (filter.dueBy !== undefined) query = query.where('due_on', '<=', filter.dueBy).where(ON_THE_WAY)
  const text = filter.text?.trim() ?? ''
  if (text === '') return query
  const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return query.where(sql<SqlBool>`(index_no = ${text} or title ilike ${like} or doc_no ilike ${like} or index_no ilike ${like})`)
}

/** 一机构的信息，照条件与次序的一页。 */
export async function listItems(tx: Tx, filter: ItemFilter, { sort, descending, limit, offset }: { sort: ItemSort; descending: boolean; limit: number; offset: number }): Promise<ItemRow[]> {
  const column = sort === 'updated' ? 'updated_at' : sort === 'formedOn' ? 'formed_on' : 'due_on'
  const direction = descending ? 'desc' : 'asc'
  const rows = await filtered(tx, filter)
    .select(COLUMNS)
    .orderBy(column, sort === 'dueOn' ? (order) => (descending ? order.desc().nullsLast() : order.asc().nullsLast()) : direction)
    .orderBy('item_id', direction)
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(toItemRowOf)
}

type Row = Pick<Selectable<InfoItemTable>, (typeof COLUMNS)[number]>

const toItemRowOf = (row: Row): ItemRow => ({
  itemId: row.item_id,
  version: row.version,
  indexNo: row.index_no,
  title: row.title,
  docNo: row.doc_no,
  status: row.status,
  attribute: row.attribute,
  codes: row.codes,
  formedOn: row.formed_on,
  dueOn: row.due_on,
  firstPublishedOn: row.first_published_on,
  publishedOn: row.published_on,
  withdrawnOn: row.withdrawn_on,
  updatedAt: row.updated_at,
})

/** 符合条件的件数，数到一万为止。 */
export async function countItemRows(tx: Tx, filter: ItemFilter): Promise<number> {
  const { n } = await tx
    .selectFrom(filtered(tx, filter).select('item_id').limit(COUNTED).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

export const MOST_COUNTED = COUNTED

/** 有信息的年份（成文的），由近及远。 */
export async function listFormedYears(tx: Tx, bodyId: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('info_item')
    .select(sql<number>`extract(year from formed_on)::int`.as('year'))
    .distinct()
    .where('body_id', '=', bodyId)
    .orderBy('year', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ year }) => year)
}
