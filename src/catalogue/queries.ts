import { sql } from 'kysely'
import './tables.ts'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Selectable } from 'kysely'
import type { ItemStatus } from './item.ts'
import type { ColumnBlock, Genre, ItemDetails, Topic } from './item-details.ts'
import type { PublicationCode, SummaryKind } from './publication-codes.ts'
import type { PageQuery } from './record-scope.ts'
import type { PublishedItemTable } from './tables.ts'

/** 公众可见的一条：公开过而没有撤回。 */
export interface PublishedItem {
  bodyId: string
  itemId: string
  indexNo: string
  title: string
  docNo: string | null
  codes: readonly PublicationCode[]
  summaryKind: SummaryKind | null
  summary: string | null
  issuer: string | null
  topic: Topic | null
  genre: Genre | null
  block: ColumnBlock
  keywords: readonly string[]
  formedOn: PlainDate
  effectiveOn: PlainDate | null
  /** 首次公开之日 */
  publishedOn: PlainDate
  /** 现行版本公开之日 */
  revisedOn: PlainDate
  /** 第几版 */
  edition: number
  /** 已失效，仍可查阅 */
  expiredOn: PlainDate | null
  url: string | null
  /** 正文、附件与元数据；只在外站公开的没有 */
  details: ItemDetails | null
}

export interface PublishedFilter extends PageQuery {
  bodyId?: string
  /** 首次公开的年份 */
  year?: number
  code?: PublicationCode
  /** 列在专栏的哪一块 */
  block?: ColumnBlock
  /** 标题、文号或索引号中的片段 */
  text?: string
}

/** 门户上的信息，新的在前；草稿、审查中、不公开、已撤回的都不在其中。 */
export async function listPublishedItems(tx: Tx, filter: PublishedFilter): Promise<{ total: number; items: PublishedItem[] }> {
  let query = publicItems(tx)
  if (filter.bodyId !== undefined) query = query.where('body_id', '=', filter.bodyId)
  if (filter.year !== undefined)
    query = query.where('first_published_on', '>=', `${filter.year}-01-01`).where('first_published_on', '<=', `${filter.year}-12-31`)
  if (filter.code !== undefined) query = query.where(hasCode(filter.code))
  if (filter.block !== undefined) query = query.where('block', '=', filter.block)
  const text = filter.text?.trim().slice(0, 60)
  if (text) {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('title', 'ilike', like), eb('doc_no', 'ilike', like), eb('index_no', 'ilike', like)]))
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(PUBLIC_COLUMNS)
    .orderBy('first_published_on', 'desc')
    .orderBy('item_id', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute()
  return { total, items: rows.map(toPublished) }
}

/** 公众可见的条数。 */
export async function countPublishedItems(tx: Tx, bodyId: string): Promise<number> {
  const { n } = await publicItems(tx)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('body_id', '=', bodyId)
    .executeTakeFirstOrThrow()
  return n
}

/** 按索引号取公众可见的一条；没有或不可见都抛 NotFound，不加区别。 */
export async function getPublishedItem(tx: Tx, bodyId: string, indexNo: string): Promise<PublishedItem> {
  const row = await publicItems(tx)
    .select(PUBLIC_COLUMNS)
    .where('body_id', '=', bodyId)
    .where('index_no', '=', indexNo)
    .executeTakeFirst()
  if (!row) throw new NotFound('该信息')
  return toPublished(row)
}

/** 按 id 取公众可见的，各机构的混在一起给，至多几十个；不可见的不在其中。 */
export async function listPublishedByIds(tx: Tx, refs: readonly { bodyId: string; itemId: string }[]): Promise<Map<string, PublishedItem>> {
  if (refs.length === 0) return new Map()
  const rows = await publicItems(tx)
    .select(PUBLIC_COLUMNS)
    .where((eb) => eb.or(refs.map(({ bodyId, itemId }) => eb.and([eb('body_id', '=', bodyId), eb('item_id', '=', itemId)]))))
    .execute()
  return new Map(rows.map((row) => [row.item_id, toPublished(row)]))
}

