import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { nearOf } from './reading.ts'
import type { Recency } from './recency.ts'
import type { Segmenter } from './segmenter.ts'
import './tables.ts'
import { allOf, hasTitleWord } from './vector.ts'

// 数字、单位之类没有写错可言
const isSpoken = (word: string): boolean => /^[\p{Script=Han}]{2,40}$/u.test(word) || /^[a-z][a-z0-9]{2,39}$/.test(word)

/** 记下标题里的词；已有的不动，故两件同时公开也不互等。 */
export async function putWords(tx: Tx, words: Iterable<string>, segmenter: Segmenter): Promise<void> {
  // 依次写入，免得两件同时公开时互相等
  const rows = [...new Set(words)].filter(isSpoken).toSorted().map((word) => ({ word, ...segmenter.readingOf(word), near: nearOf(word) }))
  if (rows.length === 0) return
  await sql`
    insert into search_word (word, spelling, initials, sound, near)
    select word, spelling, initials, sound, near from json_populate_recordset(null::search_word, ${JSON.stringify(rows)}::json)
    on conflict (word) do nothing`.execute(tx)
}

/** 这些词里，已没有哪个标题还用着的，一并去掉：撤回的标题里的名字不留在提示里。 */
export async function dropWords(tx: Tx, words: Iterable<string>): Promise<void> {
  const asked = [...new Set(words)].filter(isSpoken).toSorted()
  if (asked.length === 0) return
  await sql`
    delete from search_word w using unnest(${asked}::text[], ${asked.map(hasTitleWord)}::text[]) as gone (word, query)
    where w.word = gone.word and not exists (select from search_document d where d.tokens @@ gone.query::tsquery)`.execute(tx)
}

/** 用着的件数，数到 `most` 为止，最近的里有的只数最近的；0 即没有公开着的标题用它。 */
export async function countTitles(tx: Tx, words: readonly string[], most: number, { windows: [nearest] }: Recency): Promise<Map<string, number>> {
  if (words.length === 0) return new Map()
  const few = (column: string) => sql`(select least(count(*), ${most})::int from search_document where tokens @@ asked.${sql.ref(column)})`
  const { rows } = await sql<{ word: string; n: number }>`
    select asked.word, ${nearest === undefined ? few('query') : sql`(select case when near.n > 0 then near.n else ${few('query')} end from (select ${few('near')} as n offset 0) as near)`} as n
    from (select word, query::tsquery as query, near::tsquery as near
      from unnest(${[...words]}::text[], ${words.map(hasTitleWord)}::text[], ${words.map((word) => allOf([hasTitleWord(word), nearest?.query ?? null]))}::text[]) as given (word, query, near)) as asked`.execute(tx)
  return new Map(rows.map((row) => [row.word, row.n]))
}

/** 照全拼或首字母找词；`exact` 为整个相同，否则以它开头。 */
export async function findSpelled(tx: Tx, letters: readonly string[], limit: number): Promise<{ letters: string; word: string }[]> {
  if (letters.length === 0) return []
  const { rows } = await sql<{ letters: string; word: string }>`
    select asked.letters, w.word from unnest(${[...letters]}::text[]) as asked (letters)
    cross join lateral (
      (select word from search_word where spelling = asked.letters and word <> asked.letters limit ${limit})
      union (select word from search_word where initials = asked.letters and word <> asked.letters limit ${limit})) w`.execute(tx)
  return rows
}

/** 读音相同的词。 */
export async function findSounding(tx: Tx, sounds: readonly string[], limit: number): Promise<{ sound: string; word: string; spelling: string }[]> {
  if (sounds.length === 0) return []
  const { rows } = await sql<{ sound: string; word: string; spelling: string }>`
    select sound, word, spelling from search_word where sound = any(${[...sounds]}::text[]) order by length(word) desc, word limit ${limit}`.execute(tx)
  return rows
}

/** 差一字的词；还须逐个看过，故多给一些。 */
export async function findNear(tx: Tx, near: readonly string[], limit: number): Promise<string[]> {
  if (near.length === 0) return []
  const { rows } = await sql<{ word: string }>`select word from search_word where near && ${[...near]}::text[] order by length(word) desc, word limit ${limit}`.execute(tx)
  return rows.map((row) => row.word)
}

/** 以所写的开头的词：汉字照字，字母照全拼与首字母；短的在前。 */
export async function findPrefixed(tx: Tx, prefix: string, limit: number): Promise<string[]> {
  const like = `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const columns = /^[a-z]+$/.test(prefix) ? (['spelling', 'initials'] as const) : (['word'] as const)
  const { rows } = await sql<{ word: string }>`
    select word from (${sql.join(columns.map((column) => sql`(select word from search_word where ${sql.ref(column)} like ${like} order by ${sql.ref(column)} using ~<~ limit ${limit})`), sql` union `)}) as found
    order by length(word), word limit ${limit}`.execute(tx)
  return rows.map((row) => row.word)
}
