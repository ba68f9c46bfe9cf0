import type { Context, MiddlewareHandler } from 'hono'
import { isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import { newId } from '../id.ts'
import type { Deps } from '../deps.ts'

/** 备好 deps、请求号与对方地址，办完记一行：方法、路径、状态、毫秒。不记查询串、地址与任何个人信息。 */
export function requestLog(deps: Deps): MiddlewareHandler {
  return async (c, next) => {
    const requestId = newId()
    const startedAt = performance.now()
    c.set('deps', deps)
    c.set('requestId', requestId)
    c.set('clientAddress', clientAddress(c, deps.config.trustProxy))
    await next()
    c.get('releaseBody')?.()
    if (c.get('headersComplete') !== true) c.res.headers.set('X-Request-Id', requestId)
    deps.log.info(
      {
        requestId,
        method: c.req.method,
        // 路由的样式而非实际路径：登记号、索引号等不进日志
        route: routeOf(c),
        status: c.res.status,
        ms: Math.round(performance.now() - startedAt),
      },
      'request',
    )
  }
}

/** 路由的样式，如 `/bodies/:code`；没有路由的为 `(none)`。 */
export const routeOf = (c: Context): string => {
  const matched = c.req.matchedRoutes.findLast((route) => route.method !== 'ALL')
  return matched?.path ?? '(none)'
}

// 直连时信不得 X-Forwarded-For；经代理时取最后一个，即代理自己看到的
function clientAddress(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  if (forwarded !== undefined && forwarded !== '') return toSource(forwarded.slice(0, 64))
  // app.request() 的测试没有连接
  return c.env !== undefined && 'incoming' in Object(c.env) ? toSource(getConnInfo(c).remote.address ?? 'unknown') : 'local'
}

/** 一户 IPv6 至少有一个 /64，其中的地址随手可换，故按前 64 位算作一处；IPv4（含映射的写法）照旧。 */
export function toSource(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address) || address === '::1') return address
  const [head = '', tail = ''] = address.replace(/%.*$/, '').toLowerCase().split('::')
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const missing = 8 - groups(head).length - groups(tail).length
  const all = address.includes('::') ? [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)] : groups(head)
  return `${all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
