import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../db.ts'
import { highlight, snippet } from './highlight.ts'
import type { Segment } from './highlight.ts'
import type { ParsedQuery } from './parse-query.ts'
import { eachTime } from './plan.ts'
import type { Segmenter } from './segmenter.ts'
import './tables.ts'
import { armTables } from './recency.ts'
import type { Arm, Recency } from './recency.ts'
import { allOf, anyOf, hasFacet, hasRun, hasWord } from './vector.ts'
import type { WeighedWord } from './weigh.ts'

export interface SearchRequest {
  q: string
  kinds: readonly string[]
  bodyId?: string
  /** 筛选：名 → 值，如 `topic: general`；`year` 亦是；各项皆须合 */
  filters?: Readonly<Record<string, string>>
  /** 只要此刻有效的、只要失效了的 */
  validity?: 'valid' | 'past'
  /** 今日；给了的，失效的排在后面、新近的略前 */
  today?: string
  limit: number
  /** 上一页所给的 `next` */
  after?: string | null
  /** 缺省须各词皆有，一件都没有才放宽；`any` 为有其要紧的几词即可 */
  match?: 'all' | 'any'
  /** 照所写的查，不猜写错了 */
  literal?: boolean
  /** 各词皆有的不足一页，接着给只有其中几个词的 */
  fill?: boolean
  /** 一样相合的，这几种排在别的后面 */
  later?: readonly string[]
}

export interface SearchHit {
  bodyId: string
  kind: string
  id: string
  title: readonly Segment[]
  snippet: readonly Segment[]
  publishedOn: string
  invalidFrom: string | null
  /** 相合的程度：各词皆在标题里为 1；号相符的另加 1，标题里连着有所写全部文字的另加 1.5 */
  score: number
  /** 合上几个词 */
  words: number
  /** 标题里连着有所写的全部文字 */
  whole: boolean
  /** 只有其中几个词 */
  partial: boolean
}

export interface FacetCount {
  value: string
  n: number
}

export interface SearchPage {
  hits: readonly SearchHit[]
  /** 相合的件数；数到三百为止 */
  total: number
  atLeast: boolean
  next: string | null
  /** 各筛选项的件数，多的在前；只数排了的那些（至多三百件） */
  facets: Readonly<Record<string, readonly FacetCount[]>>
  /** 在结果里标出的文字，长的在前 */
  marks: readonly string[]
  /** 猜是写错了、照它查的；没有猜的为 null */
  corrected: string | null
  /** 没有各词皆有的，放宽查得的 */
  loosened: boolean
}

/** 只排最新的这么多件：命中再多，排序的代价有限。 */
const RANKED = 300
// 标题相合的、号相符的另取，不因旧而排不上
const TITLED = 200
const NUMBERED = 50
// 放宽的要逐件取出全文的词来看，少看一些
const LOOSE = 300

/** 怎样算相合：各词皆有、皆在标题、连着有、号相符。 */
export function exactArms({ whole, number }: ParsedQuery, words: readonly WeighedWord[], { total }: Pick<Recency, 'total'>): Arm[] {
  const [anywhere, found] = [allOf(words.map((word) => word.anywhere)), allOf(words.map((word) => word.found))]
  const known = { ...(words.length > 0 && { likely: likelyCount(words, total) }), year: yearIn(words) }
  return [
    ...(anywhere === null ? [] : [{ query: anywhere, most: RANKED, ...known }]),
    ...(found === null ? [] : [{ query: found, most: TITLED, onlyIfFull: true, ...known }]),
    ...(whole === null ? [] : [{ query: whole, most: TITLED, ...known }]),
    ...(number === null ? [] : [{ query: number, most: NUMBERED, likely: NUMBERED }]),
  ]
}

// 各词互不相干时该有的件数；相干的会多，放宽几倍，至多与最少见的一样多
const RELATED = 4
function likelyCount(words: readonly WeighedWord[], total: number): number {
  const shares = words.map(({ count }) => count / Math.max(total, 1))
  return Math.min(...words.map(({ count }) => count), shares.reduce((product, share) => product * share, RELATED * total))
}

const yearIn = (words: readonly WeighedWord[]): number | null => Number(words.find(({ word }) => /^(19|20)\d\d$/.test(word))?.word ?? 0) || null

