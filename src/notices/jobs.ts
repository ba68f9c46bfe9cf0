import { job } from '../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import { DELEGATION_TOLD } from '../identity/index.ts'
import { mailNotices } from './mail-notices.ts'
import { purgeNotices } from './queries.ts'
import { delegationRef, tellDelegation } from './tell-delegation.ts'

/** 通知发成邮件：通知时即交办，每分钟再看一次；每日一封的，上班前发。 */
export const noticeJobs: JobHandlers = {
  'notices.mail': (deps) => mailNotices(deps, 'immediate'),
  'notices.digest': (deps) => mailNotices(deps, 'daily'),
  [DELEGATION_TOLD]: job(delegationRef, tellDelegation),
  'notices.purge': async ({ db, clock }) => {
    while ((await purgeNotices(db, clock.now())) > 0);
  },
}
export const noticeCrons: readonly CronEntry[] = [
  { task: 'notices.mail', at: 'every-minute' },
  { task: 'notices.digest', at: '8:00' },
  { task: 'notices.purge', at: '2:20' },
]
