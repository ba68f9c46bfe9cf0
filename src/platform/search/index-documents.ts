import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { upsertRows } from '../upsert-rows.ts'
import type { Segmenter } from './segmenter.ts'
import './tables.ts'
import { toVectors } from './vector.ts'
import { dropWords, putWords } from './words.ts'

/** 一件的所在：哪个机构的哪一种记录。 */
export interface DocumentRef {
  bodyId: string
  kind: string
  id: string
}

/** 可检索的一件；只交公众看得到的。 */
export interface SearchDocument extends DocumentRef {
  title: string
  /** 正文与附件的文字，依次相连：全部的词都入索引，头两万字另存，供摘要与引号里的短语 */
  text: string
  /** 文号、索引号，照号即得 */
  numbers: readonly string[]
  /** 公开之日，`YYYY-MM-DD` */
  publishedOn: string
  /** 自此日起不再有效，仍可查阅 */
  invalidFrom?: string | null
  /** 可筛选的，「名:值」，如 `topic:general`；种类、机构、年份不用写 */
  facets?: readonly string[]
}

const MOST_TEXT = 20_000
/** 一件至多看这么多字。 */
const MOST_INDEXED = 400_000

const toRow = (document: SearchDocument, segmenter: Segmenter) => {
  const { bodyId, kind, id, title, numbers, publishedOn, invalidFrom = null } = document
  const text = document.text.slice(0, MOST_INDEXED).toWellFormed()
  const facets = [...new Set(document.facets)].toSorted()
  const { tokens, titleTokens, titleWords } = toVectors({ title, text, numbers, facets: [`kind:${kind}`, `body:${bodyId}`, `year:${publishedOn.slice(0, 4)}`, `month:${publishedOn.slice(0, 7)}`, `day:${publishedOn}`, ...facets] }, segmenter)
  const row = {
    body_id: bodyId, doc_kind: kind, doc_id: id, title, text: text.slice(0, MOST_TEXT).toWellFormed(), published_on: publishedOn, invalid_from: invalidFrom, facets, tokens, title_tokens: titleTokens,
  }
  return { row, titleWords }
}

/** 写入索引，已有的换成新的；与记录的改动在同一事务。 */
export async function putDocuments(tx: Tx, documents: readonly SearchDocument[], segmenter: Segmenter): Promise<void> {
  const made = documents.map((document) => toRow(document, segmenter))
  const before = await titlesOf(tx, documents)
  await upsertRows(tx, 'search_document', ['body_id', 'doc_kind', 'doc_id'], made.map(({ row }) => row))
  await putWords(tx, made.flatMap(({ titleWords }) => titleWords), segmenter)
  const now = new Set(made.map(({ row }) => row.title))
  await dropTitles(tx, before.filter((title) => !now.has(title)), segmenter)
}

/** 从索引去掉；本来没有的不管。 */
export async function dropDocuments(tx: Tx, refs: readonly DocumentRef[], segmenter: () => Promise<Segmenter>): Promise<void> {
  const gone: string[] = []
  for (const [kind, group] of Map.groupBy(refs, (ref) => ref.kind)) {
    const { rows } = await sql<{ title: string }>`
      delete from search_document d using unnest(${group.map((ref) => ref.bodyId)}::uuid[], ${group.map((ref) => ref.id)}::uuid[]) as gone (body_id, doc_id)
      where d.body_id = gone.body_id and d.doc_kind = ${kind} and d.doc_id = gone.doc_id returning d.title`.execute(tx)
    gone.push(...rows.map((row) => row.title))
  }
  if (gone.length > 0) await dropTitles(tx, gone, await segmenter())
}

const dropTitles = (tx: Tx, titles: readonly string[], segmenter: Segmenter): Promise<void> => dropWords(tx, titles.flatMap((title) => segmenter.forIndex(title)))

async function titlesOf(tx: Tx, refs: readonly DocumentRef[]): Promise<string[]> {
  const { rows } = await sql<{ title: string }>`
    select d.title from unnest(${refs.map((ref) => ref.bodyId)}::uuid[], ${refs.map((ref) => ref.kind)}::text[], ${refs.map((ref) => ref.id)}::uuid[]) as asked (body_id, doc_kind, doc_id)
    join search_document d using (body_id, doc_kind, doc_id)`.execute(tx)
  return rows.map((row) => row.title)
}

/** 应在索引而不在的、在而与记录不同的；词表改过之后未重建的也在其列。 */
export async function findDifferent(tx: Tx, documents: readonly SearchDocument[], segmenter: Segmenter): Promise<SearchDocument[]> {
  if (documents.length === 0) return []
  const { rows } = await sql<{ body_id: string; kind: string; id: string }>`
    select e.body_id, e.doc_kind as kind, e.doc_id as id from json_populate_recordset(null::search_document, ${JSON.stringify(documents.map((each) => toRow(each, segmenter).row))}::json) e
    left join search_document d using (body_id, doc_kind, doc_id)
    where d.doc_id is null or (d.title, d.text, d.published_on, d.invalid_from, d.facets, d.tokens, d.title_tokens)
      is distinct from (e.title, e.text, e.published_on, e.invalid_from, e.facets, e.tokens, e.title_tokens)`.execute(tx)
  const different = new Set(rows.map((row) => `${row.body_id} ${row.kind} ${row.id}`))
  return documents.filter(({ bodyId, kind, id }) => different.has(`${bodyId} ${kind} ${id}`))
}

/** 索引里某一种的一页，按主键；核对「多出来的」时用。 */
export async function listIndexed(tx: Tx, kind: string, after: DocumentRef | null, limit: number): Promise<DocumentRef[]> {
  const { rows } = await sql<DocumentRef>`
    select body_id as "bodyId", doc_kind as kind, doc_id as id from search_document
    where doc_kind = ${kind} ${after === null ? sql`` : sql`and (body_id, doc_id) > (${after.bodyId}, ${after.id})`}
    order by body_id, doc_id limit ${limit}`.execute(tx)
  return rows
}
