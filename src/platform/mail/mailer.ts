import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import { checkMail } from './mail.ts'
import type { Mail } from './mail.ts'

/** 送信的一方：邮件服务器，或者文件夹。 */
export interface Mailer {
  /** 发一封；没有发成抛错。返回去处：服务器的主机名，或文件的路径 */
  send: (mail: Mail, at: Date) => Promise<string>
  close: () => void
}

/** 等服务器的时限，毫秒；每秒至多发几封 */
const LIMITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, rateDelta: 1000, rateLimit: 10 }
/** 信里不取外面的东西：不读文件，不取网址 */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true }

/** 发件箱：没有设 SMTP_URL 的，邮件写在这里，一封一个 .eml 文件。 */
export const outboxOf = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'outbox')

/** 接好送信的一方：设了 SMTP_URL 的为该服务器（支持的即加密），否则写入发件箱。 */
export function openMailer(config: Config): Mailer {
  return config.smtpUrl === null ? fileMailer(config) : smtpMailer(config, config.smtpUrl)
}

function smtpMailer(config: Config, url: string): Mailer {
  const transport = createTransport({ url, requireTLS: mustEncrypt(new URL(url)), pool: true, maxConnections: 1, maxMessages: 100, ...LIMITS, ...CLOSED })
  return {
    send: async (mail, at) => {
      await transport.sendMail(toMessage(mail, config, at))
      return new URL(url).hostname
    },
    close: () => transport.close(),
  }
}

// 有账号口令的，服务器不能加密就不登录；内网确实没有加密的，须在网址里写明 ?ignoreTLS=true
const mustEncrypt = ({ username, searchParams }: URL): boolean => username !== '' && searchParams.get('ignoreTLS') !== 'true'

function fileMailer(config: Config): Mailer {
  const compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...CLOSED })
  return {
    send: async (mail, at) => {
      const { message } = await compose.sendMail(toMessage(mail, config, at))
      const dir = outboxOf(config)
      await mkdir(dir, { recursive: true, mode: 0o700 })
      // 先写一旁再改名：看的人不会看见半封；同一封再发即覆盖
      const [temporary, path] = [join(dir, `.${randomUUID()}`), join(dir, `${mail.mailId}.eml`)]
      try {
        await writeFile(temporary, message instanceof Buffer ? message : '', { mode: 0o600 })
        await rename(temporary, path)
      } finally {
        await rm(temporary, { force: true })
      }
      return path
    },
    close: () => compose.close(),
  }
}

function toMessage(mail: Mail, { mailFrom }: Pick<Config, 'mailFrom'>, at: Date) {
  checkMail(mail)
  return {
    from: { name: '明窗 · 政府信息公开', address: mailFrom },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    date: at,
    messageId: `<${mail.mailId}@${mailFrom.split('@')[1] ?? 'localhost'}>`,
    // 机器发的：收信的一方不必自动回复
    headers: { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk', ...(mail.unsubscribe === undefined ? {} : { 'List-Unsubscribe': `<${mail.unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }) },
  }
}

/** 没有发成的缘故，只取代码：对方说的话里可能有地址。 */
export function faultOf(error: unknown): { fault: string; kind: 'refused' | 'server' | 'other' } {
  const { code, responseCode } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; responseCode?: unknown }
  const name = typeof code === 'string' && /^[A-Z]{2,20}$/.test(code) ? code : error instanceof Error ? error.name : 'Error'
  const status = typeof responseCode === 'number' ? responseCode : null
  const fault = `${name}${status === null ? '' : ` ${status}`}`.slice(0, 60)
  if (status !== null && status >= 500 && (name === 'EENVELOPE' || name === 'EMESSAGE')) return { fault, kind: 'refused' }
  return { fault, kind: SERVER_FAULTS.has(name) ? 'server' : 'other' }
}

/** 服务器连不上、不让登录：再发别的也一样 */
const SERVER_FAULTS = new Set(['ECONNECTION', 'ECONNREFUSED', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROTOCOL', 'ECONNRESET', 'ENOTFOUND'])
