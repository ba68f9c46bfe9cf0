import { once } from 'node:events'
import type { Server } from 'node:http'
import { networkInterfaces } from 'node:os'
import process from 'node:process'
import { serve as listen } from '@hono/node-server'
import type { Hono, MiddlewareHandler } from 'hono'
import { isUnseeded, loadSeeds } from '../seeds/index.ts'
import { createApp } from './app.tsx'
import { assertNoDemoAccounts } from './identity/index.ts'
import type { Config } from './platform/config.ts'
import { mountHealth } from './platform/http/health.ts'
import { createMetrics } from './platform/http/metrics.ts'
import { startJobs } from './platform/jobs.ts'
import type { JobWorker } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { openRuntime } from './platform/runtime.ts'
import type { Runtime } from './platform/runtime.ts'
import { appParts } from './app-parts.ts'
import { crons, jobHandlers } from './wiring.ts'

export interface Serving {
  port: number
  /** 办完手上的请求与任务，再停下 */
  stop: () => Promise<void>
}

/** 起服务：数据库、迁移、演示数据、监听、任务。say 用来告诉使用者地址。 */
export async function serve(config: Config, log: Log, say: (line: string) => void): Promise<Serving> {
  const runtime = await openRuntime(config, log, 'server')
  let jobs: JobWorker | null = null
  try {
    await runtime.migrate()
    await assertNoDemoAccounts(runtime.deps)
    if (config.mode === 'demo' && (await isUnseeded(runtime.deps))) for (const line of await loadSeeds(runtime.deps)) say(line)
    jobs = config.worker ? await startJobs(runtime.url, runtime.deps, jobHandlers, crons) : null
    const app = servedApp(runtime, jobs)
    const server = listen({ fetch: app.fetch, port: config.port, hostname: config.host, serverOptions: TIMEOUTS }) as Server
    await Promise.race([once(server, 'listening'), once(server, 'error').then(([error]) => Promise.reject(error))])
    const port = portOf(server)
    for (const line of addresses(config, port)) say(line)
    return { port, stop: () => stop(server, jobs, runtime.close) }
  } catch (error) {
    // 不停下任务，进程就一直不退：端口被占时，人看到的是没有起来也没有结束
    await jobs?.stop()
    await runtime.close()
    throw error
  }
}

/** 请求头慢慢地发、占着连接不放的，二十秒即断；请求体的时限另在 parseForm */
const TIMEOUTS = { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 } as const

/** 所服务的应用：各模块的页面之外，加上健康检查与计量；`first` 为另加在最前的，量速度时用。 */
export function servedApp({ deps, pool }: Pick<Runtime, 'deps' | 'pool'>, jobs: JobWorker | null, first: readonly MiddlewareHandler[] = []): Hono {
  const metrics = createMetrics({ db: deps.db, pool })
  const parts = appParts(deps)
  return createApp(deps, {
    ...parts,
    first: [metrics.measure, ...first],
    mounts: [(on) => mountHealth(on, { deps, metrics, jobsRunning: jobs?.isRunning ?? null }), ...parts.mounts],
  })
}

const DRAIN_MS = 10_000

async function stop(server: Server, jobs: JobWorker | null, close: () => Promise<void>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const hurry = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearTimeout(hurry)
  await jobs?.stop()
  await close()
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function addresses({ host, mode }: Config, port: number): string[] {
  const everywhere = host === '0.0.0.0' || host === '::'
  const hosts = everywhere ? ['localhost', ...outsideAddresses()] : [host === '127.0.0.1' ? 'localhost' : host]
  return [
    `明窗已启动${mode === 'demo' ? '（演示模式）' : ''}，进程 ${process.pid}`,
    ...hosts.flatMap((each) => [`  门户  http://${each}:${port}/`, `  工作台  http://${each}:${port}/desk`]),
  ]
}

const outsideAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((each) => each.family === 'IPv4' && !each.internal)
    .map((each) => each.address)
