import type { Context } from 'hono'
import { listBodies } from '../bodies/index.ts'
import { findOldAddress, itemPath, listPublishedByIndexNos } from '../catalogue/index.ts'
import { renderPage } from '../platform/html/index.ts'
import { likelyIndexNumbers } from './likely-index-numbers.ts'
import { MissingPage } from './missing-page.tsx'

const NOT_PORTAL = /^\/(?:desk|api|assets|data|item-files)(?:\/|$)/
const MOST = 8

/**
 * 门户上没有的地址：原来网站的转到现在的（301），其余给一张帮人找的页面（404）。
 * 工作台、接口、静态文件的不管，为 null。
 */
export async function answerMissing(c: Context): Promise<Response | null> {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return null
  const { pathname, search } = new URL(c.req.url)
  if (NOT_PORTAL.test(pathname)) return null
  const { db } = c.get('deps')
  const moved = await findOldAddress(db, { path: pathname, search })
  if (moved !== null) return c.redirect(itemPath(moved), 301)
  const indexNo = indexNoOf(pathname)
  const items = indexNo === null ? [] : await listPublishedByIndexNos(db, likelyIndexNumbers(indexNo), MOST)
  return renderPage(
    c,
    <MissingPage
      model={{
        indexNo,
        likely: items.map((item) => ({ label: item.title, href: itemPath(item.indexNo), note: item.indexNo, on: item.publishedOn })),
        bodies: await c.get('whileUnchanged')('bodies', () => listBodies(db)),
        requestId: c.get('requestId'),
      }}
    />,
    { status: 404 },
  )
}

// 解不开的编码不是索引号
function indexNoOf(pathname: string): string | null {
  const written = /^\/items\/(.{1,300})$/.exec(pathname)?.[1]
  if (written === undefined) return null
  try {
    return decodeURIComponent(written)
  } catch {
    return null
  }
}
