import { Hono } from 'hono'
import type { Context } from 'hono'
import { districtName, findBodyByCode } from '../../bodies/index.ts'
import { isId } from '../../platform/id.ts'
import { keepAnswer, openAnswer, rateLimit } from '../../platform/http/index.ts'
import { findByIndexNo } from '../queries.ts'
import type { FeedItem } from './feed.ts'
import { publishersOf } from './feed-routes.ts'
import { getChangedAt, listPublicPage } from './hand-over-queries.ts'
import type { ItemPlace } from './hand-over-queries.ts'
import { toBodyHtml, toCatalog, toData } from './to-data.ts'

/** 公开数据：主动公开的信息的 JSON 与 DCAT-AP 目录，只读，逐页取。 */
export const dataRoutes = new Hono()

const LIMIT = { burst: 120, perMinute: 240 } as const
const PAGE = 200
const JSON_TYPE = 'application/json; charset=utf-8'

const cursorOf = ({ bodyId, itemId }: ItemPlace): string => `${bodyId}.${itemId}`

// 认不得的游标当作从头
function readCursor(text: string | undefined): ItemPlace | null {
  const [bodyId, itemId, ...more] = (text ?? '').split('.')
  return isId(bodyId) && isId(itemId) && more.length === 0 ? { bodyId, itemId } : null
}

const problem = (c: Context, status: number, message: string): Response => openAnswer(c, keepAnswer(JSON.stringify({ message }), JSON_TYPE), {}, status)

interface Page {
  items: readonly FeedItem[]
  self: string
  next: string | null
}

async function pageOf(c: Context, path: string): Promise<Page | null> {
  const { db } = c.get('deps')
  const code = c.req.query('body')
  const body = code === undefined ? null : await findBodyByCode(db, code)
  if (code !== undefined && body === null) return null
  const after = readCursor(c.req.query('after'))
  // 多取一条，便知有没有下一页
  const found = await listPublicPage(db, { ...(body === null ? {} : { bodyId: body.bodyId }), after, limit: PAGE + 1 })
  const items = found.slice(0, PAGE)
  const last = items.at(-1)
  const to = (place: ItemPlace | null): string => {
    const params = new URLSearchParams()
    if (body !== null) params.set('body', body.code)
    if (place !== null) params.set('after', cursorOf(place))
    return params.size === 0 ? path : `${path}?${params.toString()}`
  }
  return { items, self: to(after), next: found.length > PAGE && last !== undefined ? to(last) : null }
}

dataRoutes.get('/data/items.json', rateLimit(LIMIT), async (c) => {
  const { config } = c.get('deps')
  const page = await pageOf(c, '/data/items.json')
  if (page === null) return problem(c, 404, '没有这个机关')
  const publisherOf = await publishersOf(c)
  const items = page.items.map((item) => ({ ...toData(item, publisherOf(item.bodyId), config.baseUrl), data: config.baseUrl + dataPath(item.indexNo) }))
  return openAnswer(c, keepAnswer(JSON.stringify({ items, next: page.next === null ? null : config.baseUrl + page.next }), JSON_TYPE))
})

/** 一条信息的公开数据的地址。 */
export const dataPath = (indexNo: string): string => `/data/items/${indexNo.split('/').map(encodeURIComponent).join('/')}.json`

// 两个机关碰巧同号的，与网页一样请来取的人选：`?body=机关代码`
dataRoutes.get('/data/items/:indexNo{.+\\.json}', rateLimit(LIMIT), async (c) => {
  const { db, files, config } = c.get('deps')
  const indexNo = c.req.param('indexNo').slice(0, -'.json'.length)
  const [all, publisherOf, code] = [await findByIndexNo(db, indexNo), await publishersOf(c), c.req.query('body')]
  const ofBody = ({ bodyId }: { bodyId: string }): boolean => code === undefined || publisherOf(bodyId).code === code
  const [items, withdrawn] = [all.items.filter(ofBody), all.withdrawn.filter(ofBody)]
  if (items.length + withdrawn.length > 1) {
    const choices = [...items.map((each) => ({ ...each, withdrawnOn: null })), ...withdrawn.map((each) => ({ ...each, title: null }))].map(({ bodyId, title, publishedOn, withdrawnOn }) => {
      const publisher = publisherOf(bodyId)
      return { publisher, title, publishedOn, withdrawnOn, data: `${config.baseUrl}${dataPath(indexNo)}?body=${encodeURIComponent(publisher.code)}` }
    })
    return openAnswer(c, keepAnswer(JSON.stringify({ message: '有几个机关用了这个索引号，请选一个', indexNo, choices }), JSON_TYPE), {}, 300)
  }
  const [item] = items
  if (item === undefined) {
    const [gone] = withdrawn
    if (gone === undefined) return problem(c, 404, '没有这条信息')
    return openAnswer(c, keepAnswer(JSON.stringify({ message: '该信息已撤回', indexNo: gone.indexNo, withdrawnOn: gone.withdrawnOn, notice: gone.notice }), JSON_TYPE), {}, 410)
  }
  const changedAt = await getChangedAt(db, item)
  const html = await toBodyHtml(files, item, config.baseUrl)
  return openAnswer(c, keepAnswer(JSON.stringify({ ...toData({ ...item, changedAt }, publisherOf(item.bodyId), config.baseUrl), html }), JSON_TYPE))
})

dataRoutes.get('/catalog.jsonld', rateLimit(LIMIT), async (c) => {
  const { db, config } = c.get('deps')
  const page = await pageOf(c, '/catalog.jsonld')
  if (page === null) return problem(c, 404, '没有这个机关')
  const catalog = toCatalog({ title: `${await districtName(db)}政府信息公开`, base: config.baseUrl, ...page, publisherOf: await publishersOf(c) })
  return openAnswer(c, keepAnswer(JSON.stringify(catalog), 'application/ld+json; charset=utf-8'))
})
