import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { Topic } from '../item-details.ts'
import type { PageQuery } from '../record-scope.ts'
import type { DocumentKind, Validity } from './normative-document.ts'
import { CLEAN_UP_RESULTS } from './normative-document.ts'
import type { CleanUpResult } from './normative-document.ts'
import { documentKey, findingKey } from './document-keys.ts'

/** 工作台列表的一行。 */
export interface DocumentRow {
  documentId: string
  kind: DocumentKind
  title: string
  docNo: string
  registrationNo: string | null
  madeOn: PlainDate
  effectiveOn: PlainDate | null
  expiresOn: PlainDate | null
  repealedOn: PlainDate | null
  invalidFrom: PlainDate | null
  topic: Topic | null
  itemId: string | null
  listed: boolean
  cleanUps: readonly string[]
}

export interface DocumentFilter {
  bodyId: string
  /** 效力所按的今日 */
  today: PlainDate
  text?: string
  kind?: DocumentKind
  validity?: Validity
  /** 公布的年度 */
  year?: number
  /** 到今日为止不再有效的，在哪一年 */
  ended?: number
  /** 这一日现行有效的 */
  validAt?: PlainDate
  /** 有效期在今日起多少日内届满的 */
  lapsingWithin?: number
  /** 一轮清理里有这种结论的；`none` 为还没有结论 */
  cleanUp?: { id: string; result: CleanUpResult | 'none' }
}

export const DOCUMENT_SORTS = { madeOn: 'made_on', expiresOn: 'expires_on', docNo: 'doc_no' } as const
export type DocumentSort = keyof typeof DOCUMENT_SORTS

