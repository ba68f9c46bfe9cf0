import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../db.ts'
import './tables.ts'
import { allOf, anyOf, hasFacet } from './vector.ts'

/**
 * 由近及远的几段：处处都有的词，最新的四千件里就找够了，不必把它的几十万件都取出来排；不够再往前。
 * 段以日、月、年的词写在查询里，索引里求交，不靠数据库猜哪样快。
 */
export interface Recency {
  /** 约有多少件 */
  total: number
  /** 各段，近的、窄的在前；不含「全部」。件数少的库没有 */
  windows: readonly RecencyWindow[]
  /** 处处都有的词约见于几件，取自数据库的统计；少见的不在其中 */
  frequent: ReadonlyMap<string, number>
}

export interface RecencyWindow {
  query: string
  /** 自哪一日起 */
  from: string
  /** 全部约为这一段的几倍 */
  share: number
}

// 每段约为前一段的六到八倍：一个词每段至多取出所求的八倍，不论常见罕见
const SIZES = [4000, 24_000, 190_000]
const KEPT_MS = 10 * 60_000

/** 读出几段的起止，存十分钟：旧了只是多看一段，不会少查。 */
export function recencyReader(): (tx: Tx) => Promise<Recency> {
  let kept: { at: number; recency: Promise<Recency> } | null = null
  return (tx) => {
    const now = performance.now()
    if (kept === null || now - kept.at > KEPT_MS) {
      const recency = read(tx)
      kept = { at: now, recency }
      recency.catch(() => {
        kept = null
      })
    }
    return kept.recency
  }
}

async function read(tx: Tx): Promise<Recency> {
  const from = (offset: number) => sql<string | null>`(select published_on::text from search_document order by published_on desc, doc_id desc offset ${offset} limit 1)`
  const { rows } = await sql<{ total: number; starts: (string | null)[]; last: string | null }>`
    select (select reltuples::float8 from pg_class where oid = 'search_document'::regclass) as total,
      array[${sql.join(SIZES.map(from))}] as starts, (select max(published_on)::text from search_document) as last`.execute(tx)
  const { total = 0, starts = [], last } = rows[0] ?? {}
  const found = starts.flatMap((start, n) => (start === null || last == null ? [] : [{ ...since(start, last, n === 0),  share: Math.max(1, total / (SIZES[n] ?? 1)) }]))
  return { total, windows: found, frequent: found.length === 0 ? new Map() : await readFrequent(tx, total) }
}

async function readFrequent(tx: Tx, total: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ word: string; share: number }>`
    select word, share from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as each (word, share)
    where schemaname = current_schema() and tablename = 'search_document' and attname = 'tokens' and word is not null`.execute(tx)
  return new Map(rows.map(({ word, share }) => [word, Math.round(share * total)]))
}

const two = (n: number): string => String(n).padStart(2, '0')

// 起始那月的各日，那年其后的各月，其后的各年；次年也算上，免得存着的一段漏了刚到的新年。
// 宽的一段自那月 1 日起，不写各日：索引求交从最少见的词翻起，写了各日的，要把这些日子都翻一遍
function since(from: string, last: string, byDay: boolean): Pick<RecencyWindow, 'query' | 'from'> {
  const [year, month, day] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)), Number(from.slice(8, 10))]
  const days = byDay ? Array.from({ length: 32 - day }, (_, n) => hasFacet('day', `${from.slice(0, 8)}${two(day + n)}`)) : [hasFacet('month', from.slice(0, 7))]
  const months = Array.from({ length: 12 - month }, (_, n) => hasFacet('month', `${year}-${two(month + 1 + n)}`))
  const years = Array.from({ length: Number(last.slice(0, 4)) + 1 - year }, (_, n) => hasFacet('year', String(year + 1 + n)))
  return { query: anyOf([...days, ...months, ...years]) ?? '', from: byDay ? from : `${from.slice(0, 8)}01` }
}

/** 查找的一路：合于 query 的最新的若干件。 */
export interface Arm {
  query: string
  most: number
  /** 前一路够了 `most` 件才查 */
  onlyIfFull?: boolean
  /** 合于 query 的至多约这么多件；不知道的不写 */
  likely?: number
  /** 说的是哪一年的事 */
  year?: number | null
}

// 照日子排而不让数据库倒着翻「最新」的索引：翻一行就要取出它全部的词
const NEWEST = sql`order by published_on - date '1900-01-01' desc, doc_id desc`

/**
 * 各路各取最新的若干件，一路一张临时表，名为 arm0、arm1……，列为所在的行 `at`；由近及远，够了就不再往前。
 * @param where 另须合的条件，以 and 开头；没有则为空
 */
export function armTables(arms: readonly Arm[], recency: Recency, where: RawBuilder<unknown>): { tables: RawBuilder<unknown>; names: RawBuilder<unknown>[] } {
  const tables: RawBuilder<unknown>[] = []
  const names = arms.map((arm, n) => {
    const { query, most, onlyIfFull = false } = arm
    const steps = [...worthwhile(arm, recency), null].map((window, step) => ({ window, table: sql.raw(`arm${n}_${step}`) }))
    for (const [step, { window, table }] of steps.entries()) {
      // 各段都要看：够了之后的一段是空的，只看前一段会以为还不够
      const unfilled = steps.slice(0, step).map((before) => sql`and (select count(*) from ${before.table}) < ${most}`)
      const full = onlyIfFull && n > 0 ? sql`and (select count(*) from ${sql.raw(`arm${n - 1}`)}) >= ${arms[n - 1]?.most ?? 0}` : sql``
      tables.push(sql`${table} as materialized (
        select ctid as at from search_document where tokens @@ ${allOf([query, window])}::tsquery ${where} ${sql.join(unfilled, sql` `)} ${full}
        ${NEWEST} limit ${most})`)
    }
    tables.push(sql`${sql.raw(`arm${n}`)} as materialized (${sql.join(steps.map(({ table }) => sql`select * from ${table}`), sql` union `)})`)
    return sql.raw(`arm${n}`)
  })
  return { tables: sql.join(tables), names }
}

// 总共也没有几件的、那一段里不会有多少的，不必分段；说某一年的事，多在那年与次年公开
function worthwhile({ most, likely = Infinity, year = null }: Arm, { windows }: Recency): string[] {
  if (likely <= most * FEW) return []
  return windows.filter(({ share, from }) => likely / share >= most / FEW && (year === null || from <= `${year + 1}-12-31`)).map(({ query }) => query)
}
const FEW = 8
