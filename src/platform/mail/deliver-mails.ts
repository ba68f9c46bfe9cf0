import { fieldKeys } from '../crypto.ts'
import type { Deps } from '../deps.ts'
import { closeMail, dropMail, postponeMail, takeMails } from './mail-store.ts'
import type { Mail } from './mail.ts'
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

/** 发出之时写一封邮件；已经没有可说的为 null。 */
export type MailComposer = (deps: Deps, about: Readonly<Record<string, unknown>>) => Promise<Pick<Mail, 'subject' | 'text' | 'unsubscribe'> | null>
export type MailComposers = Readonly<Record<string, MailComposer>>

/** 发出到期要发的邮件，至多六十封；返回还有没有要发的。可以重办：同一封再发，Message-ID 不变。 */
export async function deliverMails(deps: Deps, composers: MailComposers = {}): Promise<{ more: boolean }> {
  const at = deps.clock.now()
  const mails = await takeMails(deps.db, fieldKeys(deps.config.secretKey), { at, until: later(at, LEASE), limit: BATCH })
  if (mails.length === 0) return { more: false }
  const mailer = openMailer(deps.config)
  try {
    let down: string | null = null
    for (const mail of mails) down = await deliver(deps, mailer, mail, down, composers)
    return { more: down === null && mails.length === BATCH }
  } finally {
    mailer.close()
  }
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

// 返回服务器不通的缘故；不通的，余下各封不再逐一去等
async function deliver(deps: Deps, mailer: Mailer, mail: TakenMail, down: string | null, composers: MailComposers): Promise<string | null> {
  const { db, clock, log } = deps
  const at = clock.now()
  const { to } = mail
  if (to === null) {
    await closeMail(db, mail, 'failed', 'SealBroken', at)
    return down
  }
  const written = await compose(deps, mail, composers)
  if (written === null) {
    await dropMail(db, mail)
    return down
  }
  const failed = down === null ? await attempt(mailer, { mailId: mail.mailId, to, ...written }, at) : { fault: down, kind: 'server' as const }
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

// 写好的照发；发出之时才写的此刻写
async function compose(deps: Deps, { subject, text, composer, about }: TakenMail, composers: MailComposers) {
  if (composer === null) return { subject, text }
  const write = composers[composer]
  if (write === undefined) throw new Error(`没有写「${composer}」这种邮件的`)
  return write(deps, about ?? {})
}

const attempt = (mailer: Mailer, mail: Mail, at: Date) => mailer.send(mail, at).then(() => null, faultOf)
