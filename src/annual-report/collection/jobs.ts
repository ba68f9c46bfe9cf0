import { z } from 'zod'
import { job, type CronEntry, type JobHandlers } from '../../platform/jobs.ts'
import { adoptFiled } from './adopt-filed.ts'
import { remindDue } from './remind-due.ts'
import { tellMany } from './tell-many.ts'
import { purgeUploads } from './upload-store.ts'

const KEPT_DAYS = 30

const told = z.object({ year: z.number().int(), bodyIds: z.array(z.string()).max(1000), what: z.enum(['opened', 'reminded', 'accepted']), key: z.string().max(60) })

export const filingJobs: JobHandlers = {
  'filings.tell': job(told, tellMany),
  'filings.remind': async (deps) => {
    await adoptFiled(deps)
    await remindDue(deps)
    await purgeUploads(deps.db, new Date(deps.clock.now().getTime() - KEPT_DAYS * 86_400_000))
  },
}

export const filingCrons: readonly CronEntry[] = [{ task: 'filings.remind', at: '7:40' }]
