import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { purgeSessions } from './sessions.ts'
import { purgeThrottle } from './throttle.ts'

export const identityJobs: JobHandlers = {
  'identity.purge': async ({ db, clock }) => {
    await purgeSessions(db, clock.now())
    await purgeThrottle(db, clock.now())
  },
}
export const identityCrons: readonly CronEntry[] = [{ task: 'identity.purge', at: 'hourly' }]
