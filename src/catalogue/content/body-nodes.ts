import type { Align, Mark } from './body-blocks.ts'

/** 解析器给出的节点中我们所用的部分。 */
export interface Node {
  type: string
  data?: string
  name?: string
  attribs?: Record<string, string>
  children?: Node[]
}

export const BLOCK_TAGS = new Set(
  'address article aside blockquote body caption center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(' '),
)

/** 标签；文字为 null。 */
export const tagOf = (node: Node): string | null => (node.type === 'text' ? null : (node.name ?? '').toLowerCase())
export const attr = (node: Node, name: string): string => node.attribs?.[name] ?? ''
const styleOf = (node: Node): string => attr(node, 'style')

const known = new WeakMap<Node, boolean>()
/** 里面有没有块；问过的记着，免得一层层重问。 */
export function hasBlocks(node: Node): boolean {
  const answered = known.get(node)
  if (answered !== undefined) return answered
  const found = (node.children ?? []).some((child) => BLOCK_TAGS.has(tagOf(child) ?? '') || hasBlocks(child))
  known.set(node, found)
  return found
}

/** 看不见的：不收，免得公开了自己没有看到的字。 */
export const isHidden = (node: Node): boolean => /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:pt|px|em)?\s*(?:;|$)/i.test(styleOf(node)) || node.attribs?.['hidden'] !== undefined

const MARK_TAGS: Readonly<Record<string, Mark>> = { b: 'strong', strong: 'strong', i: 'em', em: 'em', u: 'u', ins: 'u', s: 's', strike: 's', sub: 'sub', sup: 'sup' }

/** 一个元素给里面的文字加的标记，由标签与行内的样式看。 */
export function markOf(node: Node): Mark[] {
  const tag = tagOf(node) ?? ''
  const style = styleOf(node)
  const marks: Mark[] = []
  const byTag = MARK_TAGS[tag]
  // 有人以 <b style="font-weight:normal"> 包住整篇
  if (byTag !== undefined && tag !== 'ins' && !(byTag === 'strong' && /font-weight\s*:\s*(?:normal|400)/i.test(style))) marks.push(byTag)
  if (/font-weight\s*:\s*(?:bold|bolder|[6-9]00)/i.test(style)) marks.push('strong')
  if (/font-style\s*:\s*italic/i.test(style)) marks.push('em')
  if (/text-decoration(?:-line)?\s*:[^;]*underline/i.test(style) && tag !== 'a') marks.push('u')
  if (/text-decoration(?:-line)?\s*:[^;]*line-through/i.test(style)) marks.push('s')
  if (/vertical-align\s*:\s*super/i.test(style)) marks.push('sup')
  if (/vertical-align\s*:\s*sub(?:;|\s|$)/i.test(style)) marks.push('sub')
  return [...new Set(marks)]
}

/** 元素自己写明的对齐；没有写、两端对齐的为左，不写为 null。 */
export function alignOf(node: Node): Align | null {
  const given = (/text-align\s*:\s*([a-z]+)/i.exec(styleOf(node))?.[1] ?? (attr(node, 'data-align') || attr(node, 'align')) ?? '').toLowerCase()
  if (given === 'center' || given === 'right') return given
  if (given === 'end') return 'right'
  if (given !== '') return 'left'
  return tagOf(node) === 'center' ? 'center' : null
}

const MOST_HREF = 1000

/** 可以留下的链接：网页、邮箱、电话与本站的地址；其余（脚本、本机文件、文内锚）为 null，文字留着。 */
export function linkOf(given: string): string | null {
  // oxlint-disable-next-line no-control-regex -- 地址里藏控制字符是常见的绕法
  const href = given.replaceAll(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\ufeff]/g, '')
  if (href === '' || href.length > MOST_HREF || !href.isWellFormed()) return null
  if (/^\/(?![/\\])/.test(href)) return href
  if (/^mailto:[^\s@]+@[^\s@]+$/i.test(href) || /^tel:[+\d()-]{3,30}$/i.test(href)) return href
  const url = /^https?:\/\//i.test(href) ? URL.parse(href) : null
  return url !== null && url.hostname !== '' && url.username === '' && url.password === '' ? href : null
}
