import type { MiddlewareHandler } from 'hono'
import type pg from 'pg'
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Db } from '../db.ts'
import { countJobs } from '../jobs.ts'
import { countMails } from '../mail/index.ts'
import { routeOf } from './request-log.ts'

export interface Metrics {
  registry: Registry
  /** 量每个请求的用时，按路由样式分，不按实际路径 */
  measure: MiddlewareHandler
}

/** 计量：请求用时、连接池、任务、进程。 */
export function createMetrics({ db, pool }: { db: Db; pool: pg.Pool }): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: '请求用时（秒）',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'db_pool_connections',
    help: '数据库连接：总数、闲着、排队',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'total' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  new Gauge({
    name: 'jobs',
    help: '任务：等着办、重试中、试尽了',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await countJobs(db))) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'mail',
    help: '邮件：等着发、发不出',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await countMails(db))) this.set({ state }, count)
    },
  })
  return {
    registry,
    measure: async (c, next) => {
      const stop = durations.startTimer()
      await next()
      stop({ method: c.req.method, route: routeOf(c), status: c.res.status })
    },
  }
}
