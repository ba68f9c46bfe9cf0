import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './postgres-binaries.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { NOBODY, launch, launchMode, makeReachable } from './postgres-launch.ts'
import type { LaunchMode } from './postgres-launch.ts'
import { isRunning, ownerState, readPostmaster } from './postmaster.ts'

export interface PostgresOptions {
  /** 数据目录的绝对路径；没有则新建并初始化 */
  dataDir: string
  /** 目录正由另一进程的数据库使用：`adopt` 连过去（命令、另起的 worker），`wait` 等它停下，限 30 秒（服务） */
  whenBusy: 'adopt' | 'wait'
  /** 覆盖缺省的数据库设置 */
  settings?: Readonly<Record<string, string>>
  /** 数据库自己停了（不是我们叫停的）；said 为它最后说的 */
  onUnexpectedExit?: (said: string) => void
  /** 覆盖判断出的起法，仅供测试 */
  mode?: LaunchMode
  /** 覆盖 PG_BIN */
  pgBin?: string
  /** 套接字放在这个现成的目录：意外停下后重起，连接串须与原来相同 */
  socketDir?: string
}

export interface RunningPostgres {
  /** 某个库的连接串；经 Unix 套接字，不听网络 */
  urlOf(database: string): string
  socketDir: string
  major: number
  /** 连到了别的进程起的数据库 */
  adopted: boolean
  /** 停下；`patient` 时先等别的连接办完，限 60 秒。连过来的不停别人的数据库。 */
  stop(options?: { patient: boolean }): Promise<void>
}

const SETTINGS = {
  listen_addresses: '',
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
}
const START_LIMIT_MS = 60_000
const BUSY_LIMIT_MS = 30_000

/** 起内嵌的 PostgreSQL，可连接后返回。 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const from = Date.now()
  for (;;) {
    try {
      return await startOnce(options)
    } catch (error) {
      // 看的时候没有锁，起的时候有了：上一个刚被 kill -9，它的数据库正起到一半就要停。再看一遍
      if (!(error instanceof Error && LOCKED.test(error.message)) || Date.now() - from > BUSY_LIMIT_MS) throw error
      await sleep(100)
    }
  }
}

// 数据目录的锁，或套接字的锁
const LOCKED = /lock file "[^"]*(?:postmaster\.pid|\.s\.PGSQL\.\d+\.lock)" already exists/

async function startOnce(options: PostgresOptions): Promise<RunningPostgres> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const owner = await settleOwner(options.dataDir, options.whenBusy)
  if (owner) return { urlOf: urlOf(owner), socketDir: owner.socketDir, major: majorIn(options.dataDir) ?? 0, adopted: true, stop: async () => {} }

  const mode = options.mode ?? launchMode()
  const { binaries, dataDir } = makeReachable(mode, findBinaries(options.pgBin), options.dataDir)
  const major = majorIn(dataDir)
  if (major === null) await initialise(mode, binaries, dataDir)
  else if (major !== binaries.major)
    throw new Error(`数据目录 ${dataDir} 属 PostgreSQL ${major}，现有程序为 ${binaries.major}：请先用原版本 backup，再 restore 到新目录`)

  const { socketDir, removeSocketDir } = options.socketDir ? { socketDir: options.socketDir, removeSocketDir: () => {} } : chooseSocketDir(dataDir, mode)
  const settings = { ...SETTINGS, ...options.settings, unix_socket_directories: socketDir }
  const args = ['-D', dataDir, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])]
  const child = launch(mode, binaries.postgres, args, { dieWithUs: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const tail = collectTail(child)
  await ready(child, dataDir, tail)
  writeFileSync(join(dataDir, OWNER_FILE), String(process.pid), { mode: 0o600 })
  let stopping = false
  child.once('exit', () => stopping || options.onUnexpectedExit?.(tail()))
  return {
    urlOf: urlOf({ socketDir, port: 5432 }),
    socketDir,
    major: binaries.major,
    adopted: false,
    stop: async ({ patient } = { patient: false }) => {
      stopping = true
      await stopServer(child, patient)
      removeSocketDir()
    },
  }
}

const urlOf =
  ({ socketDir, port }: { socketDir: string; port: number }) =>
  (database: string): string =>
    `postgres://postgres@/${encodeURIComponent(database)}?host=${encodeURIComponent(socketDir)}&port=${port}`

/** 活着的服务（连过去用），或 null（可以自己起）。 */
async function settleOwner(dataDir: string, whenBusy: 'adopt' | 'wait') {
  const from = Date.now()
  for (;;) {
    const owner = readPostmaster(dataDir)
    const state = owner ? ownerState(dataDir, owner.pid) : 'gone'
    // 只删死锁：号已属不相干的进程，数据库却会当它还活着
    if (state === 'reused') for (const lock of ['postmaster.pid', '.s.PGSQL.5432.lock']) rmSync(join(dataDir, lock), { force: true })
    if (!owner || state === 'gone' || state === 'reused') return null
    if (state === 'alive' && whenBusy === 'adopt' && owner.ready) return owner
    if (state === 'alive' && whenBusy === 'wait' && isOrphan(dataDir)) process.kill(owner.pid, 'SIGINT')
    if (Date.now() - from > BUSY_LIMIT_MS)
      throw new Error(`数据目录 ${dataDir} 正由另一个数据库进程（${owner.pid}）使用，请先停下它`)
    await sleep(20)
  }
}

