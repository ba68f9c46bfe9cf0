import { z } from 'zod'
import { job } from '../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { deliverWebhook, purgeDeliveries, sweepDeliveries } from './deliver-webhook.ts'

export const webhookJobs: JobHandlers = {
  'webhooks.deliver': job(z.object({ bodyId: z.uuid(), deliveryId: z.uuid() }), deliverWebhook),
  'webhooks.sweep': async ({ db, clock }) => {
    await sweepDeliveries(db, clock.now())
  },
  'webhooks.purge': async ({ db, clock }) => {
    await purgeDeliveries(db, clock.now())
  },
}
export const webhookCrons: readonly CronEntry[] = [
  { task: 'webhooks.sweep', at: 'every-minute' },
  { task: 'webhooks.purge', at: '3:10' },
]
