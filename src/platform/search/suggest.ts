import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { foldText } from './fold.ts'
import { eachTime } from './plan.ts'
import { hasRun, hasTitleWord, anyOf } from './vector.ts'
import { armTables } from './recency.ts'
import type { Recency } from './recency.ts'
import type { SearchTools } from './segmenter.ts'
import { countTitles, findPrefixed } from './words.ts'

/** 一条提示：可以查的词，或公开着的标题。 */
export interface SuggestedQuery {
  text: string
  kind: 'word' | 'title'
}

const MOST_TYPED = 40
const CANDIDATES = 40
const MOST_WORDS = 4
const MOST = 10
const COUNTED = 50

/** 边写边提示：以所写的（汉字、全拼、首字母）开头的词，标题里连着有所写的；都是公开着的。 */
export async function suggestQueries(tx: Tx, typed: string, kinds: readonly string[], { segmenter, recency }: Pick<SearchTools, 'segmenter' | 'recency'>): Promise<SuggestedQuery[]> {
  const folded = foldText(typed.slice(0, MOST_TYPED).toWellFormed()).trim()
  if (folded === '') return []
  const last = lastOf(folded)
  const prefixed = await findPrefixed(tx, last, CANDIDATES)
  const used = await countTitles(tx, prefixed, COUNTED, recency)
  const words = prefixed.filter((word) => (used.get(word) ?? 0) > 0).toSorted((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0)).slice(0, MOST_WORDS)
  const before = folded.slice(0, folded.length - last.length)
  const query = anyOf([hasRun(folded), ...(/^[a-z]+$/.test(folded) ? words.map(hasTitleWord) : [])]) ?? anyOf(segmenter.forQuery(folded).map(hasTitleWord)) ?? anyOf(words.map(hasTitleWord))
  const titles = query === null ? [] : await newestTitles(tx, query, kinds, recency)
  const texts = [...words.map((word) => ({ text: before + word, kind: 'word' as const })), ...titles.map((text) => ({ text, kind: 'title' as const }))]
  return texts.filter(({ text }, i) => text !== folded && texts.findIndex((each) => each.text === text) === i).slice(0, MOST)
}

// 正在写的一段：空白、标点之后的，汉字与字母相接的从字母起
const lastOf = (folded: string): string => /(?:[a-z]+|[^\sa-z\p{P}]+)$/u.exec(folded)?.[0] ?? folded

async function newestTitles(tx: Tx, query: string, kinds: readonly string[], recency: Recency): Promise<string[]> {
  const { tables, names: [name] } = armTables([{ query, most: MOST }], recency, sql`and doc_kind = any(${[...kinds]}::text[])`)
  if (name === undefined) return []
  const { rows } = await sql<{ title: string }>`${eachTime}
    with ${tables} select d.title from ${name} join search_document d on d.ctid = ${name}.at order by d.published_on desc, d.doc_id desc limit ${MOST}`.execute(tx)
  return rows.map((row) => row.title)
}
