import type { MiddlewareHandler } from 'hono'
import { isApi } from '../../platform/http/index.ts'
import { turnAway } from './turn-away.tsx'

const MUST_CHANGE_PATHS = new Set(['/desk/account/password', '/sign-out'])

/**
 * 须登录：没有登录的，见 turnAway。
 * 须先换口令的，只许到换口令的页面。
 */
export function requireSignIn(): MiddlewareHandler {
  return async (c, next) => {
    const session = c.get('session')
    if (c.get('actor') === null || session === null) return turnAway(c)
    if (session.mustChange && !MUST_CHANGE_PATHS.has(c.req.path)) {
      if (isApi(c)) return c.json({ code: 'password-change-required', message: '须先更换口令' }, 403)
      return c.redirect('/desk/account/password', 303)
    }
    await next()
  }
}
