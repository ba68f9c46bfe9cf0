import type { Context, MiddlewareHandler } from 'hono'
import { TooOften } from './refused.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** 本系统自己来取的（导出静态网站），不限速 */
    unlimited?: boolean
  }
}

export interface RateRule {
  /** 可以一下子办几次 */
  burst: number
  /** 此后每分钟补几次 */
  perMinute: number
}

interface Bucket {
  tokens: number
  at: number
}

/** 记得的来处有上限：满了就忘掉最久没来的，内存不因来处多而涨。 */
const MAX_KEYS = 50_000

export interface RateLimiter {
  /** 记一次；可以则返回 0，否则返回须等的秒数。 */
  take: (key: string, nowMs: number) => number
}

/** 令牌桶，每个来处一个，在本进程内存里；多副本时各限各的，总量为其和。 */
export function createRateLimiter(rule: RateRule, maxKeys: number = MAX_KEYS): RateLimiter {
  const buckets = new Map<string, Bucket>()
  const perMs = rule.perMinute / 60_000
  return {
    take(key, nowMs) {
      const old = buckets.get(key)
      const tokens = old === undefined ? rule.burst : Math.min(rule.burst, old.tokens + Math.max(0, nowMs - old.at) * perMs)
      const allowed = tokens >= 1
      buckets.delete(key) // 重新放到最后，Map 的次序即最近来过的次序
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: nowMs })
      if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value ?? key)
      return allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000))
    },
  }
}

/** 限速中间件；缺省以对方地址为来处。超出抛 TooOften（429）。 */
export function rateLimit(
  rule: RateRule,
  keyOf: (c: Context) => string = (c) => c.get('clientAddress'),
): MiddlewareHandler {
  const limiter = createRateLimiter(rule)
  return async (c, next) => {
    if (c.get('unlimited') === true) return next()
    const wait = limiter.take(keyOf(c), c.get('deps').clock.now().getTime())
    if (wait > 0) throw new TooOften(wait)
    await next()
  }
}
