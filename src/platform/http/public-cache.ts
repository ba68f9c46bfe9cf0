import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

interface Kept {
  version: string
  etag: string
  plain: string
  gzip: Uint8Array<ArrayBuffer>
  size: number
}

export interface PublicCache {
  /**
   * 公开页面：版本没变就用存下的（连同压好的），浏览器已有的答 304。
   * @param version 页面所依据的数据的版本，如最近一次公布的时刻；它一变，存的即作废
   * @param render 渲染整页，应答须为 200 的 HTML
   */
  answer: (c: Context, version: string, render: () => Promise<Response>) => Promise<Response>
}

/** 公开页面的缓存，有界：满了忘掉最久没用的。 */
export function createPublicCache(maxBytes: number = 32 * 1024 * 1024): PublicCache {
  const kept = new Map<string, Kept>()
  let bytes = 0
  const drop = (key: string) => {
    bytes -= kept.get(key)?.size ?? 0
    kept.delete(key)
  }
  const keep = (key: string, page: Kept) => {
    drop(key)
    if (page.size > maxBytes / 8) return
    kept.set(key, page)
    bytes += page.size
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) break
      drop(oldest)
    }
  }
  return {
    async answer(c, version, render) {
      const { elder, path, back } = c.get('frame')
      // 查询串里的杂项会撑满缓存：有查询串的不存
      if (back !== path) return render()
      const key = `${elder ? 'e' : 'n'} ${path}`
      const found = kept.get(key)
      if (found !== undefined && found.version === version) {
        kept.delete(key)
        kept.set(key, found)
        return send(c, found)
      }
      const response = await render()
      if (response.status !== 200) return response
      const page = toKept(version, await response.text())
      keep(key, page)
      return send(c, page)
    },
  }
}

function toKept(version: string, plain: string): Kept {
  const gzip = Uint8Array.from(gzipSync(plain))
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { version, etag, plain, gzip, size: plain.length * 2 + gzip.byteLength }
}

function send(c: Context, page: Kept): Response {
  c.header('ETag', page.etag)
  // 可以存，但每次先问：更正、撤回的页面不得继续给人看旧的
  c.header('Cache-Control', 'public, no-cache')
  c.header('Vary', 'Cookie, Accept-Encoding')
  if (c.req.header('if-none-match') === page.etag) return c.body(null, 304)
  c.header('Content-Type', 'text/html; charset=UTF-8')
  if (!(c.req.header('accept-encoding') ?? '').includes('gzip')) return c.body(page.plain)
  c.header('Content-Encoding', 'gzip')
  return c.body(page.gzip)
}
