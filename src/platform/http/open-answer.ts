import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import { safeHeaders } from './security-headers.ts'

/** 做好的一份公开文字：订阅、网站地图、公开数据；数据没变的只做一次。 */
export interface KeptAnswer {
  text: string
  type: string
  etag: string
  gzip: Uint8Array<ArrayBuffer>
}

/** 备好一份：压一遍，定 ETag。 */
export const keepAnswer = (text: string, type: string): KeptAnswer => ({
  text,
  type,
  etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
  gzip: Uint8Array.from(gzipSync(text)),
})

/** 答出：任何网站都可以取用，每次先问有没有变，没变的答 304。`headers` 盖过缺省的头。 */
export function openAnswer(c: Context, { text, type, etag, gzip }: KeptAnswer, headers: Record<string, string> = {}, status = 200): Response {
  c.set('headersComplete', true)
  const all: Record<string, string> = {
    ...safeHeaders({ https: c.get('deps').config.baseUrl.startsWith('https:') }),
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'public, no-cache',
    Vary: 'Accept-Encoding',
    'Content-Type': type,
    ETag: etag,
    'X-Request-Id': c.get('requestId'),
    ...headers,
  }
  if (status === 200 && asked(c).includes(etag)) return new Response(null, { status: 304, headers: all })
  if (c.req.header('accept-encoding')?.includes('gzip') !== true) return new Response(text, { status, headers: all })
  return new Response(gzip, { status, headers: { ...all, 'Content-Encoding': 'gzip' } })
}

// 可以有几个，也可能经代理改成了弱的
const asked = (c: Context): string[] => (c.req.header('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
