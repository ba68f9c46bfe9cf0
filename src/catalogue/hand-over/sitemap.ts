import { itemPath } from '../public/item-path.ts'
import { xmlElement, XML_HEAD } from './xml.ts'

const NS = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' }
const open = (name: string): string => `<${name} xmlns="${NS.xmlns}">`
const entry = (name: string, loc: string, lastmod: Date | null): string =>
  `<${name}>${xmlElement('loc', loc)}${xmlElement('lastmod', lastmod?.toISOString())}</${name}>`

/** 网站地图的总目：固定的页面一份，信息每一万条一份。 */
export const toSitemapIndex = (base: string, pages: readonly { page: number; changedAt: Date }[]): string =>
  [
    XML_HEAD,
    open('sitemapindex'),
    entry('sitemap', `${base}/sitemaps/pages.xml`, null),
    ...pages.map(({ page, changedAt }) => entry('sitemap', `${base}/sitemaps/items-${page + 1}.xml`, changedAt)),
    '</sitemapindex>\n',
  ].join('')

/** 一份网站地图。 */
export const toSitemap = (base: string, paths: readonly { path: string; changedAt: Date | null }[]): string =>
  [XML_HEAD, open('urlset'), ...paths.map(({ path, changedAt }) => entry('url', base + path, changedAt)), '</urlset>\n'].join('')

export const toItemPaths = (items: readonly { indexNo: string; changedAt: Date }[]): { path: string; changedAt: Date }[] =>
  items.map(({ indexNo, changedAt }) => ({ path: itemPath(indexNo), changedAt }))

/** 搜索引擎不必来的：工作台、各人自己的查询与填写。 */
export const toRobots = (base: string): string =>
  ['User-agent: *', ...['/desk', '/sign-in', '/api/', '/applications/track', '/subscribe/', '/embed/', '/data/'].map((path) => `Disallow: ${path}`), '', `Sitemap: ${base}/sitemap.xml`, ''].join('\n')
