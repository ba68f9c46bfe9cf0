import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'
import { isElder } from './frame.ts'
import { safeHeaders } from './security-headers.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** 公开页面所据的数据的版本；别的页面没有 */
    publicVersion?: string
    /** 应答头已齐，外层不必再添 */
    headersComplete?: boolean
  }
}

/**
 * 答一张公开页面：库里没有任何改动的，下次由 `keptPages` 直接答出。
 * 页面只可依据数据库、地址与适老模式，不可依据时刻、登录者。
 * @param render 渲染整页；非 200 的应答不存
 */
export async function publicPage(c: Context, render: () => Promise<Response>): Promise<Response> {
  // 先问版本再渲染：渲染途中数据变了，存下的仍算旧版本的，下一位读者来时重做
  c.set('publicVersion', await c.get('dataVersion')())
  return render()
}

/** 存下的公开页面：数据没变就用存的（连同压好的、安全头），浏览器已有的答 304。放在页面四周、会话等之前。 */
export function keptPages({ https, maxBytes = 32 * 1024 * 1024 }: { https: boolean; maxBytes?: number }): MiddlewareHandler {
  const store = createStore(maxBytes)
  const headers = { ...safeHeaders({ https }), ...CACHED }
  return async (c, next) => {
    // 查询串里的杂项会撑满缓存：有查询串的不存
    // 导出静态网站的各取一次，不必存
    if (c.req.method !== 'GET' || c.req.url.includes('?') || c.get('unlimited') === true) return next()
    const key = `${isElder(c) ? 'e' : 'n'} ${c.req.path}`
    const found = store.find(key)
    if (found !== undefined && found.version === (await versionOrNothing(c))) return answer(c, found)
    await next()
    const version = c.get('publicVersion')
    if (version === undefined || c.res.status !== 200) return
    const page = toKept(version, await c.res.text(), headers)
    store.keep(key, page)
    c.res = undefined
    c.res = answer(c, page)
  }
}

const CACHED = {
  // 可以存，但每次先问：更正、撤回的页面不得继续给人看旧的
  'Cache-Control': 'public, no-cache',
  Vary: 'Cookie, Accept-Encoding',
  'Content-Type': 'text/html; charset=UTF-8',
}

// 数据库不通：不敢用存的，往里走，由出错的页面来答
const versionOrNothing = (c: Context): Promise<string | null> => c.get('dataVersion')().catch(() => null)

interface Kept {
  version: string
  etag: string
  plain: string
  gzip: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
  size: number
}

function toKept(version: string, plain: string, headers: Record<string, string>): Kept {
  const gzip = Uint8Array.from(gzipSync(plain))
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { version, etag, plain, gzip, headers: { ...headers, ETag: etag }, size: plain.length * 2 + gzip.byteLength }
}

// 直接造应答、一次给齐头：经 c.header 逐个设的，每个应答要多费十来微秒
function answer(c: Context, page: Kept): Response {
  c.set('headersComplete', true)
  const headers: Record<string, string> = { ...page.headers, 'X-Request-Id': c.get('requestId') }
  if (c.req.header('if-none-match') === page.etag) return new Response(null, { status: 304, headers })
  if (c.req.header('accept-encoding')?.includes('gzip') !== true) return new Response(page.plain, { headers })
  headers['Content-Encoding'] = 'gzip'
  return new Response(page.gzip, { headers })
}

// 有界：满了忘掉最久没用的
function createStore(maxBytes: number) {
  const kept = new Map<string, Kept>()
  let bytes = 0
  const drop = (key: string) => {
    bytes -= kept.get(key)?.size ?? 0
    kept.delete(key)
  }
  return {
    find(key: string): Kept | undefined {
      const found = kept.get(key)
      if (found !== undefined) {
        kept.delete(key)
        kept.set(key, found)
      }
      return found
    },
    keep(key: string, page: Kept): void {
      drop(key)
      if (page.size > maxBytes / 8) return
      kept.set(key, page)
      bytes += page.size
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes) break
        drop(oldest)
      }
    },
  }
}
