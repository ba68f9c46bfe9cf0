import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SealBroken, fieldKeys, seal, unseal } from '../../platform/crypto.ts'

export const TRACK_PATH = '/applications/track'
export const TRACKED_CASE = `${TRACK_PATH}/case`
const COOKIE = 'track'
const MINUTES = 30

/** 正在查询的一件。 */
export interface Tracked {
  bodyId: string
  caseId: string
}

const keysOf = (c: Context) => fieldKeys(c.get('deps').config.secretKey)
const cookieOptions = (c: Context) => ({ path: TRACK_PATH, httpOnly: true, sameSite: 'Lax', secure: c.get('deps').config.baseUrl.startsWith('https:') }) as const

/** 查到之后以密封的 Cookie 记三十分钟，网址里什么也没有。 */
export function remember(c: Context, { bodyId, caseId }: Tracked): void {
  const until = c.get('deps').clock.now().getTime() + MINUTES * 60_000
  const sealed = seal(keysOf(c), [bodyId, caseId, until].join(' '), 'track-cookie').toString('base64url')
  setCookie(c, COOKIE, sealed, { ...cookieOptions(c), maxAge: MINUTES * 60 })
}

/** 此人正在查询的一件；没有、超时、被改过的为 null。 */
export function tracked(c: Context): Tracked | null {
  const given = getCookie(c, COOKIE) ?? ''
  if (given === '' || given.length > 1000) return null
  try {
    const [bodyId = '', caseId = '', until = ''] = unseal(keysOf(c), Buffer.from(given, 'base64url'), 'track-cookie').split(' ')
    return Number(until) > c.get('deps').clock.now().getTime() ? { bodyId, caseId } : null
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}

export const forget = (c: Context): void => {
  deleteCookie(c, COOKIE, cookieOptions(c))
}

/** 没有在查询的：回到查询页，请重新填写。 */
export const ended = (c: Context) => c.redirect(`${TRACK_PATH}?ended=yes`, 303)
