import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Log } from './log.ts'
import type { Db, Tables, Tx } from './db.ts'

export interface ConnectOptions {
  max: number
  /** 语句是否起名预备；经事务级连接池时关掉 */
  namedStatements: boolean
  log: Log
}

export interface Connection {
  db: Db
  pool: pg.Pool
  close: () => Promise<void>
}

/** 连接数据库；连接在首次用到时才建立。 */
export function connect(url: string, { max, namedStatements, log }: ConnectOptions): Connection {
  const pool = openPool({ connectionString: url, max, types: { getTypeParser }, application_name: 'mingchuang' }, log)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: namedStatements ? withNames(pool) : pool }) })
  return {
    db,
    pool,
    close: async () => {
      await db.destroy()
      // 没有经 db 查询过的，destroy 不管连接池
      if (!pool.ending) await pool.end()
    },
  }
}

/** 等一条连接至多等这么久：数据库不应声时，来的人得到答复而不是一直等着 */
const CONNECT_LIMIT_MS = 10_000

/** 连接池；服务器断开时只记日志。没有这两处监听（闲着的、用着的），数据库一停就会带倒整个进程。 */
export function openPool(options: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({ connectionTimeoutMillis: CONNECT_LIMIT_MS, ...options })
  const note = (error: Error): void => {
    // 正在关闭时服务器先断开，不算事
    if (!pool.ending) log.error({ err: error }, '数据库连接断开')
  }
  pool.on('error', note)
  pool.on('connect', (client) => client.on('error', note))
  return pool
}

const DATE = 1082
const INT8 = 20
const DATE_ARRAY = 1182
const INT8_ARRAY = 1016
const TEXT_ARRAY = 1009

// 自然日保持文字，免得时区把它挪动一日；int8 为数，超出安全整数即报错；numeric 保持文字
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [DATE]: (text) => text,
  [INT8]: toSafeInteger,
  [DATE_ARRAY]: (text) => textArray(text),
  [INT8_ARRAY]: (text) => textArray(text).map(toSafeInteger),
}
const plainParser: (oid: number) => (text: string) => string[] = pg.types.getTypeParser
const textArray = plainParser(TEXT_ARRAY)
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format ?? 'text')

function toSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`整数过大：${text}`)
  return value
}

// 每种语句一个名字，服务器只解析一次；只记到 500 种、4 KB，免得成批插入的长语句撑满两边的内存
const MAX_NAMES = 500
const MAX_TEXT = 4096
const PLAN_EACH_TIME = '/* plan each time */'
type NameOf = (text: string) => string | undefined
function statementNames(): NameOf {
  const names = new Map<string, string>()
  return (text) => {
    // 要照所给的值另作打算的（检索的词多寡悬殊），不起名：起了名的用过几次便共用一份打算
    if (text.startsWith(PLAN_EACH_TIME)) return undefined
    const known = names.get(text)
    if (known || text.length > MAX_TEXT || names.size >= MAX_NAMES) return known
    const name = `k${createHash('sha1').update(text).digest('hex').slice(0, 24)}`
    names.set(text, name)
    return name
  }
}

type DialectPool = ConstructorParameters<typeof PostgresDialect>[0]['pool'] & object
type PlainPool = Exclude<DialectPool, (...args: never[]) => unknown>
type PlainClient = Awaited<ReturnType<PlainPool['connect']>>

function withNames(pool: pg.Pool): PlainPool {
  const wrapped = new WeakMap<pg.PoolClient, PlainClient>()
  const nameOf = statementNames()
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const known = wrapped.get(client)
      if (known) return known
      const named = namedClient(client, nameOf)
      wrapped.set(client, named)
      return named
    },
  }
}

/** 把一条现成的连接当作 Kysely 的库用：语句都走它，关闭与归还不动它。供要在一条连接上既查询又 COPY 的（恢复备份）。 */
export function overClient(client: pg.PoolClient): Db {
  const query = queryOf(client, () => undefined)
  const pool: PlainPool = { options: {}, end: async () => {}, connect: async () => ({ query, release: () => {} }) }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

function namedClient(client: pg.PoolClient, nameOf: NameOf): PlainClient {
  return { query: queryOf(client, nameOf), release: (destroy?: boolean) => client.release(destroy) }
}

// Kysely 只以（文字，参数）查询；游标本系统不用
const queryOf = (client: pg.PoolClient, nameFor: NameOf): PlainClient['query'] =>
  ((text: string, values: readonly unknown[] = []) => {
    const name = values.length > 0 ? nameFor(text) : undefined
    return client.query({ text, values: [...values], ...(name ? { name } : {}) })
  }) as unknown as PlainClient['query']

const RETRIED = new Set(['40001', '40P01'])
const MAX_TRIES = 5

/**
 * 一个事务；因并发被数据库退回的（40001、40P01）整个重做，至多五次。
 * 所以 fn 里只动数据库；已在事务里则直接并入。
 */
export async function transaction<T>(db: Tx, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return fn(db)
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(fn)
    } catch (error) {
      if (tried >= MAX_TRIES || !RETRIED.has(sqlState(error) ?? '')) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tried))
    }
  }
}

const AWAY_STATES = /^(08...|57P0[1-3]|53300)$/
const AWAY_ERRNOS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])
// pg 的这几种错没有代码，只有这句话
const AWAY_WORDS = /^(Connection terminated|timeout (exceeded when trying|expired)|Client has encountered a connection error|Client was closed)/

/** 是不是数据库连不上、停了、正在起：不是这次所办的事有错，过一会儿再试即可。 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (AWAY_STATES.test(code)) return true
  const socket = 'syscall' in error && ['connect', 'read', 'write', 'getaddrinfo'].includes(String(error.syscall))
  return (socket && AWAY_ERRNOS.has(code)) || AWAY_WORDS.test(error.message)
}

/** 数据库错误的 SQLSTATE，如 `23505`；不是数据库错误则为 null。 */
export const sqlState = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : null
