/** 一封邮件；只有文字。`mailId` 也用作 Message-ID：再发一次的，收信的一方认得出是同一封。 */
export interface Mail {
  mailId: string
  to: string
  subject: string
  text: string
  /** 退订的网址；有的写进信头，收信的软件据此给一个退订的按钮（RFC 8058） */
  unsubscribe?: string
}

export const MAIL_LIMITS = { subject: 200, text: 20_000 } as const

/** 邮件地址的样子：一个 @，没有空白、换行、尖括号与逗号（免得在信头里夹带别的收件人），不超过 254 字节。 */
export const isMailAddress = (text: string): boolean =>
  Buffer.byteLength(text) <= 254 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(text)

/** 邮件写得不对，是程序的错；消息里不带内容。 */
export class MailInvalid extends Error {
  override name = 'MailInvalid'
}

/** 地址、标题与正文合不合规矩；不合的抛 `MailInvalid`。标题里的换行会变成另一行信头，故不许。 */
export function checkMail({ to, subject, text }: Omit<Mail, 'mailId'>): void {
  if (!isMailAddress(to)) throw new MailInvalid('邮件地址不对')
  if (subject.trim() === '' || subject.length > MAIL_LIMITS.subject || /\p{Cc}/u.test(subject)) throw new MailInvalid('邮件标题不对')
  if (text.trim() === '' || text.length > MAIL_LIMITS.text) throw new MailInvalid('邮件正文不对')
}
