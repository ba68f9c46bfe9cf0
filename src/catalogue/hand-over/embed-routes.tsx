import { Hono } from 'hono'
import type { Context } from 'hono'
import { findBodyByCode, getBodyByCode, getSetting, listBodies } from '../../bodies/index.ts'
import { renderPage } from '../../platform/html/index.ts'
import { keepAnswer, openAnswer, publicPage, rateLimit } from '../../platform/http/index.ts'
import { EmbedHelpPage, EmbeddedColumn } from './embed-pages.tsx'
import { publishersOf } from './feed-routes.ts'
import { listNewest } from './hand-over-queries.ts'
import { toData } from './to-data.ts'

/** 嵌入到别的网站：一张没有站头站脚的页面，只许设置里写明的网站嵌入；自己画的取 JSON。 */
export const embedRoutes = new Hono()

const LIMIT = { burst: 120, perMinute: 240 } as const
const [FEWEST, USUAL, MOST] = [3, 8, 20]
const countOf = (c: Context): number => Math.min(MOST, Math.max(FEWEST, Math.trunc(Number(c.req.query('n') ?? USUAL)) || USUAL))

embedRoutes.get('/embed', (c) =>
  publicPage(c, async () => {
    const { db, config } = c.get('deps')
    return renderPage(c, <EmbedHelpPage bodies={await listBodies(db)} base={config.baseUrl} />)
  }),
)

// 只认「协议://主机[:端口]」，可以 *. 开头；别的会改变整条策略的意思
const SITE = /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i

/** 设置里写的网站，合规矩的。 */
export const framersOf = (setting: string): string[] => setting.split(/[\s,，、]+/).filter((each) => SITE.test(each)).slice(0, 20)

embedRoutes.get('/embed/bodies/:code', rateLimit(LIMIT), async (c) => {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code'))
  const n = countOf(c)
  const items = await listNewest(db, { kind: 'bodies', bodyId: body.bodyId }, n)
  const framers = framersOf(await getSetting(db, body.bodyId, 'embedSites'))
  const page = await renderPage(c, <EmbeddedColumn body={body} items={items} />)
  const policy = ["default-src 'none'", "style-src 'self'", "img-src 'self'", "base-uri 'none'", "form-action 'none'", `frame-ancestors ${framers.length === 0 ? "'none'" : framers.join(' ')}`].join('; ')
  const answer = openAnswer(c, keepAnswer(await page.text(), 'text/html; charset=UTF-8'), { 'Content-Security-Policy': policy })
  // 老的浏览器才看这一项，它说不出「哪几个网站」；不许嵌入的仍留着
  if (framers.length > 0) answer.headers.delete('X-Frame-Options')
  return answer
})

embedRoutes.get('/data/newest.json', rateLimit(LIMIT), async (c) => {
  const { db, config } = c.get('deps')
  const code = c.req.query('body')
  const body = code === undefined ? null : await findBodyByCode(db, code)
  if (code !== undefined && body === null) return openAnswer(c, keepAnswer(JSON.stringify({ message: '没有这个机关' }), 'application/json; charset=utf-8'), {}, 404)
  const items = await listNewest(db, body === null ? { kind: 'all' } : { kind: 'bodies', bodyId: body.bodyId }, countOf(c))
  const publisherOf = await publishersOf(c)
  return openAnswer(c, keepAnswer(JSON.stringify({ items: items.map((item) => toData(item, publisherOf(item.bodyId), config.baseUrl)) }), 'application/json; charset=utf-8'))
})
