import { HEADINGS } from '../../statute/report-form.ts'

/** 原文中的一个一级标题。 */
export interface Heading {
  line: number
  /** 所写的序号，如「三」 */
  number: string
  /** 序号之后的文字 */
  text: string
  /** 对应第几部分（1 至 6）；对不上的为 null */
  target: number | null
  /** 文字与格式逐字相同 */
  exact: boolean
}

export const NUMBERS = ['一', '二', '三', '四', '五', '六'] as const
const TITLES = HEADINGS.map((heading) => heading.slice(2))
const MOST = 60 // 再多就不是年度报告的标题了
const LEAD = /^([一二三四五六七八九十]{1,2})[、.．]([^。：:]{2,40})[。：:]/
const FORM = /^([一二三四五六七八九十]{1,2})[、.．,，]\s*([^。！？；]{2,40})$/

/** 一级标题的序号与文字；不是一级标题则为 null。text 已去空白。 */
export function numberedHeading(text: string): { number: string; text: string } | null {
  const found = FORM.exec(text)
  if (found) return { number: found[1]!, text: found[2]! }
  // 标题与正文写在一行的，如「一、总体情况。2023年，……」
  const lead = LEAD.exec(text)
  return lead && TITLES.includes(lead[2]!) ? { number: lead[1]!, text: lead[2]! } : null
}

/**
 * 找出一级标题并与六个标题对应：先逐字相同的；余下的按前后次序，与尚缺的标题相近的才对应，
 * 对不上的多半是小节误作一级标题。
 */
export function matchHeadings(lines: readonly { line: number; text: string }[]): Heading[] {
  const claimed = new Set<number>()
  const headings = lines.flatMap(({ line, text }): Heading[] => {
    const found = numberedHeading(text)
    if (!found) return []
    const target = sameTarget(found)
    if (target === null || claimed.has(target)) return [{ line, ...found, target: null, exact: false }]
    claimed.add(target)
    return [{ line, ...found, target, exact: found.text === TITLES[target - 1] }]
  }).slice(0, MOST)
  return headings.map((heading, index) => {
    if (heading.target !== null) return heading
    const target = likelyTarget(headings, index, claimed)
    if (target !== null) claimed.add(target)
    return { ...heading, target }
  })
}

function sameTarget({ text }: { text: string }): number | null {
  const plain = plainTitle(text)
  const index = TITLES.findIndex((title) => plainTitle(title) === plain) // 顿号有无不碍对应
  return index < 0 ? null : index + 1
}

function likelyTarget(headings: readonly Heading[], index: number, claimed: ReadonlySet<number>): number | null {
  const before = headings.slice(0, index).reduce((max, each) => Math.max(max, each.target ?? 0), 0)
  const after = headings.slice(index + 1).reduce((min, each) => Math.min(min, each.target ?? 7), 7)
  const { text, number } = headings[index]!
  let best: { target: number; score: number } | null = null
  for (let target = before + 1; target < after; target++) {
    if (claimed.has(target)) continue
    const score = overlap(text, TITLES[target - 1]!) + (NUMBERS[target - 1] === number ? 0.25 : 0)
    if (score >= 0.5 && (best === null || score > best.score)) best = { target, score }
  }
  return best?.target ?? null
}

const plainTitle = (text: string): string => text.replace(/[、，,]/g, '')

// 两字组的重合程度，0 至 1
function overlap(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)]
  let common = 0
  for (const pair of left) if (right.has(pair)) common++
  return (2 * common) / (left.size + right.size || 1)
}

function pairs(text: string): Set<string> {
  const found = new Set<string>()
  for (let i = 0; i + 1 < text.length; i++) found.add(text.slice(i, i + 2))
  return found
}