/** 这些索引号里公开着的，至多 `limit` 条。 */
export async function listPublishedByIndexNos(tx: Tx, indexNos: readonly string[], limit: number): Promise<PublishedItem[]> {
  if (indexNos.length === 0) return []
  const rows = await publicItems(tx).select(PUBLIC_COLUMNS).where('index_no', '=', sql<string>`any(${[...indexNos]}::text[])`).orderBy('index_no').limit(limit).execute()
  return rows.map(toPublished)
}

export const PUBLIC_COLUMNS = [
  'body_id',
  'item_id',
  'index_no',
  'title',
  'doc_no',
  'summary',
  'codes',
  'summary_kind',
  'issuer',
  'topic',
  'genre',
  'block',
  'keywords',
  'formed_on',
  'effective_on',
  'first_published_on',
  'published_on',
  'expired_on',
  'edition',
  'url',
  'details',
] as const

/** 属于这一项法定内容；数组须写明类型，否则被当作一列值。 */
export const hasCode = (code: PublicationCode) => sql<boolean>`codes @> ${[code]}::text[]`

/** 公众看得到的；门户、订阅、导出、文件下载一概从此取。 */
export const publicItems = (tx: Tx) => tx.selectFrom('published_item').where('withdrawn_on', 'is', null)

export const toPublished = (row: Pick<Selectable<PublishedItemTable>, (typeof PUBLIC_COLUMNS)[number]>): PublishedItem => ({
  bodyId: row.body_id,
  itemId: row.item_id,
  indexNo: row.index_no,
  title: row.title ?? '',
  docNo: row.doc_no,
  summary: row.summary,
  codes: row.codes,
  summaryKind: row.summary_kind,
  issuer: row.issuer,
  topic: row.topic,
  genre: row.genre,
  block: row.block,
  keywords: row.keywords,
  formedOn: row.formed_on ?? '',
  effectiveOn: row.effective_on,
  publishedOn: row.first_published_on,
  revisedOn: row.published_on,
  expiredOn: row.expired_on,
  edition: row.edition,
  url: row.url,
  details: row.details,
})

/** 撤回的一条在原址给公众看的。 */
export interface WithdrawnItem {
  bodyId: string
  indexNo: string
  publishedOn: PlainDate
  withdrawnOn: PlainDate
  notice: string | null
}

/** 索引号所指的：公开着的、撤回了的；没有这样的都为空。各机构的索引号极少相同，相同的都给。 */
export async function findByIndexNo(tx: Tx, indexNo: string): Promise<{ items: PublishedItem[]; withdrawn: WithdrawnItem[] }> {
  const rows = await tx.selectFrom('published_item').select([...PUBLIC_COLUMNS, 'withdrawn_on', 'withdraw_notice']).where('index_no', '=', indexNo).orderBy('body_id').limit(20).execute()
  return {
    items: rows.filter((row) => row.withdrawn_on === null).map(toPublished),
    withdrawn: rows.flatMap(({ withdrawn_on: withdrawnOn, ...row }) =>
      withdrawnOn === null ? [] : [{ bodyId: row.body_id, indexNo: row.index_no, publishedOn: row.first_published_on, withdrawnOn, notice: row.withdraw_notice }],
    ),
  }
}

/** 应当公开而没有公开的，按期限先后；过期的即迟发。 */
export async function listUnpublished(
  tx: Tx,
  bodyId: string,
  { limit, offset }: PageQuery,
): Promise<{ itemId: string; indexNo: string; title: string; status: ItemStatus; dueOn: PlainDate | null }[]> {
  const rows = await tx
    .selectFrom('info_item')
    .select(['item_id', 'index_no', 'title', 'status', 'due_on'])
    .where('body_id', '=', bodyId)
    .where('attribute', '=', 'proactive')
    .where('first_published_on', 'is', null)
    .orderBy('due_on')
    .orderBy('item_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map((row) => ({ itemId: row.item_id, indexNo: row.index_no, title: row.title, status: row.status, dueOn: row.due_on }))
}
