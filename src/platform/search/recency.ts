import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../db.ts'
import './tables.ts'
import { allOf, anyOf, hasFacet } from './vector.ts'

/**
 * 由近及远的几段：处处都有的词，最新的两万件里就找够了，不必把它的几十万件都取出来排；不够再往前。
 * 段以月、年的词写在查询里，索引里求交，不靠数据库猜哪样快。
 */
export interface Recency {
  /** 各段的查询，近的、窄的在前；不含「全部」。件数少的库没有 */
  windows: readonly string[]
  /** 全部约为最近一段的几倍 */
  share: number
}

const NEAREST = 20_000
const NEARER = 160_000
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
  const from = (offset: number) => sql`(select published_on::text from search_document order by published_on desc, doc_id desc offset ${offset} limit 1)`
  const { rows } = await sql<{ total: number; nearest: string | null; nearer: string | null; last: string | null }>`
    select (select reltuples::float8 from pg_class where oid = 'search_document'::regclass) as total,
      ${from(NEAREST)} as nearest, ${from(NEARER)} as nearer, (select max(published_on)::text from search_document) as last`.execute(tx)
  const { total = 0, nearest, nearer, last } = rows[0] ?? {}
  if (nearest == null || last == null) return { windows: [], share: 1 }
  return { windows: [nearest, ...(nearer == null ? [] : [nearer])].map((day) => sinceMonth(day, last)), share: Math.max(1, total / NEAREST) }
}

// 起始那年的各月，其后的各年；次年也算上，免得存着的一段漏了刚到的新年
function sinceMonth(from: string, last: string): string {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  const months = Array.from({ length: 13 - month }, (_, n) => hasFacet('month', `${year}-${String(month + n).padStart(2, '0')}`))
  const years = Array.from({ length: Number(last.slice(0, 4)) + 1 - year }, (_, n) => hasFacet('year', String(year + 1 + n)))
  return anyOf([...months, ...years]) ?? ''
}

/** 查找的一路：合于 query 的最新的若干件。 */
export interface Arm {
  query: string
  most: number
  /** 前一路够了 `most` 件才查 */
  onlyIfFull?: boolean
}

// 照日子排而不让数据库倒着翻「最新」的索引：翻一行就要取出它全部的词
const NEWEST = sql`order by published_on - date '1900-01-01' desc, doc_id desc`

/**
 * 各路各取最新的若干件，一路一张临时表，名为 arm0、arm1……；由近及远，够了就不再往前。
 * @param where 另须合的条件，以 and 开头；没有则为空
 */
export function armTables(arms: readonly Arm[], { windows }: Recency, where: RawBuilder<unknown>): { tables: RawBuilder<unknown>; names: RawBuilder<unknown>[] } {
  const tables: RawBuilder<unknown>[] = []
  const names = arms.map(({ query, most, onlyIfFull = false }, n) => {
    const steps = [...windows, null].map((window, step) => ({ window, table: sql.raw(`arm${n}_${step}`) }))
    for (const [step, { window, table }] of steps.entries()) {
      const before = steps[step - 1]
      const unfilled = before === undefined ? sql`` : sql`and (select count(*) from ${before.table}) < ${most}`
      const full = onlyIfFull && n > 0 ? sql`and (select count(*) from ${sql.raw(`arm${n - 1}`)}) >= ${arms[n - 1]?.most ?? 0}` : sql``
      tables.push(sql`${table} as materialized (
        select body_id, doc_kind, doc_id from search_document where tokens @@ ${allOf([query, window])}::tsquery ${where} ${unfilled} ${full}
        ${NEWEST} limit ${most})`)
    }
    tables.push(sql`${sql.raw(`arm${n}`)} as materialized (${sql.join(steps.map(({ table }) => sql`select * from ${table}`), sql` union `)})`)
    return sql.raw(`arm${n}`)
  })
  return { tables: sql.join(tables), names }
}
