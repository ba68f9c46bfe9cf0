import type { Config } from '../config.ts'
import { fieldKeys } from '../crypto.ts'
import type { Tx } from '../db.ts'
import { newId } from '../id.ts'
import { enqueue } from '../jobs.ts'
import { checkMail } from './mail.ts'
import { insertMail } from './mail-store.ts'
import type { LateMail } from './mail-store.ts'

/**
 * 交发一封邮件：与所说的事写在同一事务，事务退回则没有这封信；由任务发出，发不成的再发。
 * 正文不得有申请人的个人信息。地址、标题不合规矩的抛 `MailInvalid`。
 */
export async function sendMail(
  tx: Tx,
  { config }: { config: Config },
  { bodyId, mailId = newId(), ...rest }: { bodyId: string; mailId?: string; to: string; subject: string; text: string },
  at: Date,
): Promise<void> {
  checkMail(rest)
  await insertMail(tx, fieldKeys(config.secretKey), bodyId, { mailId, ...rest }, at)
  await enqueue(tx, 'mail.deliver', {}, { key: 'mail.deliver' })
}

/** 交发一封发出之时才写的邮件：所说的事到那时已经变了的，照变了的写，没有可说的不发。 */
export async function sendLateMail(
  tx: Tx,
  { config }: { config: Config },
  { bodyId, mailId = newId(), to, ...late }: { bodyId: string; mailId?: string; to: string } & LateMail,
  at: Date,
): Promise<void> {
  const unwritten = { to, subject: '（发出之时才写）', text: '（发出之时才写）' }
  checkMail(unwritten)
  await insertMail(tx, fieldKeys(config.secretKey), bodyId, { mailId, ...unwritten }, at, late)
  await enqueue(tx, 'mail.deliver', {}, { key: 'mail.deliver' })
}
