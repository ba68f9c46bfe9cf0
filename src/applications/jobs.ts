import { transaction } from '../platform/connect.ts'
import type { JobHandlers } from '../platform/jobs.ts'
import { listBodiesWithOpenApplications, recomputeDue } from './recompute-due.ts'

/** 任务：载入节假日通知、修改期限的设置之后交办；逐机构各一事务，可以重办。 */
export const applicationJobs: JobHandlers = {
  'applications.recompute-due': async ({ db, clock, log }) => {
    for (const bodyId of await listBodiesWithOpenApplications(db)) {
      const moved = await transaction(db, (tx) => recomputeDue(tx, bodyId, clock.today()))
      for (const { caseId, before, after } of moved) log.info({ bodyId, caseId, before, after }, '到期日重算后有变动')
    }
  },
}
