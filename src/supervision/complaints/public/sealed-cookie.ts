import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SealBroken, fieldKeys, seal, unseal } from '../../../platform/crypto.ts'

const MINUTES = 30
const SPACE = '\n'

/** 以密封的 Cookie 记几个词三十分钟，网址里什么也没有。 */
export function sealedCookie(name: string, path: string) {
  const options = (c: Context) => ({ path, httpOnly: true, sameSite: 'Lax', secure: c.get('deps').config.baseUrl.startsWith('https:') }) as const
  const keysOf = (c: Context) => fieldKeys(c.get('deps').config.secretKey)
  return {
    put(c: Context, words: readonly string[]): void {
      const until = c.get('deps').clock.now().getTime() + MINUTES * 60_000
      setCookie(c, name, seal(keysOf(c), [String(until), ...words].join(SPACE), `${name}-cookie`).toString('base64url'), { ...options(c), maxAge: MINUTES * 60 })
    },
    /** 记着的几个词；没有、超时、被改过的为 null。 */
    read(c: Context): readonly string[] | null {
      const given = getCookie(c, name) ?? ''
      if (given === '' || given.length > 2000) return null
      try {
        const [until = '', ...words] = unseal(keysOf(c), Buffer.from(given, 'base64url'), `${name}-cookie`).split(SPACE)
        return Number(until) > c.get('deps').clock.now().getTime() ? words : null
      } catch (error) {
        if (error instanceof SealBroken) return null
        throw error
      }
    },
    forget(c: Context): void {
      deleteCookie(c, name, options(c))
    },
  }
}
