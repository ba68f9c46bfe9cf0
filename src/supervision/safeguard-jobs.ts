import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { remindAllTasks } from './leading-group/task-to-dos.ts'
import { remindAllMeasures } from './problems/measure-to-dos.ts'

/** 每日早晨看一遍议定事项与改进措施；漏跑、重跑都不误。 */
export const safeguardJobs: JobHandlers = {
  'supervision.remind-work': async (deps) => {
    await remindAllTasks(deps)
    await remindAllMeasures(deps)
  },
}
export const safeguardCrons: readonly CronEntry[] = [{ task: 'supervision.remind-work', at: '6:55' }]
