import type { Hono } from 'hono'
import { createApp } from '../app.tsx'
import { mountBodies } from '../bodies/routes.tsx'
import { dayInBeijing } from '../platform/clock.ts'
import type { Deps } from '../platform/deps.ts'
import { mountIdentity } from './routes.tsx'
import { sessionMiddleware } from './web.ts'

/** 只接了身份与机构两个模块的应用，供测试。 */
export const identityApp = (deps: Deps): Hono =>
  createApp(deps, {
    site: { siteName: '武昌区政府信息公开', siteNote: '测试', demo: null, portalNav: [], footerNav: [] },
    before: [sessionMiddleware(deps)],
    mounts: [mountIdentity, mountBodies],
  })

/** 可以按分钟拨的时钟。 */
export function movableClock(start: string): { clock: Deps['clock']; advance: (minutes: number) => void } {
  let now = new Date(start).getTime()
  return {
    clock: { now: () => new Date(now), today: () => dayInBeijing(new Date(now)) },
    advance: (minutes) => {
      now += minutes * 60_000
    },
  }
}

/** 像浏览器那样记住 Cookie、写明来处的一个人。 */
export function visitor(app: Hono, options: { address?: string } = {}) {
  const jar = new Map<string, string>()
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin')
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    if (options.address !== undefined) headers.set('x-forwarded-for', options.address)
    const response = await app.request(path, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name === undefined || value === undefined) continue
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  return {
    jar,
    get: (path: string) => send(path),
    post: (path: string, fields: Record<string, string | readonly string[]> = {}, headers: Record<string, string> = {}) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
      return send(path, { method: 'POST', body, headers })
    },
  }
}
