import { enqueue } from '../jobs.ts'
import type { CronEntry, JobHandlers } from '../jobs.ts'
import { deliverMails } from './deliver-mails.ts'
import type { MailComposers } from './deliver-mails.ts'
import { purgeMails } from './mail-store.ts'
import { purgeOutbox } from './purge-outbox.ts'

const KEPT_MS = 90 * 24 * 3600 * 1000
const PAUSE_MS = 10_000

/**
 * 发邮件：写下即交办；每分钟再取一次，任务丢了也不会漏。办完的九十日后删去。
 * @param composers 发出之时才写的，各由谁写
 */
export const mailJobs = (composers: MailComposers): JobHandlers => ({
  'mail.deliver': async (deps) => {
    const { more } = await deliverMails(deps, composers)
    if (more) await enqueue(deps.db, 'mail.deliver', {}, { key: 'mail.deliver', runAt: new Date(deps.clock.now().getTime() + PAUSE_MS) })
  },
  'mail.purge': async ({ db, clock, config }) => {
    const before = new Date(clock.now().getTime() - KEPT_MS)
    while ((await purgeMails(db, before)) > 0);
    await purgeOutbox(config)
  },
})
export const mailCrons: readonly CronEntry[] = [
  { task: 'mail.deliver', at: 'every-minute' },
  { task: 'mail.purge', at: '2:10' },
]
