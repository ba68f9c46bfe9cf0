const GRAM = 3
const MAX_PARAGRAPHS = 200
const MAX_LENGTH = 1500
const SHORTEST = 20 // 更短的段落（标题、落款）不比

/** 一段与另一份文字中最像的一段。 */
export interface Likeness {
  paragraph: string
  /** 三字组 Jaccard 系数，0 至 1 */
  score: number
  /** 最像的一段在另一份中的序号；没有相同的字组则为 null */
  nearest: number | null
}

/** 逐段求与另一份文字的相似度；数字与空白不计，改个年份不算不同。短于 20 字的段落略去。 */
export function likeness(paragraphs: readonly string[], others: readonly string[]): Likeness[] {
  const theirs = others.slice(0, MAX_PARAGRAPHS).map(gramsOf)
  return compared(paragraphs).map((paragraph) => {
    const mine = gramsOf(paragraph)
    let best: { score: number; nearest: number | null } = { score: 0, nearest: null }
    theirs.forEach((grams, index) => {
      if (reachable(mine.size, grams.size) <= best.score) return
      const score = jaccard(mine, grams)
      if (score > best.score) best = { score, nearest: index }
    })
    return { paragraph, ...best }
  })
}

const compared = (paragraphs: readonly string[]): string[] =>
  paragraphs.filter((paragraph) => plain(paragraph).length >= SHORTEST).slice(0, MAX_PARAGRAPHS)

const ALIKE = 0.9
const SHARE = 0.6

/** 与另一份文字雷同：相似度达 0.9 的段落占六成以上。 */
export function alike(found: readonly Likeness[]): { alike: boolean; same: number; of: number } {
  const same = found.filter(({ score }) => score >= ALIKE).length
  return { alike: found.length > 0 && same >= found.length * SHARE, same, of: found.length }
}

const plain = (text: string): string => text.replace(/[\s\d０-９]+/g, '').slice(0, MAX_LENGTH)

/** 一段文字的三字组；数字与空白不计。 */
export function gramsOf(text: string): Set<string> {
  const source = plain(text)
  const grams = new Set<string>()
  for (let i = 0; i + GRAM <= source.length; i++) grams.add(source.slice(i, i + GRAM))
  return grams
}

// 大小悬殊的两段，系数不会超过大小之比
const reachable = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : Math.min(a, b) / Math.max(a, b))

/** 两组相同的占几成，0 至 1。 */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  let common = 0
  for (const gram of small) if (large.has(gram)) common++
  return common / (a.size + b.size - common)
}
