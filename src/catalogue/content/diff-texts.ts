import { diffArrays } from 'diff'

/** 一处改动里的一小段。 */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** 两版正文相比的一行（一段，或表的一行）；`gap` 为略去的几行，没有改动。 */
export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string } | { kind: 'changed'; parts: readonly DiffPart[] } | { kind: 'gap'; lines: number }

/** 比到多少处不同就不再细比，照整段增删写出。 */
const MOST_EDITS = 1500
const MOST_PAIRED = 60
/** 一次至多细比这么多字；公众也看得到的页面，不能让一份整篇改过的长文占住 */
const MOST_FINE = 60_000
/** 两行有多像才算是同一行改的 */
const ALIKE = 0.3
const CONTEXT = 1

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** 两份文字的不同：先比段，再比句，再比词；没有改动的长段略去。没有不同则为空。 */
export function diffTexts(before: string, after: string): DiffLine[] {
  if (before === after) return []
  const [old, now] = [toLines(before), toLines(after)]
  const changes = diffArrays(old, now, { maxEditLength: MOST_EDITS })
  if (changes === undefined) return apart(old, now)
  const lines: DiffLine[] = []
  const fine = { left: MOST_FINE }
  for (let i = 0; i < changes.length; i++) {
    const [change, next] = [changes[i], changes[i + 1]]
    if (change === undefined) continue
    if (change.removed && next?.added === true) {
      lines.push(...pairLines(change.value, next.value, fine))
      i += 1
    } else lines.push(...change.value.map((text): DiffLine => ({ kind: change.added ? 'added' : change.removed ? 'removed' : 'same', text })))
  }
  return foldSame(lines)
}

const toLines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')

const apart = (old: readonly string[], now: readonly string[]): DiffLine[] => [...old.map((text): DiffLine => ({ kind: 'removed', text })), ...now.map((text): DiffLine => ({ kind: 'added', text }))]

// 增删相连的几行：按次序配成对，使各对合起来最像；配不上的照增删
function pairLines(old: readonly string[], now: readonly string[], fine: { left: number }): DiffLine[] {
  const length = [...old, ...now].reduce((sum, line) => sum + line.length, 0)
  if (old.length > MOST_PAIRED || now.length > MOST_PAIRED || length > fine.left) return apart(old, now)
  fine.left -= length
  const others = now.map(pairsOf)
  const scores = old.map((a) => {
    const pairs = pairsOf(a)
    return others.map((each) => likeness(pairs, each))
  })
  const best = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0
  const pairScore = (i: number, j: number): number => {
    const score = scores[i]?.[j] ?? 0
    return score < ALIKE ? -1 : score + at(i + 1, j + 1)
  }
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = best[i]
      if (row !== undefined) row[j] = Math.max(at(i + 1, j), at(i, j + 1), pairScore(i, j))
    }
  const lines: DiffLine[] = []
  for (let [i, j] = [0, 0]; i < old.length || j < now.length; ) {
    const [a, b] = [old[i], now[j]]
    if (a !== undefined && b !== undefined && at(i, j) === pairScore(i, j)) {
      lines.push({ kind: 'changed', parts: diffLine(a, b) })
      i += 1
      j += 1
    } else if (a !== undefined && at(i, j) === at(i + 1, j)) {
      lines.push({ kind: 'removed', text: a })
      i += 1
    } else if (b !== undefined) {
      lines.push({ kind: 'added', text: b })
      j += 1
    } else {
      i += 1
    }
  }
  return lines
}

// 相邻两字的重合；极短的一行只改一两字的也算像
function likeness(x: ReadonlySet<string>, y: ReadonlySet<string>): number {
  if (x.size === 0 || y.size === 0) return 0
  let shared = 0
  for (const pair of x) if (y.has(pair)) shared += 1
  return (2 * shared) / (x.size + y.size)
}

const pairsOf = (text: string): Set<string> => {
  const letters = ` ${text.slice(0, 2000)} `
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)))
}

/** 一行之内：先按句，再在改了的句里按词。 */
export function diffLine(before: string, after: string): DiffPart[] {
  const parts: DiffPart[] = []
  const changes = diffArrays(sentencesOf(before), sentencesOf(after), { maxEditLength: MOST_EDITS })
  if (changes === undefined) return [{ kind: 'removed', text: before }, { kind: 'added', text: after }]
  for (let i = 0; i < changes.length; i++) {
    const [change, next] = [changes[i], changes[i + 1]]
    if (change === undefined) continue
    if (change.removed && next?.added === true) {
      for (const part of diffWords(change.value.join(''), next.value.join(''))) add(parts, part)
      i += 1
    } else add(parts, { kind: change.added ? 'added' : change.removed ? 'removed' : 'same', text: change.value.join('') })
  }
  return parts
}

function diffWords(before: string, after: string): DiffPart[] {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MOST_EDITS })
  if (changes === undefined) return [{ kind: 'removed', text: before }, { kind: 'added', text: after }]
  return changes.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value.join('') }))
}

const sentencesOf = (text: string): string[] => text.match(/[^。！？；\t]+[。！？；\t]?|[。！？；\t]/gu) ?? []
const wordsOf = (text: string): string[] => [...words.segment(text)].map(({ segment }) => segment)

function add(parts: DiffPart[], part: DiffPart): void {
  const last = parts.at(-1)
  if (part.text === '') return
  if (last?.kind === part.kind) parts[parts.length - 1] = { kind: part.kind, text: last.text + part.text }
  else parts.push(part)
}

// 没有改动的各行，改动两边各留一行，其余略去
function foldSame(lines: readonly DiffLine[]): DiffLine[] {
  const near = (i: number): boolean => lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ kind }) => kind !== 'same')
  const folded: DiffLine[] = []
  for (const [i, line] of lines.entries()) {
    const last = folded.at(-1)
    if (line.kind !== 'same' || near(i)) folded.push(line)
    else if (last?.kind === 'gap') folded[folded.length - 1] = { kind: 'gap', lines: last.lines + 1 }
    else folded.push({ kind: 'gap', lines: 1 })
  }
  return folded
}
