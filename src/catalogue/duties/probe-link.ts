import { request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { AddressBlocked, addressGuard } from '../../platform/address-guard.ts'
import type { AddressGuard, Resolve } from '../../platform/address-guard.ts'

/** 查一个网址：通、不通，或者不能判断（对方拦着、内网的不查）；`answer` 为状态码或错误的代码。 */
export interface Probed {
  result: 'ok' | 'failed' | 'unknown'
  answer: string
}
export type Probe = (url: string) => Promise<Probed>

const TIMEOUT_MS = 15_000
const MOST_HOPS = 5
/** 要登录、嫌太勤、不认得方法的：网址在，只是不给看 */
const GUARDED = new Set([401, 402, 403, 405, 407, 408, 425, 429, 451, 501, 503])

/**
 * 以 HEAD 去查，对方不认的再以 GET，只看状态，不读内容；转址至多五次，每次重新查过地址再连。
 * 每次十五秒为限；内网、本机的地址一概不连，`allow` 里写明的除外。
 */
export function httpProbe(allow: readonly string[], resolve?: Resolve): Probe {
  const guard = addressGuard(allow, resolve)
  return async (url) => {
    try {
      const head = await follow(url, 'HEAD', guard)
      const status = GUARDED.has(head) || head >= 400 ? await follow(url, 'GET', guard) : head
      return { result: status < 400 ? 'ok' : GUARDED.has(status) ? 'unknown' : 'failed', answer: String(status) }
    } catch (error) {
      const answer = wordOf(error)
      return { result: answer === 'address-blocked' || answer === 'not-web' ? 'unknown' : 'failed', answer }
    }
  }
}

async function follow(from: string, method: 'HEAD' | 'GET', guard: AddressGuard): Promise<number> {
  let url = from
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    const { status, location } = await ask(url, method, guard)
    if (status < 300 || status > 399 || location === null) return status
    url = new URL(location, url).href
  }
  throw new TooManyHops('转址太多')
}

class TooManyHops extends Error {
  override name = 'TooManyHops'
}
class NotWeb extends Error {
  override name = 'NotWeb'
}

function ask(text: string, method: 'HEAD' | 'GET', guard: AddressGuard): Promise<{ status: number; location: string | null }> {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return Promise.reject(new NotWeb('不是网址'))
  url.username = ''
  url.password = ''
  return new Promise((resolve, reject) => {
    guard.check(url.hostname.replaceAll(/^\[|\]$/g, ''))
    // agent: false：不与别的请求共用连接，每次都查地址
    const options = { method, agent: false, lookup: guard.lookup, signal: AbortSignal.timeout(TIMEOUT_MS), maxHeaderSize: 16 * 1024, headers: { 'User-Agent': 'mingchuang-link-check/1', Accept: '*/*' } }
    const answered = (response: IncomingMessage): void => {
      resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null })
      response.destroy()
    }
    const asking = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, answered)
    asking.on('error', reject)
    asking.end()
  })
}

const CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPIPE'])

function wordOf(error: unknown): string {
  if (error instanceof AddressBlocked) return 'address-blocked'
  if (error instanceof NotWeb) return 'not-web'
  if (error instanceof TooManyHops) return 'redirects'
  if (!(error instanceof Error)) return 'error'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  const code = 'code' in error ? String(error.code) : ''
  if (CODES.has(code)) return code
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) ? 'certificate' : 'error'
}
