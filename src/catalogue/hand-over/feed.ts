import { itemFilePath, itemPath } from '../public/item-path.ts'
import type { PublishedItem } from '../queries.ts'
import { xmlElement, XML_HEAD } from './xml.ts'

/** 订阅里的一条：公众可见的信息，与公众所见最近一次变动之时。 */
export type FeedItem = PublishedItem & { changedAt: Date }

export interface FeedModel {
  title: string
  /** 网站的网址，末尾无斜线 */
  base: string
  /** 这份订阅自己的路径 */
  self: string
  /** 读者该看的页面的路径 */
  page: string
  items: readonly FeedItem[]
  nameOf: (bodyId: string) => string
}

// 自然日按北京时间零时
const midnight = (day: string): Date => new Date(`${day}T00:00:00+08:00`)
const EPOCH = new Date(0)
const latest = (items: readonly FeedItem[]): Date => items.reduce((max, item) => (item.changedAt > max ? item.changedAt : max), EPOCH)

const attachmentsOf = (item: FeedItem, base: string) =>
  (item.details?.attachments ?? []).map((each) => ({ ...each, url: base + itemFilePath(item.itemId, each) }))

/** RSS 2.0。 */
export function toRss({ title, base, self, page, items, nameOf }: FeedModel): string {
  const entries = items.map((item) => {
    const link = base + itemPath(item.indexNo)
    const [first] = attachmentsOf(item, base)
    return [
      '<item>',
      xmlElement('title', item.title),
      xmlElement('link', link),
      xmlElement('guid', link, { isPermaLink: 'true' }),
      xmlElement('pubDate', midnight(item.publishedOn).toUTCString()),
      xmlElement('description', item.summary ?? item.title),
      xmlElement('dc:publisher', nameOf(item.bodyId)),
      ...item.keywords.map((word) => xmlElement('category', word)),
      // 规范只许一个，其余在页面上
      first === undefined ? '' : xmlElement('enclosure', null, { url: first.url, length: String(first.bytes), type: first.mediaType }),
      '</item>',
    ].join('')
  })
  return [
    XML_HEAD,
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>',
    xmlElement('title', title),
    xmlElement('link', base + page),
    xmlElement('description', `${title}，最近公开的在前`),
    xmlElement('language', 'zh-cn'),
    items.length === 0 ? '' : xmlElement('lastBuildDate', latest(items).toUTCString()),
    xmlElement('atom:link', null, { href: base + self, rel: 'self', type: 'application/rss+xml' }),
    ...entries,
    '</channel></rss>\n',
  ].join('')
}

/** Atom（RFC 4287）。 */
export function toAtom({ title, base, self, page, items, nameOf }: FeedModel): string {
  const entries = items.map((item) => {
    const link = base + itemPath(item.indexNo)
    return [
      '<entry>',
      xmlElement('id', link),
      xmlElement('title', item.title),
      xmlElement('link', null, { href: link, rel: 'alternate', type: 'text/html' }),
      ...attachmentsOf(item, base).map(({ url, name, mediaType, bytes }) => xmlElement('link', null, { href: url, rel: 'enclosure', title: name, type: mediaType, length: String(bytes) })),
      xmlElement('published', midnight(item.publishedOn).toISOString()),
      xmlElement('updated', item.changedAt.toISOString()),
      `<author>${xmlElement('name', nameOf(item.bodyId))}</author>`,
      ...item.keywords.map((term) => xmlElement('category', null, { term })),
      xmlElement('summary', item.summary),
      '</entry>',
    ].join('')
  })
  return [
    XML_HEAD,
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    xmlElement('id', base + self),
    xmlElement('title', title),
    xmlElement('updated', latest(items).toISOString()),
    xmlElement('link', null, { href: base + self, rel: 'self', type: 'application/atom+xml' }),
    xmlElement('link', null, { href: base + page, rel: 'alternate', type: 'text/html' }),
    ...entries,
    '</feed>\n',
  ].join('')
}
