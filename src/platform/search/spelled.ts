import type { Tx } from '../db.ts'
import type { Recency } from './recency.ts'
import { countTitles, findSpelled } from './words.ts'

const LETTERS = /^[a-z]{2,40}$/
/** 一串字母至多当作这么多个词。 */
const MOST = 6
const CANDIDATES = 20
const COUNTED = 50
const LONGEST = 24

/**
 * 查询里的字母或许是拼音：gongjijin、gjj → 公积金；几个词连写的 gongjijinjiaocun → 公积金、缴存。
 * 得出每串字母依次是哪些词，每处几种可能，常见的在前；不像拼音的没有。
 */
export async function spelledWords(tx: Tx, words: readonly string[], recency: Recency): Promise<Map<string, string[][]>> {
  const letters = words.filter((word) => LETTERS.test(word))
  if (letters.length === 0) return new Map()
  const parts = new Map(letters.map((each) => [each, partsOf(each)]))
  const rows = await findSpelled(tx, [...new Set([...parts.values()].flat())], CANDIDATES)
  const found = Map.groupBy(rows, (row) => row.letters)
  const used = await countTitles(tx, [...new Set(rows.filter((row) => letters.includes(row.letters)).map((row) => row.word))], COUNTED, recency)
  const best = (asked: string): string[] => (found.get(asked) ?? []).map(({ word }) => word).toSorted((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0)).slice(0, MOST)
  return new Map(
    letters.flatMap((each) => {
      if (found.has(each)) return [[each, [best(each)]] as const]
      const split = splitOf(each, found)
      return split === null ? [] : [[each, split.map(best)] as const]
    }),
  )
}

// 短的多半是首字母，不再拆
const SPLIT_FROM = 6
const SHORTEST = 3

const partsOf = (letters: string): string[] =>
  letters.length < SPLIT_FROM
    ? [letters]
    : [letters, ...Array.from({ length: letters.length }, (_, from) => Array.from({ length: Math.min(LONGEST, letters.length - from) }, (__, n) => letters.slice(from, from + n + 1))).flat().filter((part) => part.length >= SHORTEST)]

// 拆成最少的几个词，须拆尽
function splitOf(letters: string, found: ReadonlyMap<string, unknown>): string[] | null {
  const best: (string[] | null)[] = [[], ...Array.from({ length: letters.length }, () => null)]
  for (let to = 1; to <= letters.length; to += 1)
    for (let from = Math.max(0, to - LONGEST); from < to; from += 1) {
      const [before, part] = [best[from] ?? null, letters.slice(from, to)]
      if (before === null || !found.has(part)) continue
      if ((best[to] ?? null) === null || before.length + 1 < (best[to]?.length ?? 0)) best[to] = [...before, part]
    }
  return best[letters.length] ?? null
}
