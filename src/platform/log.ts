import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type Log = Logger

/** 任何一层里这些字段都不落日志：个人信息、凭据、正文、查询串。 */
const REDACTED = [
  'body', 'query', 'search', 'password', 'secret', 'token', 'cookie', 'authorization',
  'name', 'applicant', 'phone', 'mobile', 'email', 'address', 'idNumber', 'idCard',
]
const paths = REDACTED.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*[*].${field}`])

/**
 * 结构化日志，一行一个 JSON，写到标准错误（标准输出只留给命令的结果）。
 * 错误只记类型、消息与堆栈：数据库错误的 detail 会带出行里的值，故不记。
 */
export const createLog = (level: string, to: DestinationStream = pino.destination({ dest: 2, sync: false })): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[略]' },
      serializers: { err: toLoggedError },
    },
    to,
  )

export const silentLog = (): Log => pino({ level: 'silent' })

function toLoggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { type: error.name, code, message: error.message, stack: error.stack }
}
