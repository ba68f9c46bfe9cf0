import { listBodies } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import { remindAssessments } from './exemption-to-dos.ts'

/** 每日看一遍，每周提醒一次。 */
export const exemptionJobs: JobHandlers = {
  'catalogue.remind-assessments': async ({ db, clock }) => {
    for (const { bodyId } of await listBodies(db)) await transaction(db, (tx) => remindAssessments(tx, bodyId, clock.now(), clock.today()))
  },
}
export const exemptionCrons: readonly CronEntry[] = [{ task: 'catalogue.remind-assessments', at: '6:40' }]
