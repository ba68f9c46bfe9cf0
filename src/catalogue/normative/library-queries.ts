import '../tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Topic } from '../item-details.ts'
import type { PageQuery } from '../record-scope.ts'
import type { DocumentKind, Validity } from './normative-document.ts'
import { likeOf, validityAt } from './normative-queries.ts'

/** 政策文件库里的一件，公众所见。 */
export interface LibraryEntry {
  bodyId: string
  documentId: string
  kind: DocumentKind
  title: string
  docNo: string
  registrationNo: string | null
  topic: Topic | null
  madeOn: PlainDate
  effectiveOn: PlainDate | null
  expiresOn: PlainDate | null
  repealedOn: PlainDate | null
  invalidFrom: PlainDate | null
  amendedOn: PlainDate | null
  repealedBy: string | null
  /** 正文在别处公布的地址 */
  url: string | null
  /** 载有正文、正公开着的信息 */
  item: { itemId: string; indexNo: string } | null
}

export interface LibraryFilter {
  /** 效力所按的日子 */
  today: PlainDate
  text?: string
  bodyId?: string
  kind?: DocumentKind
  validity?: Validity
  /** 公布的年度 */
  year?: number
  topic?: Topic | 'none'
}

/** 可以按之筛选、各有多少的几项。 */
export const FACETS = ['validity', 'kind', 'topic', 'year', 'body'] as const
export type Facet = (typeof FACETS)[number]

/**
 * 公众看得到的规范性文件。连了正文的，正文公开着才见，题名用公开着的那一版的；正文撤回了的一概不见。
 * 没有连正文、正文还没有公开过的，列入了政策文件库的才见，只有名称、文号与效力。
 */
export const libraryDocuments = (tx: Tx) =>
  tx
    .selectFrom((eb) =>
      eb
        .selectFrom('normative_document as d')
        .leftJoin('published_item as p', (join) => join.onRef('p.body_id', '=', 'd.body_id').onRef('p.item_id', '=', 'd.item_id'))
        .select([
          'd.body_id',
          'd.document_id',
          'd.kind',
          'd.registration_no',
          'd.topic',
          'd.made_on',
          'd.effective_on',
          'd.expires_on',
          'd.repealed_on',
          'd.invalid_from',
          'd.amended_on',
          'd.repealed_by',
          'd.url',
          'd.updated_at',
          'p.item_id',
          'p.index_no',
          sql<string>`coalesce(p.title, d.title)`.as('title'),
          sql<string>`coalesce(p.doc_no, d.doc_no)`.as('doc_no'),
        ])
        .where(sql<boolean>`case when p.item_id is null then d.listed else p.withdrawn_on is null end`)
        .as('l'),
    )

function filtered(tx: Tx, { today, text, bodyId, kind, validity, year, topic }: LibraryFilter) {
  let query = libraryDocuments(tx).where('made_on', '<=', today)
  if (text !== undefined && text.trim() !== '') {
    const like = likeOf(text)
    query = query.where((eb) => eb.or([eb('title', 'ilike', like), eb('doc_no', 'ilike', like), eb('registration_no', 'ilike', like), eb('index_no', 'ilike', like)]))
  }
  if (bodyId !== undefined) query = query.where('body_id', '=', bodyId)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (validity !== undefined) query = query.where(validityAt(validity, today))
  if (year !== undefined) query = query.where('made_on', '>=', `${year}-01-01`).where('made_on', '<=', `${year}-12-31`)
  if (topic !== undefined) query = topic === 'none' ? query.where('topic', 'is', null) : query.where('topic', '=', topic)
  return query
}

