import type { Tx } from '../db.ts'
import { guessMeant } from './correct.ts'
import { FUNCTION_LETTERS, parseQuery } from './parse-query.ts'
import type { ParsedQuery } from './parse-query.ts'
import { exactArms, looseArms, rank } from './rank.ts'
import type { SearchPage, SearchRequest } from './rank.ts'
import type { SearchTools, Segmenter } from './segmenter.ts'
import { weigh } from './weigh.ts'
import type { WeighedWord } from './weigh.ts'

/**
 * 检索：写的是文号、索引号的照号找；其余须各词皆有；一件都没有的，先猜是不是写错了，再放宽到有其要紧的几词。
 * 各取最新的三百件，按相合的程度、公开之日排。
 */
export async function searchDocuments(tx: Tx, request: SearchRequest, tools: SearchTools): Promise<SearchPage> {
  const parsed = await parseQuery(tx, request.q, tools)
  if (parsed.onlyNumber) {
    const page = await rank(tx, request, parsed, [], exactArms({ ...parsed, whole: null }, [], tools.recency), { ...tools, loose: false })
    if (page.total > 0) return page
  }
  const words = await weigh(tx, parsed.words, tools.recency)
  if (request.match === 'any') return rank(tx, request, parsed, words, [...exactArms(parsed, words, tools.recency), ...looseArms(words)], { ...tools, loose: true })
  const page = await rank(tx, request, parsed, words, exactArms(parsed, words, tools.recency), { ...tools, loose: false })
  const doubtful = page.total === 0 || (parsed.uncovered && page.hits.every(({ whole }) => !whole))
  if (doubtful && request.literal !== true && parsed.phrases.length === 0) {
    const corrected = await searchMeant(tx, request, parsed, words, tools)
    if (corrected !== null) return corrected
  }
  if (page.total > 0) return filled(tx, request, page, parsed, words, tools)
  return { ...(await rank(tx, request, parsed, words, looseArms(words), { ...tools, loose: true })), loosened: true }
}

/** 放宽查得的，至少要合上这么多才接在后面。 */
const LEAST_PARTIAL = 0.35

async function filled(tx: Tx, request: SearchRequest, page: SearchPage, parsed: ParsedQuery, words: readonly WeighedWord[], tools: SearchTools): Promise<SearchPage> {
  const wanted = request.limit - page.hits.length
  if (request.fill !== true || wanted <= 0 || page.next !== null || (request.after ?? null) !== null || words.length < 2) return page
  const seen = new Set(page.hits.map(({ id }) => id))
  const more = await rank(tx, request, parsed, words, looseArms(words), { ...tools, loose: true })
  return { ...page, hits: [...page.hits, ...more.hits.filter(({ id, score }) => !seen.has(id) && score >= LEAST_PARTIAL).slice(0, wanted)] }
}

async function searchMeant(tx: Tx, request: SearchRequest, parsed: ParsedQuery, words: readonly WeighedWord[], tools: SearchTools): Promise<SearchPage | null> {
  const { segmenter, recency } = tools
  for (const q of await guessMeant(tx, parsed.text, goodLetters(parsed, words, segmenter), segmenter, recency)) {
    const meant = await parseQuery(tx, q, tools)
    const weighed = await weigh(tx, meant.words, recency)
    const page = await rank(tx, request, meant, weighed, exactArms(meant, weighed, recency), { ...tools, loose: false })
    if (page.total > 0) return { ...(await filled(tx, request, page, meant, weighed, tools)), corrected: q }
  }
  return null
}

// 查得到的词、字母数字与虚字，不当作写错
function goodLetters({ text, words }: ParsedQuery, weighed: readonly WeighedWord[], segmenter: Segmenter): boolean[] {
  const found = new Set(weighed.filter(({ count }) => count > 0).map(({ word }) => word))
  const asked = new Set(words.map(({ word }) => word))
  const good = Array.from({ length: text.length }, (_, at) => /[^\p{Script=Han}a-z]/u.test(text.charAt(at)))
  for (const { index } of text.matchAll(FUNCTION_LETTERS)) good[index] = true
  let from = 0
  for (const word of segmenter.forQuery(text)) {
    const at = text.indexOf(word, from)
    if (at === -1) continue
    // 不算数的词（「怎么」「申请」）没有查，也不是写错
    if (found.has(word) || !asked.has(word)) good.fill(true, at, at + word.length)
    from = at + word.length
  }
  return good
}