/** 放宽的：少见的几词之一，连同另外任一词；只有一个词的就是它。只有数字的词（年份、序号）不算。 */
export function looseArms(words: readonly WeighedWord[]): Arm[] {
  const query = looseOf(words.filter(({ count, word }) => count > 0 && !/^\d+$/.test(word)))
  return query === null ? [] : [{ query, most: LOOSE }]
}

const RAREST = 4

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
  invalidFrom: string | null
  score: number
  words: number
  whole: boolean
}

interface Answer {
  hits: Row[] | null
  facets: { name: string; value: string; n: number }[] | null
  total: number
}

/** 排一页所需的：切词的、由近及远的几段；`loose` 为放宽查得的，逐件看合上了哪几个词。 */
export interface Ranking {
  segmenter: Segmenter
  recency: Recency
  loose: boolean
}

/** 各取最新的若干件相合的，合起来按相合的程度、公开之日排一页；顺带数筛选项。 */
export async function rank(tx: Tx, request: SearchRequest, parsed: ParsedQuery, words: readonly WeighedWord[], arms: readonly Arm[], { segmenter, recency, loose }: Ranking): Promise<SearchPage> {
  if (arms.length === 0) return { ...NOTHING, marks: parsed.marks }
  const from = Math.min(Math.max(Math.trunc(Number(request.after ?? 0)) || 0, 0), RANKED)
  const asked = required(request, parsed, segmenter)
  const { tables, names } = armTables(arms.map((arm) => ({ ...arm, query: allOf([arm.query, asked.query]) ?? arm.query })), recency, asked.where)
  const { rows } = await sql<Answer>`${eachTime}
    with ${tables}, newest as materialized (${sql.join(names.map((name) => sql`select * from ${name}`), sql` union `)}),
    ranked as materialized (
      select d.body_id, d.doc_kind, d.doc_id, d.published_on, d.invalid_from, d.facets, ${scoreOf(request, parsed, words, loose)}
      from newest join search_document d on d.ctid = newest.at
      cross join lateral (select strip(d.title_tokens) as tokens offset 0) titled
      ${loose ? sql`cross join lateral (select strip(d.tokens) as tokens offset 0) all_words` : sql``}),
    page as (select * from ranked order by score desc, published_on desc, doc_id desc limit ${request.limit + 1} offset ${from}),
    counted as (select facet, count(*)::int as n from (
      select 'kind:' || doc_kind as facet from ranked union all select 'body:' || body_id from ranked
      union all select 'year:' || extract(year from published_on) from ranked union all select unnest(facets) from ranked
      ${request.today === undefined ? sql`` : sql`union all select 'validity:' || case when invalid_from <= ${request.today}::date then 'past' else 'valid' end from ranked`}) as each group by facet)
    select (select count(*)::int from ranked) as total,
      (select json_agg(json_build_object('name', split_part(facet, ':', 1), 'value', substr(facet, strpos(facet, ':') + 1), 'n', n) order by n desc, facet) from counted) as facets,
      (select json_agg(json_build_object('bodyId', p.body_id, 'kind', p.doc_kind, 'id', p.doc_id, 'title', d.title, 'text', d.text, 'publishedOn', p.published_on, 'invalidFrom', p.invalid_from,
          'score', p.score, 'words', p.words, 'whole', p.whole) order by p.score desc, p.published_on desc, p.doc_id desc)
        from page p join search_document d using (body_id, doc_kind, doc_id)) as hits`.execute(tx)
  const answer = rows[0]
  const hits = answer?.hits ?? []
  const total = answer?.total ?? 0
  return {
    hits: hits.slice(0, request.limit).map((row) => ({ ...toHit(row, parsed.marks), partial: loose && request.match !== 'any' })),
    total: Math.min(total, RANKED),
    atLeast: total >= (loose ? LOOSE : RANKED),
    next: hits.length > request.limit ? String(from + request.limit) : null,
    facets: Object.fromEntries([...Map.groupBy(answer?.facets ?? [], (facet) => facet.name)].map(([name, values]) => [name, values.map(({ value, n }) => ({ value, n }))])),
    marks: parsed.marks,
    corrected: null,
    loosened: false,
  }
}

const NOTHING = { hits: [], total: 0, atLeast: false, next: null, facets: {}, corrected: null, loosened: false }

