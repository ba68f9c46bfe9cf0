import { HEADINGS } from '../../statute/report-form.ts'

/** 原文中的一个一级标题。 */
export interface Heading {
  line: number
  /** 所写的序号，如「三」；不照「三、」写的照原样，如「（三）」；没有写为空串 */
  number: string
  /** 序号之后的文字 */
  text: string
  /** 对应第几部分（1 至 6）；对不上的为 null */
  target: number | null
  /** 文字与格式逐字相同 */
  exact: boolean
  /** 与标题写在一行的正文；没有则为空串 */
  rest: string
}

export const NUMBERS = ['一', '二', '三', '四', '五', '六'] as const
const TITLES = HEADINGS.map((heading) => heading.slice(2))
const MOST = 60 // 再多就不是年度报告的标题了
const FORM = /^([一二三四五六七八九十]{1,2})[、.．,，]([^。！？；]{2,40}?)[。：:]?$/
const LEAD = new RegExp(`^([一二三四五六七八九十]{1,2})[、.．](${TITLES.join('|')})[。：:]?(.*[。，；].*)$`)
// 没有照「一、」写序号的标题：漏了顿号、没有序号；「（一）」「1.」另是一类
const BARE = new RegExp(`^#{0,6}(第?[一二三四五六](?:部分)?[:：]?)?(?:、)?(${TITLES.join('|')})[。：:]?$`)
const OTHERWISE = new RegExp(`^([（(][一二三四五六][）)]|[1-6][、.．])(${TITLES.join('|')})[。：:]?$`)

type Found = Pick<Heading, 'number' | 'text' | 'rest'>

/** 一级标题的序号与文字；不是一级标题则为 null。text 已去空白。 */
function numberedHeading(text: string): Found | null {
  // 标题与正文写在一行的，如「一、总体情况。2023年，……」
  const lead = LEAD.exec(text)
  if (lead) return { number: lead[1]!, text: lead[2]!, rest: lead[3]! }
  const found = FORM.exec(text)
  return found && { number: found[1]!, text: found[2]!, rest: '' }
}

/**
 * 找出一级标题并与六个标题对应：先逐字相同的；余下的按前后次序，与尚缺的标题相近的才对应，
 * 对不上的多半是小节误作一级标题；还缺的，再找没有照样写序号的。
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
  const matched = headings.map((heading, index) => {
    if (heading.target !== null) return heading
    const target = likelyTarget(headings, index, claimed)
    if (target !== null) claimed.add(target)
    return { ...heading, target }
  })
  return claimed.size === TITLES.length ? matched : withUnnumbered(matched, lines)
}

// 「（二）主动公开政府信息情况」也是总体情况下常用的小节，一个像样的一级标题都没有时才认
function withUnnumbered(headings: readonly Heading[], lines: readonly { line: number; text: string }[]): Heading[] {
  const all = [...headings]
  const allowed = headings.some(({ target }) => target !== null) ? [BARE] : [BARE, OTHERWISE]
  for (const { line, text } of lines) {
    if (text.length > MOST) continue
    const found = allowed.map((form) => form.exec(text)).find((each) => each !== null)
    if (!found) continue
    const target = TITLES.indexOf(found[2]!) + 1
    const inOrder = all.every((each) => each.target === null || (each.target !== target && each.target < target === each.line < line))
    if (inOrder) all.push({ line, number: found[1] ?? '', text: found[2]!, target, exact: true, rest: '' })
  }
  return all.toSorted((a, b) => a.line - b.line)
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
