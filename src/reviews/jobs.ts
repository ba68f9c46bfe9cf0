import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { recomputeAnswerDue } from './recompute-due.ts'

/** 任务：载入节假日通知之后重算期限；每日再办一次以防漏。 */
export const reviewJobs: JobHandlers = {
  'reviews.recompute-due': async ({ db }) => {
    await recomputeAnswerDue(db)
  },
}
export const reviewCrons: readonly CronEntry[] = [{ task: 'reviews.recompute-due', at: '0:45' }]