// 筛选写在词里，与所查的一同求交；有效与否随今日而变，只能逐件看
function required({ kinds, bodyId, filters = {}, validity, today }: SearchRequest, { phrases }: ParsedQuery, segmenter: Segmenter) {
  const said = phrases.map((phrase) => anyOf([allOf(segmenter.forQuery(phrase).map((word) => hasWord(word))), hasRun(phrase)]))
  const chosen = [...Object.entries(filters), ...(bodyId === undefined ? [] : [['body', bodyId] as const])].map(([name, value]) => hasFacet(name, value))
  const valid = validity === undefined || today === undefined ? sql`` : validity === 'past' ? sql`and invalid_from <= ${today}::date` : sql`and (invalid_from is null or invalid_from > ${today}::date)`
  const verbatim = sql.join(phrases.map((phrase) => sql`and strpos(lower(normalize(title || ' ' || text, NFKC)), ${phrase}) > 0`), sql` `)
  return { query: allOf([...said, ...chosen]), where: sql`and doc_kind = any(${[...kinds]}::text[]) ${valid} ${phrases.length === 0 ? sql`` : verbatim}` }
}

// 新近的略前，失效的在后；只在给了今日时
const RECENT = 0.15
const PAST = 0.4
// 比新近的所加的略多：一样相合的，再新也在后面
const LATER = 0.16
// 标题里只有同义的说法，不如有所写的本词
const ALIKE = 0.7
// 别的都一样的，标题短的更专
const BRIEF = 0.04

// 只看标题的词，一件取出一次，不取出全文的；放宽的才要逐件看合上了哪几个词
function scoreOf({ today, later = [] }: SearchRequest, { text, number, whole }: ParsedQuery, words: readonly WeighedWord[], loose: boolean): RawBuilder<unknown> {
  const total = Math.max(words.reduce((sum, word) => sum + word.weight, 0), 1)
  const inTitle = ({ titled, said, weight }: WeighedWord) => (said === titled ? [has(titled, weight / 2)] : [has(titled, (weight / 2) * ALIKE), has(said, (weight / 2) * (1 - ALIKE))])
  const anywhere = ({ anywhere: query, weight }: WeighedWord) => (loose ? sql`case when all_words.tokens @@ ${query}::tsquery then ${weight / 2}::float8 else 0 end` : sql`${weight / 2}::float8`)
  const dated = today === undefined ? [] : [sql`${RECENT}::float8 / (1 + greatest(${today}::date - d.published_on, 0) / 365.0)`, sql`case when d.invalid_from <= ${today}::date then ${-PAST}::float8 else 0 end`]
  // 相邻二字都有的未必连着；连着的再加一些，标题里别的字越少越多
  const verbatim = whole === null ? sql`0::float8` : sql`case when titled.tokens @@ ${whole}::tsquery and strpos(lower(normalize(d.title, NFKC)), ${text}) > 0 then 0.5::float8 + 0.3 * ${[...text].length}::float8 / length(d.title) else 0 end`
  return sql`${loose ? add(words.map(({ anywhere: query }) => sql`case when all_words.tokens @@ ${query}::tsquery then 1 else 0 end`)) : sql`${words.length}`}::int as words,
    ${whole === null ? sql`false` : sql`titled.tokens @@ ${whole}::tsquery`} as whole,
    ${add([sql`(${add([...words.flatMap(inTitle), ...words.map(anywhere)])}) / ${total}::float8`, has(number, 1), has(whole, 1), verbatim, sql`${BRIEF}::float8 * 10 / (10 + length(d.title))`, ...dated, ...(later.length === 0 ? [] : [sql`case when d.doc_kind = any(${[...later]}::text[]) then ${-LATER}::float8 else 0 end`])])} as score`
}

// 逐词写在语句里，查询串只解析一次；放进数组再展开的，每行都要重新解析
const add = (parts: readonly RawBuilder<unknown>[]) => (parts.length === 0 ? sql`0::float8` : sql`(${sql.join(parts, sql` + `)})`)
const has = (query: string | null, worth: number) => (query === null ? sql`0::float8` : sql`case when titled.tokens @@ ${query}::tsquery then ${worth}::float8 else 0 end`)

const toHit = ({ title, text, ...row }: Row, marks: readonly string[]): Omit<SearchHit, 'partial'> => ({ ...row, title: highlight(title, marks), snippet: snippet(text, marks) })
