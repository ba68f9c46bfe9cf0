import type { Config } from '../config.ts'
import { fieldKeys } from '../crypto.ts'
import type { Tx } from '../db.ts'
import { newId } from '../id.ts'
import { enqueue } from '../jobs.ts'
import { checkMail } from './mail.ts'
import { insertMail } from './mail-store.ts'

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
