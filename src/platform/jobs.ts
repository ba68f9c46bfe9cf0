import { EventEmitter } from 'node:events'
import { Logger, makeWorkerUtils, parseCronItems, run, runOnce } from 'graphile-worker'
import type { Runner, TaskList, WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { ZodType } from 'zod'
import { openPool } from './connect.ts'
import type { Deps } from './deps.ts'
import type { Tx } from './db.ts'
import type { Log } from './log.ts'

/** 一种任务的办法。可能重办，故须办两次与一次无异；出错则稍后重试。 */
export type JobHandler = (deps: Deps, payload: unknown) => Promise<void>
/** 任务名为「模块.做什么」，如 `annual-report.recount`。 */
export type JobHandlers = Readonly<Record<string, JobHandler>>

/** 定时任务：每分钟、每小时，或每日北京时间某刻（`HH:MM`）。 */
export interface CronEntry {
  task: string
  at: 'every-minute' | 'hourly' | `${number}:${number}`
}

/** 带载荷格式的任务。 */
export const job =
  <T>(schema: ZodType<T>, handle: (deps: Deps, payload: T) => Promise<void>): JobHandler =>
  (deps, payload) =>
    handle(deps, schema.parse(payload))

export interface EnqueueOptions {
  /** 同键而未办的只留最后一个 */
  key?: string
  /** 不早于此刻 */
  runAt?: Date
  /** 至多办几次，缺省 25 */
  maxAttempts?: number
}

/** 在动作的事务里交办一件任务：事务退回则没有这件任务。载荷只写 id，不写个人信息。 */
export async function enqueue(tx: Tx, name: string, payload: Readonly<Record<string, unknown>>, options: EnqueueOptions = {}): Promise<void> {
  await sql`select graphile_worker.add_job(
    identifier => ${name}::text, payload => ${JSON.stringify(payload)}::json, run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => ${options.maxAttempts ?? null}::int, job_key => ${options.key ?? null}::text)`.execute(tx)
}

/** 建好或升级任务的表。 */
export async function migrateJobs(url: string, log: Log): Promise<void> {
  await withPool(url, log, async (pgPool) => {
    const utils = await makeWorkerUtils({ pgPool, logger: toLogger(log) })
    await utils.migrate()
    await utils.release()
  })
}

// graphile-worker 自建的连接池关得不干净，故用我们的
async function withPool(url: string, log: Log, use: (pool: Pool) => Promise<void>): Promise<void> {
  const pool = openPool({ connectionString: url, max: 4, application_name: 'mingchuang-jobs' }, log)
  try {
    await use(pool)
  } finally {
    await pool.end()
  }
}

export interface JobWorker {
  isRunning: () => boolean
  /** 不再接新活，办完手上的再停 */
  stop: () => Promise<void>
}

/** 开始办任务。用自己的连接：其中一条常听通知，错过了每两秒也会自去看。 */
export async function startJobs(url: string, deps: Deps, handlers: JobHandlers, crons: readonly CronEntry[]): Promise<JobWorker> {
  const pool = openPool({ connectionString: url, max: 4, application_name: 'mingchuang-jobs' }, deps.log)
  const own = new Set<string>()
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => own.add(workerPool.id))
  events.on('worker:create', ({ worker }) => own.add(worker.workerId))
  const beat = (): void => {
    keepLocks(deps.db, [...own]).catch((error: unknown) => deps.log.warn({ err: error }, '任务的锁没有续上'))
  }
  let runner: Runner | null = await run({
    events,
    pgPool: pool,
    concurrency: 2,
    pollInterval: 2000,
    noHandleSignals: true,
    noPreparedStatements: !deps.config.namedStatements,
    logger: toLogger(deps.log),
    taskList: toTaskList(deps, handlers),
    parsedCronItems: parseCronItems(crons.map(toCronItem)),
  })
  beat()
  const beating = setInterval(beat, BEAT_MS).unref()
  runner.promise.then(
    () => (runner = null),
    (error: unknown) => {
      deps.log.error({ err: error }, '任务停了')
      runner = null
    },
  )
  return {
    isRunning: () => runner !== null,
    stop: async () => {
      clearInterval(beating)
      await runner?.stop().catch(() => {})
      await pool.end()
    },
  }
}

const BEAT_MS = 10_000
/** 这么久没有续锁的，办它的进程已经不在了 */
const LOST_AFTER = '60 seconds'

/**
 * 续上自己所办各件的锁，放开已经不在的进程（被 kill -9、断电）所占的：
 * 不放的话要等四小时才有人接着办，其间导入台账的页面一直显示「正在导入」。
 */
export async function keepLocks(tx: Tx, own: readonly string[]): Promise<void> {
  await sql`update graphile_worker._private_jobs set locked_at = now() where locked_by = any(${[...own]}::text[])`.execute(tx)
  await sql`select graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker._private_jobs where locked_at < now() - ${LOST_AFTER}::interval))`.execute(tx)
}

/** 办完现有的任务即返回，供测试与命令；任务出错则抛出。 */
export async function runJobsOnce(url: string, deps: Deps, handlers: JobHandlers): Promise<void> {
  const failures: unknown[] = []
  const tasks = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]): [string, JobHandler] => [
      name,
      (own, payload) => handle(own, payload).catch((error: unknown) => void failures.push(error)),
    ]),
  )
  await withPool(url, deps.log, (pgPool) =>
    runOnce({ pgPool, noHandleSignals: true, logger: toLogger(deps.log), taskList: toTaskList(deps, tasks) }),
  )
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures)
}

/** 等着办的、正在重试的、试尽了的各有几件。 */
export async function countJobs(tx: Tx): Promise<{ waiting: number; retrying: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; retrying: number; failed: number }>`
    select count(*) filter (where attempts = 0) as waiting,
      count(*) filter (where attempts between 1 and max_attempts - 1) as retrying,
      count(*) filter (where attempts >= max_attempts) as failed
    from graphile_worker.jobs`.execute(tx)
  return rows[0] ?? { waiting: 0, retrying: 0, failed: 0 }
}

const toTaskList = (deps: Deps, handlers: JobHandlers): TaskList =>
  Object.fromEntries(Object.entries(handlers).map(([name, handle]) => [name, (payload: unknown) => handle(deps, payload)]))

// 中国没有夏令时，北京时间恒为 UTC+8
function toCronItem({ task, at }: CronEntry): Parameters<typeof parseCronItems>[0][number] {
  if (at === 'every-minute') return { task, match: '* * * * *' }
  if (at === 'hourly') return { task, match: '7 * * * *' }
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  return { task, match: `${minute} ${(hour + 16) % 24} * * *`, options: { backfillPeriod: 24 * 3600 * 1000 } }
}

// 任务的载荷与错误消息可能带着数据，只记它说的第一行和任务名
const toLogger = (log: Log): Logger =>
  new Logger((scope) => (level, message) => {
    const to = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug'
    log[to]({ task: scope.taskIdentifier, job: scope.jobId }, message.split('\n')[0]?.slice(0, 300) ?? '')
  })
