import type { MiddlewareHandler } from 'hono'
import { ForeignOrigin } from './refused.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * 每一个修改都须由本站页面发出（跨站请求伪造的防线）。
 * 浏览器自己写明来处：有 Sec-Fetch-Site 看它，否则看 Origin，再否则看 Referer。
 * 三者皆无的不是浏览器；带着 Cookie 的仍拒，不带的没有可冒用的身份。
 * @param baseUrl 对外网址：反向代理改写了 Host 时，与它相同也算本站
 */
export function sameOrigin({ baseUrl }: { baseUrl: string }): MiddlewareHandler {
  const publicHost = new URL(baseUrl).host
  return async (c, next) => {
    if (!SAFE.has(c.req.method) && !isOwn((name) => c.req.header(name), publicHost)) throw new ForeignOrigin()
    await next()
  }
}

function isOwn(header: (name: string) => string | undefined, publicHost: string): boolean {
  const site = header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const from = header('origin') ?? header('referer')
  if (from === undefined) return header('cookie') === undefined
  if (!URL.canParse(from)) return false
  const { host } = new URL(from)
  return host !== '' && (host === header('host') || host === publicHost)
}
