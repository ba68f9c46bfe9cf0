import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

// 与迁移 0424 的索引一字不差，否则用不上索引
const SAID = sql.raw(String.raw`regexp_replace(lower(normalize(reg_no || '|' || coalesce(doc_no, '') || '|' || content, NFKC)), '[[:space:]〔〕()【】\[\]]', '', 'g')`)
const PAIRS = sql`string_to_array(regexp_replace(${SAID}, '(..)', '\\1 ', 'g') || ' ' || regexp_replace(substr(${SAID}, 2), '(..)', '\\1 ', 'g'), ' ')`

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s〔〕()【】[\]]/g, '')

const MOST_WORDS = 10

/**
 * 登记号、文号、所求里有这些话的（空格隔开的各段都有；全角半角、大小写、括号不论）。
 * 没有两个字以上的一段的为 null：一个字无从查起。
 */
export function saidIn(text: string): RawBuilder<unknown> | null {
  const parts = [...new Set(text.split(/\s+/).map(fold))].filter((part) => pairsOf(part).length > 0).slice(0, MOST_WORDS)
  if (parts.length === 0) return null
  const pairs = [...new Set(parts.flatMap(pairsOf))]
  // 先凭索引找出各二字都有的，再逐件看是否连着
  return sql.join([sql`${PAIRS} @> ${pairs}::text[]`, ...parts.map((part) => sql`strpos(${SAID}, ${part}) > 0`)], sql` and `)
}

const pairsOf = (text: string): string[] => {
  const letters = [...text]
  return letters.slice(1).map((letter, i) => `${letters[i] ?? ''}${letter}`)
}
