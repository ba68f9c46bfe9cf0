import type { Context, Hono } from 'hono'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { countJobs } from '../jobs.ts'
import { pendingMigrations } from '../migrate.ts'
import type { Metrics } from './metrics.ts'

export interface HealthParts {
  deps: Deps
  metrics: Metrics
  /** 本进程的后台任务是否在跑；不兼办任务的为 null */
  jobsRunning: (() => boolean) | null
}

const LIMIT_MS = 2000

/** `/healthz` 活着；`/readyz` 可以接活；`/metrics` 计量，只答内网来的、未经代理的。 */
export function mountHealth(app: Hono, parts: HealthParts): void {
  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const checks = await check(parts)
    const ok = Object.values(checks).every((value) => value === 'ok')
    return c.json({ ok, checks }, ok ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    if (!isInside(c)) return c.notFound()
    const { registry } = parts.metrics
    return c.text(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
  })
}

async function check({ deps, jobsRunning }: HealthParts): Promise<Record<string, string>> {
  const [database, migrations, jobs] = await Promise.all([
    says(async () => void (await sql`select 1`.execute(deps.db))),
    says(async () => {
      const pending = await pendingMigrations(deps.db)
      if (pending.length > 0) throw new Error('迁移未做完')
    }),
    says(async () => {
      await countJobs(deps.db)
      if (jobsRunning && !jobsRunning()) throw new Error('任务停了')
    }),
  ])
  return { database, migrations, jobs }
}

// 对外只说 ok 或 fail：出错的详情里可能有连接串
async function says(what: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('超时')), LIMIT_MS)
  })
  try {
    await Promise.race([what(), late])
    return 'ok'
  } catch {
    return 'fail'
  } finally {
    clearTimeout(timer)
  }
}

const INSIDE = /^(local|::1|(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.).*|f[cd][0-9a-f]{2}:.*)$/i
const isInside = (c: Context): boolean =>
  INSIDE.test(c.get('clientAddress')) && !c.req.header('x-forwarded-for') && !c.req.header('forwarded')
