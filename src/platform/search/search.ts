import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../db.ts'
import { highlight, snippet } from './highlight.ts'
import type { Segment } from './highlight.ts'
import { parseQuery } from './parse-query.ts'
import type { ParsedQuery, QueryWord } from './parse-query.ts'
import type { Lexicon, Segmenter } from './segmenter.ts'
import './tables.ts'
import { allOf, anyOf, hasRun, hasWord } from './vector.ts'

export interface SearchRequest {
  q: string
  kinds: readonly string[]
  bodyId?: string
  limit: number
  /** 上一页所给的 `next` */
  after?: string | null
  /** 缺省须各词皆有，一件都没有才放宽；`any` 为有其要紧的几词即可 */
  match?: 'all' | 'any'
}

export interface SearchHit {
  bodyId: string
  kind: string
  id: string
  title: readonly Segment[]
  snippet: readonly Segment[]
  publishedOn: string
  /** 相合的程度：各词皆在标题里为 1；号相符的另加 1，标题里连着有所写全部文字的另加 1.5 */
  score: number
  /** 合上几个词 */
  words: number
}

export interface SearchPage {
  hits: readonly SearchHit[]
  /** 相合的件数；够五百即写五百，不再数 */
  total: number
  atLeast: boolean
  next: string | null
}

/** 只排最新的这么多件：命中再多，排序的代价有限。 */
const RANKED = 500
/** 一个词见于多少件，数到这里为止。 */
const COUNTED = 500
const NOTHING: SearchPage = { hits: [], total: 0, atLeast: false, next: null }

/** 检索：先取最新的五百件相合的，再按相合的程度、公开之日排。 */
export async function searchDocuments(tx: Tx, request: SearchRequest, segmenter: Segmenter, lexicon: Lexicon): Promise<SearchPage> {
  const parsed = parseQuery(request.q, segmenter, lexicon)
  const words = await weigh(tx, parsed.words)
  const exact = anyOf([allOf(words.map((word) => word.anywhere)), parsed.whole, parsed.number])
  const loose = looseOf(words.filter((word) => word.found > 0))
  if (request.match === 'any') return rank(tx, request, parsed, words, [exact, loose], segmenter)
  const page = await rank(tx, request, parsed, words, [exact], segmenter)
  return page.total > 0 ? page : rank(tx, request, parsed, words, [loose], segmenter)
}

interface WeighedWord extends QueryWord {
  found: number
  weight: number
}

// 越少见的词越要紧；一处都没有的多半是口语，不让它压过别的
async function weigh(tx: Tx, words: readonly QueryWord[]): Promise<WeighedWord[]> {
  if (words.length === 0) return []
  const { rows } = await sql<{ n: number; found: number }>`
    select asked.n::int as n, (select count(*)::int from (select from search_document where tokens @@ asked.word::tsquery limit ${COUNTED}) as few) as found
    from unnest(${words.map((word) => word.anywhere)}::text[]) with ordinality as asked (word, n)`.execute(tx)
  const counts = new Map(rows.map((row) => [row.n - 1, row.found]))
  return words
    .map((word, i) => {
      const found = counts.get(i) ?? 0
      return { ...word, found, weight: found === 0 ? 2 : 1 + Math.log((COUNTED + 1) / (found + 1)) }
    })
    .toSorted((a, b) => b.weight - a.weight)
}

const RAREST = 4

// 少见的几词之一，连同另外任一词；只有一个词的就是它
function looseOf(words: readonly WeighedWord[]): string | null {
  if (words.length < 2) return words[0]?.anywhere ?? null
  return anyOf(words.slice(0, RAREST).map((word, i) => allOf([word.anywhere, anyOf(words.slice(i + 1).map((other) => other.anywhere))])))
}

interface Row {
  bodyId: string
  kind: string
  id: string
  title: string
  text: string
  publishedOn: string
  score: number
  words: number
  total: number
}

async function rank(
  tx: Tx,
  { kinds, bodyId, limit, after }: SearchRequest,
  parsed: ParsedQuery,
  words: readonly WeighedWord[],
  ways: readonly (string | null)[],
  segmenter: Segmenter,
): Promise<SearchPage> {
  const given = ways.filter((way) => way !== null)
  const required = parsed.phrases.map((phrase) => anyOf([allOf(segmenter.forQuery(phrase).map((word) => hasWord(word))), hasRun(phrase)]))
  const newest = given.map((way) => {
    const query = allOf([way, ...required])
    return sql`(select body_id, doc_kind, doc_id from search_document
      where tokens @@ ${query}::tsquery and doc_kind = any(${[...kinds]}::text[]) ${bodyId === undefined ? sql`` : sql`and body_id = ${bodyId}`}
      ${sql.join(parsed.phrases.map((phrase) => sql`and strpos(lower(normalize(title || ' ' || text, NFKC)), ${phrase}) > 0`), sql` `)}
      order by published_on desc, doc_id desc limit ${RANKED})`
  })
  if (newest.length === 0) return NOTHING
  const from = Math.min(Math.max(Number(after ?? 0) || 0, 0), RANKED)
  const total = words.reduce((sum, word) => sum + word.weight, 0)
  const { rows } = await sql<Row>`
    with newest as materialized (${sql.join(newest, sql` union `)})
    select d.body_id as "bodyId", d.doc_kind as kind, d.doc_id as id, d.title, d.text, d.published_on as "publishedOn", count(*) over ()::int as total,
      ${add(words.map(({ anywhere }) => has(anywhere, 1)))}::int as words,
      ${add(words.map(({ anywhere, inTitle, weight }) => sql`(${has(inTitle, weight / 2)} + ${has(anywhere, weight / 2)})`))} / ${Math.max(total, 1)}::float8
        + ${has(parsed.number, 1)} + ${has(parsed.whole, 1.5)} as score
    from newest join search_document d using (body_id, doc_kind, doc_id)
    order by score desc, d.published_on desc, d.doc_id desc limit ${limit + 1} offset ${from}`.execute(tx)
  const [first] = rows
  return {
    hits: rows.slice(0, limit).map((row) => toHit(row, parsed.marks)),
    total: Math.min(first?.total ?? from, RANKED),
    atLeast: (first?.total ?? 0) >= RANKED,
    next: rows.length > limit ? String(from + limit) : null,
  }
}

// 逐词写在语句里，查询串只解析一次；放进数组再展开的，每行都要重新解析
const add = (parts: readonly RawBuilder<unknown>[]) => (parts.length === 0 ? sql`0::float8` : sql`(${sql.join(parts, sql` + `)})`)
const has = (query: string | null, worth: number) => (query === null ? sql`0::float8` : sql`case when d.tokens @@ ${query}::tsquery then ${worth}::float8 else 0 end`)

const toHit = ({ title, text, total: _, ...row }: Row, marks: readonly string[]): SearchHit => ({ ...row, title: highlight(title, marks), snippet: snippet(text, marks) })
