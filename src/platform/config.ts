import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isMailAddress } from './mail/mail.ts'
import { root } from './paths.ts'

/** 随机生成的 32 个字符，不同的字符不会少于此；少于此的是随手敲的、抄来的 */
const MIN_KEY_KINDS = 10

const yesNo = z.enum(['true', 'false'], { error: '只能是 true 或 false' }).transform((v) => v === 'true')
const whole = (min: number, max: number) =>
  z.coerce.number({ error: `须为 ${min}–${max} 的整数` }).int(`须为整数`).min(min, `不小于 ${min}`).max(max, `不大于 ${max}`)

/** 全部配置，来自环境变量；缺省值即演示可用。 */
const schema = z.object({
  PORT: whole(0, 65535).default(3000),
  HOST: z.string().min(1, '不能为空').default('127.0.0.1'),
  BASE_URL: z.url({ protocol: /^https?$/, error: '须为 http 或 https 网址' }).optional(),
  TRUST_PROXY: yesNo.default(false),
  DATA_DIR: z.string().min(1, '不能为空').default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres|postgresql|socket):/, '须为 postgres:// 开头的连接串')
    .optional(),
  DATABASE_POOL: whole(2, 200).default(10),
  DATABASE_NAMED_STATEMENTS: yesNo.default(true),
  MINGCHUANG_MODE: z.enum(['demo', 'production'], { error: '只能是 demo 或 production' }).default('demo'),
  SECRET_KEY: z.string().min(32, '不少于 32 个字符').optional(),
  // 公文字体所在目录，由 documents/faces.ts 读取；此处只查它存在
  FONT_DIR: z.string().refine((dir) => existsSync(dir), '目录不存在').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: '只能是 fatal、error、warn、info、debug、trace 或 silent',
    })
    .default('info'),
  WORKER: yesNo.default(true),
  WEBHOOK_ALLOW: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((each) => each !== ''))
    .refine((list) => list.every(isAllowEntry), '须为逗号隔开的主机名、IP 地址或网段，如 10.20.0.0/16,hall.gov.local')
    .default([]),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: '须为 smtp:// 或 smtps:// 开头的网址' }).optional(),
  IMAP_URL: z.url({ protocol: /^imaps?$/, error: '须为 imap:// 或 imaps:// 开头的网址' }).optional(),
  MAIL_FROM: z.string().refine(isMailAddress, '须为一个邮件地址').optional(),
})

const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

function isAllowEntry(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (bits === undefined) return family !== 0 || HOST_NAME.test(text)
  return more.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

export interface Config {
  port: number
  host: string
  /** 对外网址，末尾无斜线 */
  baseUrl: string
  trustProxy: boolean
  /** 绝对路径 */
  dataDir: string
  /** 未设则用内嵌数据库 */
  databaseUrl: string | null
  databasePool: number
  /** 经事务级连接池（PgBouncer）时关掉 */
  namedStatements: boolean
  mode: 'demo' | 'production'
  secretKey: string
  logLevel: string
  /** 服务进程是否兼办后台任务；另起 `mingchuang worker` 时关掉 */
  worker: boolean
  /** 回调可以发往的内网主机名、IP 地址、网段；不在其中的内网地址一概不发 */
  webhookAllow: readonly string[]
  /** 发邮件的服务器；未设则邮件写在数据目录的 outbox 里 */
  smtpUrl: string | null
  /** 收信的信箱（投诉、反映）；未设则只看数据目录的 inbox */
  imapUrl: string | null
  /** 发件人的地址 */
  mailFrom: string
}

/** 配置不对，消息里逐条写明变量名；启动就此停住。 */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** 读配置；空字符串等于未设。演示模式未设 SECRET_KEY 的，在数据目录里存一把自造的。 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new ConfigError(toMessage(parsed.error.issues))
  const values = parsed.data
  if (values.MINGCHUANG_MODE === 'production' && values.SECRET_KEY === undefined)
    throw new ConfigError('配置有误：\n  SECRET_KEY：正式模式必须设置，不少于 32 个字符')
  if (values.MINGCHUANG_MODE === 'production' && new Set(values.SECRET_KEY).size < MIN_KEY_KINDS)
    throw new ConfigError(`配置有误：\n  SECRET_KEY：太简单，须随机生成，如 openssl rand -base64 32`)
  if (values.SMTP_URL !== undefined && values.MAIL_FROM === undefined)
    throw new ConfigError('配置有误：\n  MAIL_FROM：设了 SMTP_URL 的，须写明发件人的地址')
  const dataDir = resolve(root, values.DATA_DIR)
  return {
    port: values.PORT,
    host: values.HOST,
    baseUrl: (values.BASE_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    trustProxy: values.TRUST_PROXY,
    dataDir,
    databaseUrl: values.DATABASE_URL ?? null,
    databasePool: values.DATABASE_POOL,
    namedStatements: values.DATABASE_NAMED_STATEMENTS,
    mode: values.MINGCHUANG_MODE,
    secretKey: values.SECRET_KEY ?? demoSecret(dataDir),
    logLevel: values.LOG_LEVEL,
    worker: values.WORKER,
    webhookAllow: values.WEBHOOK_ALLOW,
    smtpUrl: values.SMTP_URL ?? null,
    imapUrl: values.IMAP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? 'mingchuang@localhost',
  }
}

const toMessage = (issues: readonly { path: PropertyKey[]; message: string }[]): string =>
  ['配置有误：', ...issues.map((issue) => `  ${issue.path.join('.')}：${issue.message}`)].join('\n')

// 演示也不用写死的密钥：存下来，重启后会话仍然有效
function demoSecret(dataDir: string): string {
  const file = join(dataDir, 'demo-secret')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const secret = randomBytes(32).toString('hex')
  writeFileSync(file, secret, { mode: 0o600 })
  return secret
}
