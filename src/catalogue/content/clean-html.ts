import sanitizeHtml from 'sanitize-html'
import { writeBody } from './body-blocks.ts'
import type { Block, Run } from './body-blocks.ts'
import { emptyBasket } from './pictures-in-body.ts'
import type { PastedPicture } from './read-picture-uri.ts'
import { toBlocks } from './to-blocks.ts'

/** 正文的上限。 */
export const BODY_LIMITS = {
  /** 粘贴来的，连同随文的图片，字 */
  pasted: 16 * 1024 * 1024,
  /** 洗净之后，字 */
  kept: 1_000_000,
  /** 标签的个数；再多的表格读起来也慢 */
  tags: 60_000,
  depth: 80,
} as const

export interface CleanBody {
  /** 洗净的正文；没有内容则为空串 */
  html: string
  /** 随文粘贴来的图片，须另存入文件库 */
  pictures: readonly PastedPicture[]
  /** 去掉了什么、还缺什么，给承办人看 */
  notes: readonly string[]
}

export type CleanResult = ({ ok: true } & CleanBody) | { ok: false; message: string }

const TAGS =
  'a address article aside b blockquote body br caption center dd del details div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr html i img ins li main nav ol p pre s section span strike strong sub summary sup table tbody td tfoot th thead tr u ul'.split(' ')

// 里面的文字也不要的
const SILENT = ['script', 'style', 'textarea', 'option', 'title', 'noscript', 'iframe', 'object', 'svg', 'math', 'template', 'select', 'button', 'xml', 'meta', 'link']

/** 先滤去不该有的（脚本、样式、注释、事件属性），样式只留着认列表、粗体与对齐，写出时都不在。 */
const filter = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: { '*': ['style', 'align', 'data-align', 'hidden'], a: ['href'], img: ['src', 'alt'], ol: ['start'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data', 'file', 'http', 'https'] },
    nonTextTags: SILENT,
    parseStyleAttributes: false,
    nestingLimit: BODY_LIMITS.depth,
  })

/**
 * 把从 Word、WPS、网页粘贴来的洗成正文：只剩标题、段落、列表、表格、引用、图片与几种文字标记。再洗一遍不变。
 * 过大、过繁的不收，`message` 说明怎么办。
 */
export function cleanHtml(html: string): CleanResult {
  if (html.length > BODY_LIMITS.pasted) return { ok: false, message: '粘贴的内容太大，请把图片压缩之后再粘贴，或者作为附件上传' }
  if (countTags(html) > BODY_LIMITS.tags) return { ok: false, message: '表格太大或者格式太繁，请作为附件上传，正文写明要点' }
  const basket = emptyBasket()
  const cleaned = writeBody(toBlocks(filter(html), basket))
  if (cleaned.length > BODY_LIMITS.kept) return { ok: false, message: `正文超过 ${BODY_LIMITS.kept / 10_000} 万字，请作为附件上传` }
  return { ok: true, html: cleaned, pictures: [...basket.pasted.values()], notes: notesOf(basket) }
}

function countTags(html: string): number {
  let n = 0
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) n += 1
  return n
}

function notesOf({ missing, hidden, deleted }: ReturnType<typeof emptyBasket>): string[] {
  return [
    ...(missing > 0 ? [`有 ${missing} 张图片没有随文字一起来（在您的电脑或者别的网站上），请用编辑框上的「图片」另外放进来`] : []),
    ...(hidden > 0 ? [`去掉了 ${hidden} 处看不见的文字`] : []),
    ...(deleted > 0 ? [`去掉了 ${deleted} 处修订时已删除的文字`] : []),
  ]
}

/** 存下的正文 → 各块；版式文件、比较都由此出。 */
export const readBody = (html: string): Block[] => toBlocks(html, emptyBasket())

/** 没有脚本时在正文栏里打的字：空一行另起一段；像是网页源码的照网页读。 */
export function textToHtml(text: string): string {
  if (/<(?:p|div|table|span|h[1-6]|ul|ol|br|strong|img)[\s>/]/i.test(text)) return text
  const paragraphs = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  return writeBody(paragraphs.map((line): Block => ({ kind: 'paragraph', align: 'left', content: [{ kind: 'text', text: line, marks: [], href: null }] })))
}

/** 正文里各图片的键与说明，依次。 */
export function picturesIn(html: string): { key: string; alt: string }[] {
  return [...html.matchAll(/<img src="file:([0-9a-f]{64})" alt="([^"]*)">/g)].map(([, key = '', alt = '']) => ({ key, alt: plain(alt) }))
}

const plain = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** 没有说明的图片有几张；看不见图的人要靠说明知道图里是什么。 */
export const countWithoutAlt = (html: string): number => picturesIn(html).filter(({ alt }) => alt === '').length

/** 存下的正文写成网页：图片换成 `toUrl` 给的地址；给不出的连图去掉。正文只由 cleanHtml 写出，故不再过滤。 */
export const renderBody = (html: string, toUrl: (key: string) => string | null): string =>
  html.replaceAll(/<img src="file:([0-9a-f]{64})" alt="([^"]*)">/g, (_, key: string, alt: string) => {
    const url = toUrl(key)
    return url === null ? '' : `<img src="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" alt="${alt}">`
  })

const wordsOf = (runs: readonly Run[]): string => runs.map((run) => (run.kind === 'text' ? run.text : run.kind === 'break' ? '\n' : run.alt === '' ? '' : `〔图：${run.alt}〕`)).join('')

/** 正文的文字，一块一行，表的格以制表符分开；审查、检索与比较用。 */
export const bodyText = (html: string): string => readBody(html).flatMap(linesOf).join('\n')

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [wordsOf(block.content)]
    case 'list':
      return block.items.flatMap(({ content, lists }) => [wordsOf(content), ...lists.flatMap(linesOf)])
    case 'table':
      return [...(block.caption.length > 0 ? [wordsOf(block.caption)] : []), ...block.rows.map((row) => row.map((cell) => wordsOf(cell.content).replaceAll('\n', ' ')).join('\t'))]
    case 'quote':
      return block.blocks.flatMap(linesOf)
    case 'rule':
      return []
    case 'figure':
      return [`〔图${block.alt === '' ? '' : `：${block.alt}`}〕${wordsOf(block.caption)}`]
  }
}
