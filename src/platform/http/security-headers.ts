import type { MiddlewareHandler } from 'hono'

// 脚本只有本站的几个小文件（`*.island.js`），没有行内的脚本与样式；页面只能向本站提交，不能被别站嵌入
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', POLICY],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
]

/** 每个应答都有的安全头；对外网址为 https 的另加 HSTS。 */
export const safeHeaders = ({ https }: { https: boolean }): Record<string, string> =>
  Object.fromEntries(https ? [...HEADERS, ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains']] : HEADERS)

/** 添上安全应答头。页面默认不缓存，公开页面与静态文件自己另写。 */
export function securityHeaders(options: { https: boolean }): MiddlewareHandler {
  const headers = Object.entries(safeHeaders(options))
  return async (c, next) => {
    await next()
    if (c.get('headersComplete') === true) return
    for (const [name, value] of headers) c.res.headers.set(name, value)
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  }
}
