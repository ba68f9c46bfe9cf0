import { load } from 'cheerio'

/** 正文的文字，一块一行；与没有文字说明的图片有几张。 */
export function readBodyText(html: string): { text: string; withoutAlt: number } {
  const $ = load(html, undefined, false)
  $('br').replaceWith('\n')
  // 一格一段：相邻两格的数字不连成一个号码
  $('p, li, h1, h2, h3, h4, h5, h6, tr, blockquote, figcaption, caption, td, th, div').append('\n')
  const withoutAlt = $('img').filter((_, image) => ($(image).attr('alt') ?? '').trim() === '').length
  // 看不见的也是交出去的内容：链接、说明一并查
  const unseen = $('[href], [alt], [title]').toArray().flatMap((element) => ['href', 'alt', 'title'].map((name) => $(element).attr(name) ?? '')).filter((each) => each !== '' && !each.startsWith('file:'))
  return { text: `${$.root().text().replaceAll(/\n{2,}/g, '\n').trim()}${unseen.length > 0 ? `\n${unseen.join('\n')}` : ''}`, withoutAlt }
}
