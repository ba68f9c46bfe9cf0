import process from 'node:process'
import { readConfig } from '../platform/config.ts'
import { newId } from '../platform/id.ts'
import { faultOf, isMailAddress, openMailer } from '../platform/mail/index.ts'
import type { Command } from './command.ts'

const USAGE = 'mail-test ADDRESS'

/** 发一封试验邮件，看邮件服务器的配置对不对。退出码：0 已交给服务器（或写入发件箱），1 没有发成，2 参数有误。 */
export const mailTestCommand: Command = {
  name: 'mail-test',
  usage: `${USAGE}  发一封试验邮件；没有设 SMTP_URL 的写入发件箱`,
  run: async ([to = '', ...more], io) => {
    if (more.length > 0 || !isMailAddress(to)) {
      io.err(`用法：${USAGE}`)
      return 2
    }
    const config = readConfig({ LOG_LEVEL: 'warn', ...process.env })
    const mailer = openMailer(config)
    try {
      const where = await mailer.send({ mailId: newId(), to, subject: '明窗：试验邮件', text: `这是一封试验邮件，由 ${config.baseUrl} 的明窗发出。收到即说明邮件已经接通。\n` }, new Date())
      io.out(config.smtpUrl === null ? `没有设 SMTP_URL，已写入 ${where}` : `已交给 ${where}`)
      return 0
    } catch (error) {
      const { fault, kind } = faultOf(error)
      io.err(`没有发成（${fault}）：${kind === 'refused' ? '邮件服务器不收这个地址' : '请核对 SMTP_URL、MAIL_FROM 与网络'}`)
      return 1
    } finally {
      mailer.close()
    }
  },
}
