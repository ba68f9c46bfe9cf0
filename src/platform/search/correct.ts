import type { Tx } from '../db.ts'
import { isNear, nearOf } from './reading.ts'
import type { Recency } from './recency.ts'
import type { Segmenter } from './segmenter.ts'
import { countTitles, findNear, findSounding } from './words.ts'

/** 更长的多半是一段话，不猜。 */
const MOST_LETTERS = 40
const MOST_FOUND = 200
const COUNTED = 200
// 数一个词要查一次索引；像的在前，后面的多半轮不到
const MOST_COUNTED = 32
const MOST_TRIED = 3

interface Change {
  at: number
  length: number
  word: string
  /** 0 读音全同，1 读音相近，2 差一字 */
  kind: number
}

/**
 * 猜所写的错在哪里：读音相同的（公基金 → 公积金）、差一字的，只换成公开着的标题里有的词。
 * @param good 所写的字里没有写错的：已经查得到的词、虚字
 * @returns 几种改法，像的在前；没有的为空
 */
export async function guessMeant(tx: Tx, folded: string, good: readonly boolean[], segmenter: Segmenter, recency: Recency): Promise<string[]> {
  if (folded.length > MOST_LETTERS) return []
  const runs = [...folded.matchAll(/\p{Script=Han}{2,}|[a-z][a-z0-9]{2,}/gu)].map((found) => ({ at: found.index, text: found[0] }))
  const windows = runs.flatMap((run) => windowsOf(run, segmenter)).filter(({ at, text }) => good.slice(at, at + text.length).some((each) => !each))
  if (windows.length === 0) return []
  const changes = await changesOf(tx, windows)
  const nearest = changes.toSorted((a, b) => a.kind - b.kind || b.length - a.length).slice(0, MOST_COUNTED)
  const used = await countTitles(tx, [...new Set(nearest.map(({ word }) => word))], COUNTED, recency)
  const likely = nearest
    .filter(({ word }) => (used.get(word) ?? 0) > 0)
    .toSorted((a, b) => a.kind - b.kind || b.length - a.length || (used.get(b.word) ?? 0) - (used.get(a.word) ?? 0))
  const singles = likely.slice(0, MOST_TRIED).map((change) => [change])
  const together = likely.reduce<Change[]>((kept, change) => (kept.some((other) => overlaps(other, change)) ? kept : [...kept, change]), [])
  return [...new Set([...singles, ...(together.length > 1 ? [together] : [])].map((each) => applied(folded, each)))]
}

interface Window {
  at: number
  text: string
  /** 汉字才有 */
  sound: string | null
  spelling: string | null
}

const LONGEST = 8

// 汉字的每一小段；字母的只有整串
function windowsOf({ at, text }: { at: number; text: string }, segmenter: Segmenter): Window[] {
  if (/^[a-z]/.test(text)) return [{ at, text, sound: null, spelling: null }]
  const letters = [...text]
  const windows: Window[] = []
  for (let from = 0; from < letters.length; from += 1)
    for (let length = 2; length <= Math.min(LONGEST, letters.length - from); length += 1) {
      const part = letters.slice(from, from + length).join('')
      const { sound, spelling } = segmenter.readingOf(part)
      windows.push({ at: at + letters.slice(0, from).join('').length, text: part, sound, spelling })
    }
  return windows
}

async function changesOf(tx: Tx, windows: readonly Window[]): Promise<Change[]> {
  const sounding = Map.groupBy(await findSounding(tx, [...new Set(windows.flatMap(({ sound }) => sound ?? []))], MOST_FOUND), (row) => row.sound)
  const near = await findNear(tx, [...new Set(windows.flatMap(({ text }) => nearOf(text)))], MOST_FOUND)
  return windows.flatMap(({ at, text, sound, spelling }) => [
    ...(sounding.get(sound ?? '') ?? []).filter(({ word }) => word !== text).map((row) => ({ at, length: text.length, word: row.word, kind: row.spelling === spelling ? 0 : 1 })),
    ...(text.length < SHORTEST ? [] : near.filter((word) => word !== text && isNear(word, text)).map((word) => ({ at, length: text.length, word, kind: 2 }))),
  ])
}

const SHORTEST = 3

const overlaps = (a: Change, b: Change): boolean => a.at < b.at + b.length && b.at < a.at + a.length

const applied = (text: string, changes: readonly Change[]): string =>
  changes.toSorted((a, b) => b.at - a.at).reduce((now, { at, length, word }) => now.slice(0, at) + word + now.slice(at + length), text)
