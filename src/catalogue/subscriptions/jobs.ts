import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import type { MailComposers } from '../../platform/mail/index.ts'
import { composeDigest, DIGEST, sendDigests } from './digest.ts'
import { CONFIRM_WITHIN_MS } from './subscription.ts'
import { purgeUnconfirmed } from './subscription-store.ts'

const PURGE = 'subscriptions.purge'

export const subscriptionJobs: JobHandlers = {
  [DIGEST]: sendDigests,
  [PURGE]: ({ db, clock }) => purgeUnconfirmed(db, new Date(clock.now().getTime() - CONFIRM_WITHIN_MS)),
}
export const subscriptionCrons: readonly CronEntry[] = [
  { task: DIGEST, at: '7:10' },
  { task: PURGE, at: 'hourly' },
]
export const subscriptionComposers: MailComposers = { [DIGEST]: composeDigest }
