import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { purgeRequests } from './once.ts'

export const apiJobs: JobHandlers = {
  'api.purge-requests': ({ db, clock }) => purgeRequests(db, clock.now()),
}
export const apiCrons: readonly CronEntry[] = [{ task: 'api.purge-requests', at: '3:20' }]
