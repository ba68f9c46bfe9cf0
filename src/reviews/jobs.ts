import { z } from 'zod'
import { listBodies } from '../bodies/index.ts'
import { enqueue, job } from '../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { listBodiesWithDuties } from './performance/duty-store.ts'
import { remindDuties } from './performance/duty-to-dos.ts'
import { recomputeDuties } from './performance/recompute-duties.ts'
import { settleDuties } from './performance/settle-duties.ts'
import { recomputeAnswerDue } from './recompute-due.ts'
import { remindCases } from './reminders/remind-cases.ts'

/** 任务：载入节假日通知之后重算期限，每日再办一次以防漏；每日清早提醒将到期、已逾期的。 */
export const reviewJobs: JobHandlers = {
  'reviews.recompute-due': async ({ db }) => {
    await recomputeAnswerDue(db)
    for (const bodyId of await listBodiesWithDuties(db)) await recomputeDuties({ db }, bodyId)
  },
  // 重新答复发出了的，记入复议、诉讼的经过
  'reviews.settle-duties': async (deps) => {
    for (const bodyId of await listBodiesWithDuties(deps.db)) await settleDuties(deps, bodyId)
  },
  // 逐机构各一件任务：一处出错不误别处，各自重试
  'reviews.remind': async ({ db }) => {
    for (const { bodyId } of await listBodies(db)) await enqueue(db, 'reviews.remind-body', { bodyId }, { key: `reviews.remind-body/${bodyId}` })
  },
  'reviews.remind-body': job(z.object({ bodyId: z.uuid() }), async (deps, { bodyId }) => {
    await remindCases(deps, bodyId)
    await remindDuties(deps, bodyId)
  }),
}
export const reviewCrons: readonly CronEntry[] = [
  { task: 'reviews.recompute-due', at: '0:45' },
  { task: 'reviews.settle-duties', at: '2:40' },
  { task: 'reviews.remind', at: '6:40' },
]
