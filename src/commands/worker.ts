import { startJobs } from '../platform/jobs.ts'
import { untilSignal } from '../run-until-signal.ts'
import { crons, jobHandlers } from '../wiring.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-runtime.ts'

/** 只办后台任务，直到收到停止信号。 */
export const workerCommand: Command = {
  name: 'worker',
  usage: 'worker  只办后台任务（服务那边设 WORKER=false）',
  run: (_args, io) =>
    withDatabase(async ({ url, deps }) => {
      const jobs = await startJobs(url, deps, jobHandlers, crons)
      io.err('后台任务已启动')
      await untilSignal(deps.log, jobs.stop)
      return 0
    }),
}
