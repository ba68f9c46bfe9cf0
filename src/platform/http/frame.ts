import type { Context, Hono, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Frame } from '../html/index.ts'
import { parseForm } from './parse-form.ts'

/** 全站不变的：站名、演示说明、导航。 */
export type Site = Pick<Frame, 'siteName' | 'siteNote' | 'demo' | 'portalNav' | 'footerNav'>
type FrameBase = Site & Pick<Frame, 'stylesheet' | 'icon' | 'islands'>

const COOKIE = 'elder'

/** 这位读者是否开了适老模式。 */
export const isElder = (c: Context): boolean => getCookie(c, COOKIE) === '1'

/** 备好页面四周的东西；登录者与左栏由会话中间件用 `setFrame` 补上。 */
export function frame(base: FrameBase): MiddlewareHandler {
  return async (c, next) => {
    const url = new URL(c.req.url)
    c.set('frame', {
      ...base,
      path: url.pathname,
      // 提交表单后的页面没有自己的地址可回
      back: c.req.method === 'GET' ? url.pathname + url.search : url.pathname,
      elder: isElder(c),
      user: null,
      loadRail: async () => [],
    })
    await next()
  }
}

/** 适老模式：不用脚本，记在 Cookie 里一年，回到原来的页面。 */
export function mountElder(app: Hono, { https }: { https: boolean }): void {
  app.post('/elder', async (c) => {
    const form = await parseForm(c, { maxBytes: 8_192, maxFields: 4 })
    setCookie(c, COOKIE, form.text('on') === '1' ? '1' : '0', {
      path: '/',
      maxAge: 31_536_000,
      sameSite: 'Lax',
      httpOnly: true,
      secure: https,
    })
    return c.redirect(localPath(form.text('back')), 303)
  })
}

/** 只回本站的路径；`//别站`、`/\别站` 与控制字符都不认。 */
export const localPath = (given: string): string => (/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(given) ? given : '/')