// 起它的进程被 kill -9，而系统没有 pdeathsig（macOS）：数据库还在，却已无主，可以叫它停
const OWNER_FILE = 'mingchuang-owner'
function isOrphan(dataDir: string): boolean {
  const file = join(dataDir, OWNER_FILE)
  return existsSync(file) && !isRunning(Number(readFileSync(file, 'utf8')))
}

function majorIn(dataDir: string): number | null {
  const file = join(dataDir, 'PG_VERSION')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : null
}

// 内建的排序规则不随系统的 glibc 变化，索引便不会因换机器而坏；17 起才有
async function initialise(mode: LaunchMode, binaries: PostgresBinaries, dataDir: string): Promise<void> {
  // 初始化到一半被打断的残余：PG_VERSION 尚未写下，其中没有数据
  for (const entry of readdirSync(dataDir)) rmSync(join(dataDir, entry), { recursive: true, force: true })
  const locale = binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']
  const args = ['-D', dataDir, '-U', 'postgres', '--encoding=UTF8', ...locale, '--data-checksums', '--auth=trust', '--no-instructions']
  const child = launch(mode, binaries.initdb, args, { dieWithUs: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const tail = collectTail(child)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`数据库初始化未成功：${tail()}`)
}

// 套接字路径不得超过 107 字节：数据目录放得下就放那里，否则在临时目录里另建；都是 0700
function chooseSocketDir(dataDir: string, mode: LaunchMode) {
  if (Buffer.byteLength(dataDir) < 80) return { socketDir: dataDir, removeSocketDir: () => {} }
  const socketDir = mkdtempSync(join(tmpdir(), 'mcpg-'))
  if (mode === 'setuid') chownSync(socketDir, NOBODY, NOBODY)
  return { socketDir, removeSocketDir: () => rmSync(socketDir, { recursive: true, force: true }) }
}

function collectTail(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (chunk: string) => {
    text = (text + chunk).slice(-4000)
  })
  return () => text.trim()
}

async function ready(child: ChildProcess, dataDir: string, tail: () => string): Promise<void> {
  let failed: string | null = null
  child.once('error', (error) => (failed = error.message))
  child.once('exit', () => (failed ??= tail()))
  const from = Date.now()
  while (failed === null) {
    const server = readPostmaster(dataDir)
    if (server?.ready && server.pid === child.pid) return
    if (Date.now() - from > START_LIMIT_MS) {
      child.kill('SIGINT')
      failed = `${START_LIMIT_MS / 1000} 秒内未就绪：${tail()}`
    }
    await sleep(5)
  }
  throw new Error(`数据库没有起来：${failed}`)
}

async function stopServer(child: ChildProcess, patient: boolean): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  const stillRunning = Symbol('running')
  const within = async (ms: number) => {
    const cancel = new AbortController()
    const first = await Promise.race([exited, sleep(ms, stillRunning, { signal: cancel.signal, ref: false }).catch(() => stillRunning)])
    cancel.abort()
    return first !== stillRunning
  }
  if (patient) {
    child.kill('SIGTERM')
    if (await within(60_000)) return
  }
  child.kill('SIGINT')
  if (await within(20_000)) return
  child.kill('SIGQUIT')
  await exited
}
