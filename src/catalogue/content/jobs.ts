import { transaction } from '../../platform/connect.ts'
import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { purgeItemDrafts } from './draft-store.ts'

/** 没有交的表单留多少天。 */
const KEPT_DAYS = 90

export const contentJobs: JobHandlers = {
  'catalogue.purge-item-drafts': async ({ db, clock }) => {
    await transaction(db, (tx) => purgeItemDrafts(tx, addCalendarDays(clock.today(), -KEPT_DAYS)))
  },
}
export const contentCrons: readonly CronEntry[] = [{ task: 'catalogue.purge-item-drafts', at: '1:50' }]
