import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import { fetchImap } from './mail/fetch-imap.ts'
import { purgeInbox, sweepInbox } from './mail/sweep-inbox.ts'
import { followMergers } from './follow-mergers.ts'
import { recomputeComplaints, remindComplaints } from './remind.ts'

export const complaintJobs: JobHandlers = {
  'complaints.sweep-inbox': async (deps) => {
    await fetchImap(deps)
    await sweepInbox(deps)
  },
  'complaints.purge-inbox': async (deps) => {
    await purgeInbox(deps)
  },
  'complaints.remind': async (deps) => {
    await remindComplaints(deps)
  },
  'complaints.follow-mergers': async (deps) => {
    await followMergers(deps)
  },
  'complaints.recompute-due': async (deps) => {
    await recomputeComplaints(deps)
  },
}

export const complaintCrons: readonly CronEntry[] = [
  { task: 'complaints.sweep-inbox', at: 'every-minute' },
  { task: 'complaints.purge-inbox', at: '2:40' },
  { task: 'complaints.follow-mergers', at: '0:40' },
  { task: 'complaints.recompute-due', at: '0:50' },
  { task: 'complaints.remind', at: '7:35' },
]
