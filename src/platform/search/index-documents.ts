import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { upsertRows } from '../upsert-rows.ts'
import type { Segmenter } from './segmenter.ts'
import './tables.ts'
import { toVector } from './vector.ts'

/** 一件的所在：哪个机构的哪一种记录。 */
export interface DocumentRef {
  bodyId: string
  kind: string
  id: string
}

/** 可检索的一件；只交公众看得到的。 */
export interface SearchDocument extends DocumentRef {
  title: string
  /** 供检索与摘要，至多取两万字 */
  text: string
  /** 文号、索引号，照号即得 */
  numbers: readonly string[]
  /** 公开之日，`YYYY-MM-DD` */
  publishedOn: string
}

const MOST_TEXT = 20_000

const toRow = ({ bodyId, kind, id, title, text, numbers, publishedOn }: SearchDocument, segmenter: Segmenter) => {
  const kept = { title, text: text.slice(0, MOST_TEXT).toWellFormed() }
  return { body_id: bodyId, doc_kind: kind, doc_id: id, ...kept, published_on: publishedOn, tokens: toVector({ ...kept, numbers }, segmenter) }
}

/** 写入索引，已有的换成新的；与记录的改动在同一事务。 */
export const putDocuments = (tx: Tx, documents: readonly SearchDocument[], segmenter: Segmenter): Promise<void> =>
  upsertRows(tx, 'search_document', ['body_id', 'doc_kind', 'doc_id'], documents.map((document) => toRow(document, segmenter)))

/** 从索引去掉；本来没有的不管。 */
export async function dropDocuments(tx: Tx, refs: readonly DocumentRef[]): Promise<void> {
  for (const [kind, group] of Map.groupBy(refs, (ref) => ref.kind))
    await sql`
      delete from search_document d using unnest(${group.map((ref) => ref.bodyId)}::uuid[], ${group.map((ref) => ref.id)}::uuid[]) as gone (body_id, doc_id)
      where d.body_id = gone.body_id and d.doc_kind = ${kind} and d.doc_id = gone.doc_id`.execute(tx)
}

/** 应在索引而不在的、在而与记录不同的；词表改过之后未重建的也在其列。 */
export async function findDifferent(tx: Tx, documents: readonly SearchDocument[], segmenter: Segmenter): Promise<SearchDocument[]> {
  if (documents.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select e.doc_id as id from json_populate_recordset(null::search_document, ${JSON.stringify(documents.map((each) => toRow(each, segmenter)))}::json) e
    left join search_document d using (body_id, doc_kind, doc_id)
    where d.doc_id is null or (d.title, d.text, d.published_on, d.tokens) is distinct from (e.title, e.text, e.published_on, e.tokens)`.execute(tx)
  const different = new Set(rows.map((row) => row.id))
  return documents.filter(({ id }) => different.has(id))
}

/** 索引里某一种的一页，按主键；核对「多出来的」时用。 */
export async function listIndexed(tx: Tx, kind: string, after: DocumentRef | null, limit: number): Promise<DocumentRef[]> {
  const { rows } = await sql<DocumentRef>`
    select body_id as "bodyId", doc_kind as kind, doc_id as id from search_document
    where doc_kind = ${kind} ${after === null ? sql`` : sql`and (body_id, doc_id) > (${after.bodyId}, ${after.id})`}
    order by body_id, doc_id limit ${limit}`.execute(tx)
  return rows
}
