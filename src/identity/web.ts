import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Config } from '../platform/config.ts'
import type { Deps } from '../platform/deps.ts'
import { localPath } from '../platform/http/index.ts'
import type { AccountActor } from './actor.ts'
import { requirePermission } from './permissions.ts'
import type { Permit } from './permissions.ts'
import { findSession } from './sign-in/sessions.ts'
import type { Session } from './sign-in/sessions.ts'

export type SignedInActor = AccountActor

declare module 'hono' {
  interface ContextVariableMap {
    /** 登录的人；没有登录、动态口令还没有过的为 null */
    actor: SignedInActor | null
    session: Session | null
  }
}

const isHttps = (config: Config): boolean => config.baseUrl.startsWith('https:')

// __Host- 前缀：浏览器只认本主机以 https 所设，别的子域写不进来
const sessionCookie = (config: Config): string => (isHttps(config) ? '__Host-mc' : 'mc')

const cookieOptions = (config: Config) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isHttps(config) }) as const

/** 把新会话的令牌交给浏览器；浏览器关闭即忘。 */
export function giveToken(c: Context, token: string): void {
  const { config } = c.get('deps')
  setCookie(c, sessionCookie(config), token, cookieOptions(config))
}

export function forgetToken(c: Context): void {
  const { config } = c.get('deps')
  deleteCookie(c, sessionCookie(config), cookieOptions(config))
}

/** 每个请求认一次人；没有会话 Cookie 的不问数据库。 */
export function sessionMiddleware(deps: Deps): MiddlewareHandler {
  return async (c, next) => {
    const token = getCookie(c, sessionCookie(deps.config))
    const found = token === undefined ? null : await findSession(deps.db, token, deps.clock.now())
    if (token !== undefined && found === null) forgetToken(c)
    c.set('session', found?.session ?? null)
    c.set('actor', found !== null && !found.session.pending ? found.actor : null)
    await next()
  }
}

/** 登录之后去哪里：只认本站工作台的路径，其余一律到工作台。 */
export function safeNext(given: string | undefined): string {
  const path = localPath((given ?? '').slice(0, 500))
  // 解析之后再看，免得 /desk/../… 之类绕出去
  const url = URL.parse(path, 'http://local')
  if (url === null || url.origin !== 'http://local') return '/desk'
  return url.pathname === '/desk' || url.pathname.startsWith('/desk/') ? url.pathname + url.search : '/desk'
}

/** 登录的人与会话；放在 requireSignIn 之后用。 */
export function signedIn(c: Context): { deps: Deps; actor: SignedInActor; session: Session } {
  const { deps, actor, session } = c.var
  if (actor === null || session === null) throw new Error('路由没有放在 requireSignIn 之后')
  return { deps, actor, session }
}

/** 路由的权限；所涉机构要从记录里才知道的，动作里再查。 */
export function permit(wanted: Permit): MiddlewareHandler {
  return async (c, next) => {
    requirePermission(signedIn(c).actor, wanted)
    await next()
  }
}

export interface Flash {
  tone: 'ok' | 'warn' | 'error'
  text: string
}

const FLASH = 'notice'
const FLASH_WORD = /^(ok|warn|error)\.([\w-]{1,1000})$/

/** 办完转到下一页时带一句话；只显示一次，作为文字显示，故不签名。 */
export function setFlash(c: Context, flash: Flash): void {
  const text = Buffer.from(flash.text.slice(0, 200)).toString('base64url')
  setCookie(c, FLASH, `${flash.tone}.${text}`, { ...cookieOptions(c.get('deps').config), maxAge: 60 })
}

/** 取出那句话，取了即去。 */
export function takeFlash(c: Context): Flash | null {
  const found = FLASH_WORD.exec(getCookie(c, FLASH) ?? '')
  if (found === null) return null
  deleteCookie(c, FLASH, cookieOptions(c.get('deps').config))
  const [, tone, text] = found
  if (tone !== 'ok' && tone !== 'warn' && tone !== 'error') return null
  return { tone, text: Buffer.from(text ?? '', 'base64url').toString('utf8') }
}
