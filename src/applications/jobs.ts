import { transaction } from '../platform/connect.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { purgeDrafts } from './draft-store.ts'
import { listBodiesWithOpenApplications, recomputeDue } from './recompute-due.ts'

/** 任务：载入节假日通知、修改期限的设置之后交办，每日再办一次以防漏；逐机构各一事务，可以重办。 */
export const applicationJobs: JobHandlers = {
  'applications.recompute-due': async ({ db, clock }) => {
    for (const bodyId of await listBodiesWithOpenApplications(db)) await transaction(db, (tx) => recomputeDue(tx, bodyId, clock.today(), clock.now()))
  },
  'applications.purge-drafts': ({ db, clock }) => transaction(db, (tx) => purgeDrafts(tx, clock.now())),
}
export const applicationCrons: readonly CronEntry[] = [
  { task: 'applications.recompute-due', at: '0:30' },
  { task: 'applications.purge-drafts', at: 'hourly' },
]