/** 一页，按公布之日；缺省新的在前。 */
export async function listLibrary(tx: Tx, filter: LibraryFilter, { limit, offset, descending = true }: PageQuery & { descending?: boolean }): Promise<LibraryEntry[]> {
  const rows = await filtered(tx, filter)
    .selectAll()
    .orderBy('made_on', descending ? 'desc' : 'asc')
    .orderBy('document_id', descending ? 'desc' : 'asc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(toEntry)
}

export async function countLibrary(tx: Tx, filter: LibraryFilter): Promise<number> {
  const { n } = await filtered(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return n
}

const FACET_KEYS: Readonly<Record<Facet, (today: PlainDate) => RawBuilder<string>>> = {
  validity: (today) => sql<string>`case when repealed_on is not null and repealed_on <= ${today}::date then 'repealed' when expires_on is not null and expires_on < ${today}::date then 'expired' else 'valid' end`,
  kind: () => sql<string>`kind`,
  topic: () => sql<string>`coalesce(topic, 'none')`,
  year: () => sql<string>`extract(year from made_on)::int::text`,
  body: () => sql<string>`body_id::text`,
}
const FACET_FILTERS = { validity: 'validity', kind: 'kind', topic: 'topic', year: 'year', body: 'bodyId' } as const satisfies Record<Facet, keyof LibraryFilter>

export type FacetCounts = Record<Facet, Map<string, number>>

/**
 * 每一项的各个取值还有几件：按其余各项的条件数，故选了一项仍看得到同项别的取值；连同全部条件都合的共几件。
 * 只扫一遍：按五项分组取出，余下的在这里加。
 */
export async function countFacets(tx: Tx, filter: LibraryFilter): Promise<{ total: number; counts: FacetCounts }> {
  const { today, text } = filter
  const groups = await filtered(tx, { today, ...(text === undefined ? {} : { text }) })
    .select((eb) => [...FACETS.map((facet) => FACET_KEYS[facet](today).as(facet)), eb.fn.countAll<number>().as('n')])
    .groupBy(sql`1, 2, 3, 4, 5`)
    .execute()
  const counts: FacetCounts = { validity: new Map(), kind: new Map(), topic: new Map(), year: new Map(), body: new Map() }
  let total = 0
  for (const group of groups) {
    const missed = FACETS.filter((facet) => !meets(filter[FACET_FILTERS[facet]], group[facet]))
    if (missed.length === 0) total += group.n
    // 只在一项上不合的，算在那一项的别的取值里
    for (const facet of missed.length === 0 ? FACETS : missed.length === 1 ? missed : []) counts[facet].set(group[facet], (counts[facet].get(group[facet]) ?? 0) + group.n)
  }
  for (const facet of FACETS) counts[facet] = new Map([...counts[facet]].toSorted(([x, m], [y, n]) => n - m || (x < y ? -1 : 1)))
  return { total, counts }
}

const meets = (asked: string | number | undefined, value: string): boolean => asked === undefined || String(asked) === value

/** 按编号取公众看得到的一件；看不到的为 null。 */
export async function findLibraryEntry(tx: Tx, documentId: string): Promise<LibraryEntry | null> {
  const row = await libraryDocuments(tx).selectAll().where('document_id', '=', documentId).limit(1).executeTakeFirst()
  return row === undefined ? null : toEntry(row)
}

/** 同一机关里的几件，看得到的才有；至多一百件。 */
export async function listLibraryEntries(tx: Tx, bodyId: string, of: { ids?: readonly string[]; repealedBy?: string }): Promise<LibraryEntry[]> {
  const { ids = [], repealedBy } = of
  if (ids.length === 0 && repealedBy === undefined) return []
  const rows = await libraryDocuments(tx)
    .selectAll()
    .where('body_id', '=', bodyId)
    .where((eb) => eb.or([...(ids.length === 0 ? [] : [eb('document_id', 'in', ids)]), ...(repealedBy === undefined ? [] : [eb('repealed_by', '=', repealedBy)])]))
    .orderBy('made_on')
    .orderBy('document_id')
    .limit(100)
    .execute()
  return rows.map(toEntry)
}

/** 正文撤回了的一件，其正文原来的索引号：原址有撤回的说明；不是这种情形的为 null。 */
export async function findWithdrawnIndexNo(tx: Tx, documentId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('normative_document as d')
    .innerJoin('published_item as p', (join) => join.onRef('p.body_id', '=', 'd.body_id').onRef('p.item_id', '=', 'd.item_id'))
    .select('p.index_no')
    .where('d.document_id', '=', documentId)
    .where('p.withdrawn_on', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row?.index_no ?? null
}

interface LibraryRow {
  body_id: string
  document_id: string
  kind: DocumentKind
  title: string
  doc_no: string
  registration_no: string | null
  topic: Topic | null
  made_on: PlainDate
  effective_on: PlainDate | null
  expires_on: PlainDate | null
  repealed_on: PlainDate | null
  invalid_from: PlainDate | null
  amended_on: PlainDate | null
  repealed_by: string | null
  url: string | null
  item_id: string | null
  index_no: string | null
}

const toEntry = (row: LibraryRow): LibraryEntry => ({
  bodyId: row.body_id,
  documentId: row.document_id,
  kind: row.kind,
  title: row.title,
  docNo: row.doc_no,
  registrationNo: row.registration_no,
  topic: row.topic,
  madeOn: row.made_on,
  effectiveOn: row.effective_on,
  expiresOn: row.expires_on,
  repealedOn: row.repealed_on,
  invalidFrom: row.invalid_from,
  amendedOn: row.amended_on,
  repealedBy: row.repealed_by,
  url: row.url,
  item: row.item_id === null || row.index_no === null ? null : { itemId: row.item_id, indexNo: row.index_no },
})
