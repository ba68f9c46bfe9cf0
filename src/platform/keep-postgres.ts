import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from './embedded-postgres.ts'
import type { PostgresOptions, RunningPostgres } from './embedded-postgres.ts'
import type { Log } from './log.ts'

/** 十分钟里重起过这么多次还停，便不是偶然，交给看守进程的人 */
const MAX_RESTARTS = 5
const WITHIN_MS = 10 * 60_000
/** 旧的后台进程还没散尽时起不来，隔一会儿再试，至多这么久 */
const RETRY_FOR_MS = 30_000

/**
 * 起内嵌的数据库并看着它：意外停下（内存不足被系统杀去之类）就在原处重起，其间的请求得到「暂时连不上」。
 * 一再停下、或重起不成的，记下缘由，整个进程以 1 退出。
 */
export async function keepPostgres(options: PostgresOptions, log: Log): Promise<RunningPostgres> {
  const stops: number[] = []
  let closing = false
  let restarting: Promise<unknown> = Promise.resolve()

  const start = (socketDir?: string): Promise<RunningPostgres> =>
    startPostgres({
      ...options,
      ...(socketDir === undefined ? {} : { socketDir }),
      onUnexpectedExit: (said) => {
        restarting = revive(said)
      },
    })

  const revive = async (said: string): Promise<void> => {
    const now = Date.now()
    stops.push(now)
    log.error({ said }, '内嵌数据库意外停止，正在重起')
    try {
      if (stops.filter((at) => now - at < WITHIN_MS).length > MAX_RESTARTS) throw new Error('十分钟内停下的次数太多')
      server = await retried(() => start(first.socketDir), () => closing)
      log.warn('内嵌数据库已经重起')
    } catch (error) {
      if (closing) return
      log.fatal({ err: error }, '内嵌数据库没有能重起')
      process.exit(1)
    }
  }

  const first = await start()
  let server = first
  return {
    ...first,
    stop: async (how) => {
      closing = true
      await restarting
      await server.stop(how)
      if (server !== first) await first.stop(how)
    },
  }
}

async function retried<T>(attempt: () => Promise<T>, givenUp: () => boolean): Promise<T> {
  const from = Date.now()
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (givenUp() || Date.now() - from > RETRY_FOR_MS) throw error
      await sleep(500)
    }
  }
}
