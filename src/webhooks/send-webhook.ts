import { createHmac } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { AddressBlocked, addressGuard } from '../platform/address-guard.ts'
import type { Resolve } from '../platform/address-guard.ts'

/** 要发的一件；body 为要签名的原文。 */
export interface OutgoingWebhook {
  url: string
  secret: string
  event: string
  eventId: string
  body: string
  at: Date
}

/** 成了（2xx），或者怎样没成：只有代码，不留对方的答复。 */
export type Sent = { ok: true; answer: string } | { ok: false; answer: string }

const TIMEOUT_MS = 10_000

/** 签名头：`t=秒,sha256=…,sm3=…`，所签为「秒.原文」；两种摘要任对方验其一。 */
export function signatureOf(secret: string, seconds: number, body: string): string {
  const sign = (hash: string): string => createHmac(hash, secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},sha256=${sign('sha256')},sm3=${sign('sm3')}`
}

/**
 * 发一次：不跟转址，十秒为限，不读对方的答复。
 * @param allow 配置允许的内网主机、网段；@param httpsOnly 正式环境只发 https；@param resolve 怎样解析主机名
 */
export function sendWebhook(webhook: OutgoingWebhook, { allow, httpsOnly, resolve }: { allow: readonly string[]; httpsOnly: boolean; resolve?: Resolve }): Promise<Sent> {
  const url = URL.parse(webhook.url)
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && !httpsOnly))) return Promise.resolve({ ok: false, answer: 'url-not-allowed' })
  const guard = addressGuard(allow, resolve)
  return new Promise((resolve) => {
    const failed = (error: unknown): void => resolve({ ok: false, answer: wordOf(error) })
    try {
      guard.check(url.hostname.replaceAll(/^\[|\]$/g, ''))
    } catch (error) {
      return failed(error)
    }
    const seconds = Math.floor(webhook.at.getTime() / 1000)
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(webhook.body),
      'User-Agent': 'mingchuang-webhook/1',
      'Mingchuang-Event': webhook.event,
      'Mingchuang-Event-Id': webhook.eventId,
      'Mingchuang-Signature': signatureOf(webhook.secret, seconds, webhook.body),
    }
    // agent: false：不与别的请求共用连接，每次都查地址
    const options = { method: 'POST', headers, agent: false, lookup: guard.lookup, signal: AbortSignal.timeout(TIMEOUT_MS), maxHeaderSize: 16 * 1024 }
    const sending = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      const status = response.statusCode ?? 0
      response.destroy()
      resolve({ ok: status >= 200 && status < 300, answer: String(status) })
    })
    sending.on('error', failed)
    return sending.end(webhook.body)
  })
}

const CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPIPE'])

function wordOf(error: unknown): string {
  if (error instanceof AddressBlocked) return 'address-blocked'
  if (!(error instanceof Error)) return 'error'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  const code = 'code' in error ? String(error.code) : ''
  if (CODES.has(code)) return code
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) ? 'certificate' : 'error'
}
