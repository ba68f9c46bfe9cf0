import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { purgeSessions } from './sign-in/sessions.ts'
import { purgeThrottle } from './sign-in/throttle.ts'

export const identityJobs: JobHandlers = {
  'identity.purge': async ({ db, clock }) => {
    await purgeSessions(db, clock.now())
    await purgeThrottle(db, clock.now())
  },
}
export const identityCrons: readonly CronEntry[] = [{ task: 'identity.purge', at: 'hourly' }]
