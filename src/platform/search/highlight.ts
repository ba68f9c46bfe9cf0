/** 一段文字：`hit` 为真的是所查的。只作文字显示，从不当作标记。 */
export interface Segment {
  text: string
  hit: boolean
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const patternOf = (marks: readonly string[]): RegExp | null => (marks.length === 0 ? null : new RegExp(marks.map(escaped).join('|'), 'giu'))

/** 标出所查的文字；marks 长的在前。 */
export function highlight(text: string, marks: readonly string[]): Segment[] {
  const pattern = patternOf(marks)
  const segments: Segment[] = []
  let from = 0
  for (const found of pattern === null ? [] : text.matchAll(pattern)) {
    if (found.index > from) segments.push({ text: text.slice(from, found.index), hit: false })
    segments.push({ text: found[0], hit: true })
    from = found.index + found[0].length
  }
  if (from < text.length) segments.push({ text: text.slice(from), hit: false })
  return segments
}

const BEFORE = 20
const LENGTH = 100

/** 正文里头一处所查文字的前后约百字；没有的从头取起。 */
export function snippet(text: string, marks: readonly string[]): Segment[] {
  const letters = [...text]
  const at = patternOf(marks)?.exec(text)?.index ?? 0
  const start = Math.max(0, [...text.slice(0, at)].length - BEFORE)
  const cut = letters.slice(start, start + LENGTH).join('')
  return highlight(`${start > 0 ? '…' : ''}${cut}${letters.length > start + LENGTH ? '…' : ''}`, marks)
}
