import { load } from 'cheerio'
import type { CheerioAPI } from 'cheerio'
import type { Attachment } from '../item-details.ts'
import { itemFilePath } from './item-path.ts'
import type { PixelSize } from './picture-size.ts'

/** 存下的正文里，图片以 `file:<键>` 为址。 */
export const pictureKey = (src: string | undefined): string | null => /^file:([0-9a-f]{64})$/.exec(src ?? '')?.[1] ?? null

export interface BodyParts {
  itemId: string
  html: string
  pictures: readonly Attachment[]
  sizes: ReadonlyMap<string, PixelSize>
}

const WIDE_TABLE = 5
/** 像素；手机上也放得下的不必看原图 */
const SMALL_PICTURE = 320

/**
 * 存下的正文排成页面上的：图片换成本站的地址并写明尺寸，宽表可左右滑动，标题自二级起不越级。
 * 没有列在条目里的图片不出。
 */
export function pageBody({ itemId, html, pictures, sizes }: BodyParts): string {
  const $ = load(html, null, false)
  const named = new Map(pictures.map((picture) => [picture.key, picture]))
  $('img').each((_, element) => {
    const key = pictureKey($(element).attr('src'))
    const picture = key === null ? undefined : named.get(key)
    if (picture === undefined) return void $(element).remove()
    const size = sizes.get(picture.key)
    $(element).attr('src', itemFilePath(itemId, picture))
    if (size !== undefined) $(element).attr('width', String(size.width)).attr('height', String(size.height))
    $(element).attr('loading', 'lazy')
    const alt = $(element).attr('alt') ?? ''
    $(element).attr('alt', alt)
    // 排进页面就看不清的，点开是原图
    if ((size === undefined || size.width > SMALL_PICTURE) && $(element).closest('a').length === 0)
      $(element).wrap($('<a></a>').attr('href', itemFilePath(itemId, picture)).attr('aria-label', `看原图${alt === '' ? '' : `：${alt}`}`))
  })
  $('figure').filter((_, figure) => $(figure).find('img').length === 0 && $(figure).text().trim() === '').remove()
  stepHeadings($)
  keepDates($)
  frameTables($)
  return $.html()
}

// 题名是一级，正文的标题自二级起，不隔级：隔级的读屏会以为漏了一层
function stepHeadings($: CheerioAPI): void {
  let last = 1
  $('h1, h2, h3, h4, h5, h6').each((_, element) => {
    const level = Math.min(Math.max(2, Number(element.tagName.slice(1))), last + 1)
    last = level
    element.tagName = `h${level}`
  })
}

const NUMERIC_DATE = /\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)/
const DATES = new RegExp(`(${NUMERIC_DATE.source})`)

// 窄的格子里，「2025-12」不在连字符处折行
function keepDates($: CheerioAPI): void {
  for (const cell of $('td, th').toArray()) {
    if (!NUMERIC_DATE.test($(cell).text())) continue
    for (const node of [...cell.children, ...$(cell).find('*').toArray().flatMap(({ children }) => children)]) {
      if (!('data' in node) || !NUMERIC_DATE.test(node.data)) continue
      // 拆开的：偶数处是日期之外的，奇数处是日期
      const parts = node.data.split(DATES).map((part, i) => (i % 2 === 0 ? escaped(part) : `<span class="whole">${part}</span>`))
      $(node).replaceWith(parts.join(''))
    }
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

// 能滚动的一块须能用键盘进入（WCAG 2.1.1），各有各的名字
function frameTables($: CheerioAPI): void {
  $('table').each((index, table) => {
    const columns = $(table).find('tr').first().children().toArray().reduce((sum, cell) => sum + Number($(cell).attr('colspan') ?? 1), 0)
    const name = $(table).find('caption').first().text().trim() || `表格 ${index + 1}`
    $(table).addClass('statutory')
    const frame = $('<section tabindex="0"></section>').attr('class', columns > WIDE_TABLE ? 'scroll wide' : 'scroll').attr('aria-label', `${name}（可左右滑动）`)
    $(table).wrap(frame)
  })
}

/** 正文的文字，供摘要：至多 `length` 字。 */
export function textOf(html: string, length: number): string {
  const $ = load(html, null, false)
  const text = $.root().text().replaceAll(/\s+/g, ' ').trim()
  return text.length > length ? `${text.slice(0, length)}…` : text
}