/** 片段检索：标题、文号、登记号。 */
export const likeOf = (text: string): string => `%${text.trim().slice(0, 60).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** 某一日的效力，写成条件；与 `validityOn` 同义。 */
export function validityAt(validity: Validity, day: PlainDate) {
  const repealed = sql`repealed_on is not null and repealed_on <= ${day}::date`
  const expired = sql`expires_on is not null and expires_on < ${day}::date`
  if (validity === 'unmade') return sql<boolean>`made_on > ${day}::date`
  if (validity === 'repealed') return sql<boolean>`(made_on <= ${day}::date and ${repealed})`
  if (validity === 'expired') return sql<boolean>`(made_on <= ${day}::date and not (${repealed}) and ${expired})`
  return sql<boolean>`(made_on <= ${day}::date and not (${repealed}) and not (${expired}))`
}

function filtered(tx: Tx, { bodyId, today, text, kind, validity, year, ended, validAt, lapsingWithin, cleanUp }: DocumentFilter) {
  let query = tx.selectFrom('normative_document').where('body_id', '=', bodyId)
  if (text !== undefined && text.trim() !== '') {
    const like = likeOf(text)
    query = query.where((eb) => eb.or([eb('title', 'ilike', like), eb('doc_no', 'ilike', like), eb('registration_no', 'ilike', like)]))
  }
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (validity !== undefined) query = query.where(validityAt(validity, today))
  if (year !== undefined) query = query.where('made_on', '>=', `${year}-01-01`).where('made_on', '<=', `${year}-12-31`)
  if (ended !== undefined) query = query.where('invalid_from', '>=', `${ended}-01-01`).where('invalid_from', '<=', `${ended}-12-31`).where('invalid_from', '<=', today)
  if (validAt !== undefined) query = query.where(validityAt('valid', validAt))
  if (lapsingWithin !== undefined) query = query.where(validityAt('valid', today)).where('expires_on', '<=', addCalendarDays(today, lapsingWithin))
  if (cleanUp !== undefined) {
    const keys = Object.keys(CLEAN_UP_RESULTS).map((result) => findingKey(cleanUp.id, result as CleanUpResult))
    query =
      cleanUp.result === 'none'
        ? query.where(sql<boolean>`not (clean_ups && ${keys}::text[])`)
        : query.where(sql<boolean>`clean_ups @> ${[findingKey(cleanUp.id, cleanUp.result)]}::text[]`)
  }
  return query
}

const COLUMNS = ['document_id', 'kind', 'title', 'doc_no', 'registration_no', 'made_on', 'effective_on', 'expires_on', 'repealed_on', 'invalid_from', 'topic', 'item_id', 'listed', 'clean_ups'] as const

/** 本机关的规范性文件，一页；没有日子的（如长期有效的有效期）排在后面。 */
export async function listDocuments(tx: Tx, filter: DocumentFilter, page: PageQuery & { sort: DocumentSort; descending: boolean }): Promise<DocumentRow[]> {
  const rows = await filtered(tx, filter)
    .select(COLUMNS)
    .orderBy(DOCUMENT_SORTS[page.sort], (order) => (page.descending ? order.desc() : order.asc()).nullsLast())
    .orderBy('document_id', page.descending ? 'desc' : 'asc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map((row) => ({
    documentId: row.document_id,
    kind: row.kind,
    title: row.title,
    docNo: row.doc_no,
    registrationNo: row.registration_no,
    madeOn: row.made_on,
    effectiveOn: row.effective_on,
    expiresOn: row.expires_on,
    repealedOn: row.repealed_on,
    invalidFrom: row.invalid_from,
    topic: row.topic,
    itemId: row.item_id,
    listed: row.listed,
    cleanUps: row.clean_ups,
  }))
}

export async function countDocuments(tx: Tx, filter: DocumentFilter): Promise<number> {
  const { n } = await filtered(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return n
}

/** 公布过文件的年度，由近及远。 */
export async function listMadeYears(tx: Tx, bodyId: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('normative_document')
    .select(sql<number>`extract(year from made_on)::int`.as('year'))
    .distinct()
    .where('body_id', '=', bodyId)
    .orderBy('year', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ year }) => year)
}

/** 按文号找本机关的一件；没有则为 null。 */
export async function findByDocNo(tx: Tx, bodyId: string, docNo: string): Promise<{ documentId: string; title: string } | null> {
  const row = await tx
    .selectFrom('normative_document')
    .select(['document_id', 'title'])
    .where('body_id', '=', bodyId)
    .where('ledger_key', '=', documentKey(docNo))
    .executeTakeFirst()
  return row === undefined ? null : { documentId: row.document_id, title: row.title }
}

/** 这些信息条目各是哪一件文件的正文，至多几百条。 */
export async function listDocumentsOfItems(tx: Tx, bodyId: string, itemIds: readonly string[]): Promise<Map<string, { documentId: string; title: string; docNo: string }>> {
  if (itemIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('normative_document')
    .select(['document_id', 'item_id', 'title', 'doc_no'])
    .where('body_id', '=', bodyId)
    .where('item_id', 'in', itemIds)
    .execute()
  return new Map(rows.map((row) => [row.item_id ?? '', { documentId: row.document_id, title: row.title, docNo: row.doc_no }]))
}

/** 一件的去向：由哪一件废止；废止了哪几件（至多五十件）。 */
export async function listSuccession(tx: Tx, bodyId: string, { documentId, repealedBy }: { documentId: string; repealedBy: string | null }) {
  const rows = await tx
    .selectFrom('normative_document')
    .select(['document_id', 'title', 'doc_no', 'repealed_on', 'repealed_by'])
    .where('body_id', '=', bodyId)
    .where((eb) => eb.or([eb('repealed_by', '=', documentId), ...(repealedBy === null ? [] : [eb('document_id', '=', repealedBy)])]))
    .orderBy('made_on')
    .orderBy('document_id')
    .limit(51)
    .execute()
  const toNamed = (row: (typeof rows)[number]) => ({ documentId: row.document_id, title: row.title, docNo: row.doc_no, repealedOn: row.repealed_on })
  return {
    by: rows.filter((row) => row.document_id === repealedBy).map(toNamed)[0] ?? null,
    repealed: rows.filter((row) => row.repealed_by === documentId).map(toNamed),
  }
}
