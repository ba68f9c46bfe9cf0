import { Hono } from 'hono'
import type { Context } from 'hono'
import { districtName, findBodyByCode, listBodies } from '../../bodies/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { keepAnswer, openAnswer, rateLimit } from '../../platform/http/index.ts'
import type { KeptAnswer } from '../../platform/http/index.ts'
import { toAtom, toRss } from './feed.ts'
import { FEED_FORMATS, feedPath, feedTitle, readFeedScope } from './feed-scope.ts'
import type { FeedScope } from './feed-scope.ts'
import { listNewest, listSitemapItems, listSitemapPages } from './hand-over-queries.ts'
import type { ResolvedScope } from './hand-over-queries.ts'
import { toItemPaths, toRobots, toSitemap, toSitemapIndex } from './sitemap.ts'

/** 订阅（RSS、Atom）与网站地图；只出自 published_item，撤回的随即不在。 */
export const feedRoutes = new Hono()

const LIMIT = { burst: 60, perMinute: 120 } as const
const MOST = 50
const XML = 'application/xml; charset=utf-8'

// 机构以百计，一次取来；数据没变的不重取
export const publishersOf = async (c: Context): Promise<(bodyId: string) => { code: string; name: string }> => {
  const all = await c.get('whileUnchanged')('publishers', async () => {
    const bodies = await listBodies(c.get('deps').db, { includeAbolished: true })
    return new Map(bodies.map(({ bodyId, code, name }) => [bodyId, { code, name }]))
  })
  return (bodyId) => all.get(bodyId) ?? { code: '', name: '' }
}

feedRoutes.get('/feeds/:name', rateLimit(LIMIT), (c) => feed(c, '', c.req.param('name')))
feedRoutes.get('/feeds/:kind/:name', rateLimit(LIMIT), (c) => feed(c, c.req.param('kind'), c.req.param('name')))

async function feed(c: Context, kind: string, name: string): Promise<Response> {
  const read = readFeedScope(kind, name)
  if (read === null) throw new NotFound('这份订阅')
  const { scope, format } = read
  const key = `feed ${kind}/${name}`
  return openAnswer(c, await c.get('whileUnchanged')(key, async () => {
    const text = await makeFeed(c, scope, format)
    return keepAnswer(text, `${FEED_FORMATS[format]}; charset=utf-8`)
  }))
}

async function makeFeed(c: Context, scope: FeedScope, format: 'rss' | 'atom'): Promise<string> {
  const { db, config } = c.get('deps')
  const [resolved, bodyName] = await resolve(c, scope)
  const [items, publisherOf, district] = [await listNewest(db, resolved, MOST), await publishersOf(c), await districtName(db)]
  const model = {
    title: `${bodyName === '' ? `${district}：` : ''}${feedTitle(scope, bodyName)}`,
    base: config.baseUrl,
    self: feedPath(scope, format),
    page: pageOf(scope),
    items,
    nameOf: (bodyId: string) => publisherOf(bodyId).name,
  }
  return format === 'rss' ? toRss(model) : toAtom(model)
}

async function resolve(c: Context, scope: FeedScope): Promise<[ResolvedScope, bodyName: string]> {
  if (scope.kind !== 'bodies') return [scope, '']
  const body = await findBodyByCode(c.get('deps').db, scope.code)
  if (body === null) throw new NotFound('这份订阅')
  return [{ kind: 'bodies', bodyId: body.bodyId }, body.name]
}

const pageOf = (scope: FeedScope): string => (scope.kind === 'bodies' ? `/bodies/${scope.code}` : scope.kind === 'policy' ? '/policies' : '/')

const kept = (c: Context, key: string, make: () => Promise<string>, type = XML): Promise<KeptAnswer> => c.get('whileUnchanged')(key, async () => keepAnswer(await make(), type))

feedRoutes.get('/robots.txt', (c) => openAnswer(c, keepAnswer(toRobots(c.get('deps').config.baseUrl), 'text/plain; charset=utf-8')))

feedRoutes.get('/sitemap.xml', rateLimit(LIMIT), async (c) => {
  const { db, config } = c.get('deps')
  return openAnswer(c, await kept(c, 'sitemap', async () => toSitemapIndex(config.baseUrl, await listSitemapPages(db))))
})

feedRoutes.get('/sitemaps/:name', rateLimit(LIMIT), async (c) => {
  const { db, config } = c.get('deps')
  const name = c.req.param('name')
  if (name === 'pages.xml') return openAnswer(c, await kept(c, 'sitemap pages', async () => toSitemap(config.baseUrl, await fixedPages(c))))
  const page = Number(/^items-([1-9]\d{0,3})\.xml$/.exec(name)?.[1] ?? '0') - 1
  if (page < 0) throw new NotFound('这份网站地图')
  const answer = await kept(c, `sitemap items ${page}`, async () => {
    const items = await listSitemapItems(db, page)
    if (items.length === 0) throw new NotFound('这份网站地图')
    return toSitemap(config.baseUrl, toItemPaths(items))
  })
  return openAnswer(c, answer)
})

async function fixedPages(c: Context): Promise<{ path: string; changedAt: null }[]> {
  const bodies = await listBodies(c.get('deps').db)
  const parts = ['', '/guide', '/institution', '/rules', '/statutory', '/items']
  return ['/', '/items', '/policies', '/annual-reports', '/search', '/apply', '/accessibility', ...bodies.flatMap(({ code }) => parts.map((part) => `/bodies/${code}${part}`))].map((path) => ({ path, changedAt: null }))
}
