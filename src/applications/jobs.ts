import { z } from 'zod'
import { listBodies } from '../bodies/index.ts'
import { transaction } from '../platform/connect.ts'
import { enqueue, job } from '../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { purgeDrafts } from './citizen/draft-store.ts'
import { remindBody } from './reminders/remind.ts'
import { listBodiesWithOpenApplications, recomputeDue } from './recompute-due.ts'
import { settleTallies } from './tally.ts'

/** 任务：载入节假日通知、修改期限的设置之后交办，每日再办一次以防漏；逐机构各一事务，可以重办。 */
export const applicationJobs: JobHandlers = {
  'applications.recompute-due': async ({ db, clock }) => {
    for (const bodyId of await listBodiesWithOpenApplications(db)) await transaction(db, (tx) => recomputeDue(tx, bodyId, clock.today(), clock.now()))
  },
  // 逐机构各一件任务：一处出错不误别处，各自重试
  'applications.remind': async ({ db }) => {
    for (const { bodyId } of await listBodies(db)) await enqueue(db, 'applications.remind-body', { bodyId }, { key: `applications.remind-body/${bodyId}` })
  },
  'applications.remind-body': job(z.object({ bodyId: z.uuid() }), async (deps, { bodyId }) => void (await remindBody(deps, bodyId))),
  // 逐机构各一事务：并时只锁这一机构零散的各笔
  'applications.settle-tallies': async ({ db }) => {
    for (const { bodyId } of await listBodies(db, { includeAbolished: true })) await transaction(db, (tx) => settleTallies(tx, bodyId))
  },
  'applications.purge-drafts': ({ db, clock }) => transaction(db, (tx) => purgeDrafts(tx, clock.now())),
}
export const applicationCrons: readonly CronEntry[] = [
  { task: 'applications.recompute-due', at: '0:30' },
  { task: 'applications.settle-tallies', at: '2:10' },
  { task: 'applications.remind', at: '6:30' },
  { task: 'applications.purge-drafts', at: 'hourly' },
]
