import { fieldKeys } from '../crypto.ts'
import type { Deps } from '../deps.ts'
import { closeMail, postponeMail, takeMails } from './mail-store.ts'
import type { TakenMail } from './mail-store.ts'
import { faultOf, openMailer } from './mailer.ts'
import type { Mailer } from './mailer.ts'

/** 一次至多发几封，免得冲垮单位的邮件服务器；余下的下一次发 */
const BATCH = 60
const MINUTE = 60_000
/** 取去发的先推后这么久 */
const LEASE = 15 * MINUTE
const LONGEST_WAIT = 6 * 60 * MINUTE
/** 三日还没有发成的不再发：那时所说的事多半已经过去 */
const GIVE_UP_AFTER = 3 * 24 * 60 * MINUTE

/** 发出到期要发的邮件，至多六十封；返回还有没有要发的。可以重办：同一封再发，Message-ID 不变。 */
export async function deliverMails(deps: Deps): Promise<{ more: boolean }> {
  const at = deps.clock.now()
  const mails = await takeMails(deps.db, fieldKeys(deps.config.secretKey), { at, until: later(at, LEASE), limit: BATCH })
  if (mails.length === 0) return { more: false }
  const mailer = openMailer(deps.config)
  try {
    let down: string | null = null
    for (const mail of mails) down = await deliver(deps, mailer, mail, down)
    return { more: down === null && mails.length === BATCH }
  } finally {
    mailer.close()
  }
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

// 返回服务器不通的缘故；不通的，余下各封不再逐一去等
async function deliver({ db, clock, log }: Deps, mailer: Mailer, mail: TakenMail, down: string | null): Promise<string | null> {
  const at = clock.now()
  const { to } = mail
  if (to === null) {
    await closeMail(db, mail, 'failed', 'SealBroken', at)
    return down
  }
  const failed = down === null ? await attempt(mailer, { ...mail, to }, at) : { fault: down, kind: 'server' as const }
  if (failed === null) {
    await closeMail(db, mail, 'sent', null, at)
    return null
  }
  const overdue = at.getTime() - mail.createdAt.getTime() > GIVE_UP_AFTER
  if (failed.kind === 'refused' || overdue) {
    log.warn({ mail: mail.mailId, fault: failed.fault }, '邮件发不出，不再发')
    await closeMail(db, mail, 'failed', failed.fault, at)
  } else {
    await postponeMail(db, mail, failed.fault, later(at, Math.min(2 ** mail.attempts * MINUTE, LONGEST_WAIT)))
  }
  return failed.kind === 'server' ? failed.fault : null
}

const attempt = (mailer: Mailer, mail: TakenMail & { to: string }, at: Date) => mailer.send(mail, at).then(() => null, faultOf)
