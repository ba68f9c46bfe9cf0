import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody, listBodies } from '../../bodies/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { renderPage } from '../../platform/html/index.ts'
import { publicPage, rateLimit, safeHeaders } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { findByIndexNo } from '../queries.ts'
import type { PublishedItem, WithdrawnItem } from '../queries.ts'
import { findItemFile } from './find-item-file.ts'
import { EditionPage } from './edition-page.tsx'
import { ChooseItemPage, WithdrawnPage } from './gone-pages.tsx'
import type { Choice } from './gone-pages.tsx'
import { DOWNLOADS, isDownloadFormat, itemFile } from './item-download.ts'
import { compareEditions, loadItem } from './item-model.ts'
import { ItemPage } from './item-page.tsx'

/** 公众看一条信息：页面、下载、附件；撤回了的答 410。 */
export const publicItemRoutes = new Hono()

const ITEM = '/items/:indexNo{.+}'
// 排一份 PDF 要几十毫秒，一人不能一直排
const downloads = rateLimit({ burst: 20, perMinute: 20 })

publicItemRoutes.get(ITEM, async (c) => {
  const format = c.req.query('format')
  if (format === undefined) return publicPage(c, () => itemPage(c))
  return (await downloads(c, async () => {
    c.res = await download(c, format)
  })) ?? c.res
})

async function itemPage(c: Context): Promise<Response> {
  const deps = c.get('deps')
  const found = await findAsked(c)
  if ('page' in found) return found.page
  const model = await loadItem(deps, found.item)
  const edition = c.req.query('edition')
  if (edition === undefined) return renderPage(c, <ItemPage model={model} baseUrl={deps.config.baseUrl} />)
  return renderPage(c, <EditionPage model={model} {...await compareEditions(deps.files, model.editions, Number(edition))} />)
}

async function download(c: Context, format: string): Promise<Response> {
  const deps = c.get('deps')
  if (!isDownloadFormat(format)) throw new NotFound('这种格式')
  const found = await findAsked(c)
  if ('page' in found) return found.page
  const bytes = await itemFile(deps, found.item, await getBody(deps.db, found.item.bodyId), format)
  c.header('Content-Type', DOWNLOADS[format].type)
  c.header('Content-Disposition', disposition('attachment', `${found.item.title}.${format}`))
  return c.body(Uint8Array.from(bytes).buffer)
}

/** 地址所指的一条；撤回了的、有几条可选的是另一张页面，没有的抛 NotFound。 */
async function findAsked(c: Context): Promise<{ item: PublishedItem } | { page: Response }> {
  const { db } = c.get('deps')
  const indexNo = c.req.param('indexNo') ?? ''
  const all = await findByIndexNo(db, indexNo)
  const code = c.req.query('body')
  const bodies = new Map((await listBodies(db, { includeAbolished: true })).map((body) => [body.bodyId, body]))
  const named = ({ bodyId }: { bodyId: string }) => bodies.get(bodyId) ?? { code: '', name: '' }
  const ofBody = (each: { bodyId: string }): boolean => code === undefined || named(each).code === code
  const [items, withdrawn] = [all.items.filter(ofBody), all.withdrawn.filter(ofBody)]
  const [item] = items
  if (item !== undefined && items.length + withdrawn.length === 1) return { item }
  if (items.length + withdrawn.length > 1) {
    const choices: Choice[] = [
      ...items.map((each) => ({ body: named(each), title: each.title, on: each.publishedOn })),
      ...withdrawn.map((each) => ({ body: named(each), title: null, on: each.publishedOn })),
    ]
    return { page: await renderPage(c, <ChooseItemPage indexNo={indexNo} choices={choices} />) }
  }
  const [gone] = withdrawn
  if (gone === undefined) throw new NotFound('这条信息')
  return { page: await withdrawnPage(c, gone) }
}

async function withdrawnPage(c: Context, gone: WithdrawnItem): Promise<Response> {
  return renderPage(c, <WithdrawnPage item={gone} body={await getBody(c.get('deps').db, gone.bodyId)} />, { status: 410 })
}

// 文件里无论写着什么，都不能在本站的名下运行
const FILE_POLICY = "default-src 'none'; sandbox"
const INLINE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const PLAIN_TYPE = /^[a-z]+\/[a-z0-9.+-]+$/

publicItemRoutes.get('/item-files/:itemId/:key{[0-9a-f]{64}}/:name', async (c) => {
  const { db, files, config } = c.get('deps')
  const { itemId, key, name } = c.req.param()
  if (!isId(itemId)) throw new NotFound('这个文件')
  const found = await findItemFile(db, itemId, key, name)
  if (found === null) throw new NotFound('这个文件')
  if ('withdrawnOn' in found) return withdrawnPage(c, found)
  const inline = INLINE.has(found.mediaType)
  const headers: Record<string, string> = {
    ...safeHeaders({ https: config.baseUrl.startsWith('https:') }),
    'Content-Security-Policy': FILE_POLICY,
    // 每次先问：撤下的、换掉的不得再给人看
    'Cache-Control': 'public, no-cache',
    ETag: `"${key}"`,
    'X-Request-Id': c.get('requestId'),
  }
  c.set('headersComplete', true)
  if (c.req.header('if-none-match') === headers['ETag']) return new Response(null, { status: 304, headers })
  if (!(await files.has(key))) throw new Error(`文件库里没有 ${key}`)
  headers['Content-Type'] = PLAIN_TYPE.test(found.mediaType) ? found.mediaType : 'application/octet-stream'
  headers['Content-Length'] = String(found.bytes)
  headers['Content-Disposition'] = disposition(inline ? 'inline' : 'attachment', found.name)
  if (c.req.method === 'HEAD') return new Response(null, { headers })
  return new Response(Readable.toWeb(Readable.from(files.stream(key))) as ReadableStream<Uint8Array>, { headers })
})

/** 文件名用 RFC 5987 的写法，中文不乱。 */
const disposition = (how: 'inline' | 'attachment', name: string): string =>
  `${how}; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`
