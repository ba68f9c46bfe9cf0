import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import process from 'node:process'
import { deserialize, serialize } from 'node:v8'
import type { ChildReply } from './child-side.ts'
import { FrameReader, toFrame } from './frames.ts'
import { childEntry } from './paths.ts'

export interface ChildLimits {
  /** 一件活的时限，毫秒 */
  wallMs: number
  /** 常驻内存上限，MiB；JS 堆另限为其三分之二 */
  memoryMb: number
  /** 一件活的结果上限，字节 */
  outputBytes: number
}

export interface ChildPoolOptions extends ChildLimits {
  /** 入口，见 childEntry；其中调用 child-side.ts 的 serveChild */
  entry: string
  /** 同时至多几个子进程 */
  size: number
  /** 一个子进程办满几件就换新的 */
  jobsPerChild: number
  /** 排队上限，满了立即以 `busy` 拒绝 */
  maxQueue: number
  /** 允许载入原生模块（Typst） */
  addons?: boolean
  /** 交给子进程的环境变量；缺省不带我们的任何一个 */
  env?: Readonly<Record<string, string>>
}

export type ChildFailure = 'time' | 'memory' | 'output' | 'crashed' | 'threw' | 'busy' | 'closed'

const SAID: Record<ChildFailure, string> = {
  time: '超过时限',
  memory: '超过内存上限',
  output: '结果过大',
  crashed: '子进程异常退出',
  threw: '子进程报错',
  busy: '排队已满',
  closed: '已停止',
}

/** 子进程没有办成。reason 说明为何；`threw` 的另有原错误的名称。 */
export class ChildError extends Error {
  override name = 'ChildError'
  readonly reason: ChildFailure
  readonly thrown: string | null
  constructor(reason: ChildFailure, detail = '', thrown: string | null = null) {
    super(detail ? `${SAID[reason]}：${detail}` : SAID[reason])
    this.reason = reason
    this.thrown = thrown
  }
}

export interface ChildPool<In, Out> {
  /** 办一件；不成则抛 ChildError。 */
  run(input: In): Promise<Out>
  /** 立即停下，未办完的以 `closed` 拒绝。 */
  close(): Promise<void>
}

/** 起一次、办一件、随即结束的子进程。 */
export async function runInChild<In, Out>(entry: string, input: In, limits: ChildLimits & { addons?: boolean }): Promise<Out> {
  const pool = childPool<In, Out>({ ...limits, entry, size: 1, jobsPerChild: 1, maxQueue: 1 })
  try {
    return await pool.run(input)
  } finally {
    await pool.close()
  }
}

interface Job<In, Out> {
  input: In
  resolve(value: Out): void
  reject(error: ChildError): void
}

/** 若干个轮换更新的子进程，随用随起，闲置一分钟即结束；不妨碍主进程退出。 */
export function childPool<In, Out>(options: ChildPoolOptions): ChildPool<In, Out> {
  const queue: Job<In, Out>[] = []
  const workers = new Set<Worker<In, Out>>()
  let closed = false

  const next = (): void => {
    if (queue.length === 0) return
    const idle = [...workers].find((worker) => worker.isIdle())
    if (!idle && workers.size >= options.size) return
    const job = queue.shift()
    if (!job) return
    const worker = idle ?? startWorker<In, Out>(options, (gone) => {
      workers.delete(gone)
      next()
    })
    workers.add(worker)
    worker.give(job, next)
  }

  return {
    run: (input) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new ChildError('closed'))
        if (queue.length >= options.maxQueue) return reject(new ChildError('busy'))
        queue.push({ input, resolve, reject })
        next()
      }),
    close: async () => {
      closed = true
      for (const job of queue.splice(0)) job.reject(new ChildError('closed'))
      await Promise.all([...workers].map((worker) => worker.end('closed')))
    },
  }
}

interface Worker<In, Out> {
  isIdle(): boolean
  give(job: Job<In, Out>, done: () => void): void
  end(reason: ChildFailure): Promise<void>
}

const IDLE_MS = 60_000
const WATCH_MS = 50

function startWorker<In, Out>(options: ChildPoolOptions, onGone: (worker: Worker<In, Out>) => void): Worker<In, Out> {
  const child = spawnChild(options)
  // 四个管道里第四个是双向的
  const pipe = child.stdio[3] as Duplex & { ref(): void; unref(): void }
  let frames = new FrameReader(options.outputBytes)
  let current: { job: Job<In, Out>; done: () => void } | null = null
  let jobs = 0
  let cause: ChildFailure = 'crashed'
  let complaint = ''
  const timers: { wall?: NodeJS.Timeout; watch?: NodeJS.Timeout; idle?: NodeJS.Timeout } = {}
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))

  const kill = (reason: ChildFailure): void => {
    cause = reason
    child.kill('SIGKILL')
  }
  const settle = (how: (job: Job<In, Out>) => void): void => {
    clearTimeout(timers.wall)
    clearInterval(timers.watch)
    const settled = current
    current = null
    if (settled) how(settled.job)
    settled?.done()
  }
  const worker: Worker<In, Out> = {
    isIdle: () => current === null && jobs < options.jobsPerChild && child.exitCode === null && !child.killed,
    give: (job, done) => {
      jobs += 1
      current = { job, done }
      clearTimeout(timers.idle)
      hold(child, pipe, true)
      frames = new FrameReader(options.outputBytes)
      timers.wall = setTimeout(() => kill('time'), options.wallMs)
      timers.watch = setInterval(() => {
        if (residentMb(child.pid) > options.memoryMb) kill('memory')
      }, WATCH_MS)
      pipe.write(toFrame(serialize(job.input)))
    },
    end: (reason) => {
      // 等它结束时须拖住主进程，否则此处的等待永不落定
      hold(child, pipe, true)
      kill(reason)
      return gone
    },
  }
  const receive = (chunk: Buffer): void => {
    for (const frame of frames.push(chunk)) {
      const reply = deserialize(frame) as ChildReply<Out>
      hold(child, pipe, false)
      // 前一件留下的内存未必收得回来，不能算到后一件头上
      const swollen = residentMb(child.pid) > options.memoryMb / 2
      if (jobs >= options.jobsPerChild || swollen) kill('closed')
      else timers.idle = setTimeout(() => kill('closed'), IDLE_MS).unref()
      settle((job) => (reply.ok ? job.resolve(reply.value) : job.reject(new ChildError('threw', reply.message, reply.name))))
    }
  }
  pipe.on('data', (chunk: Buffer) => {
    try {
      receive(chunk)
    } catch {
      kill('output')
    }
  })
  pipe.on('error', () => {})
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000)
  })
  void gone.then(() => {
    clearTimeout(timers.idle)
    // V8 的堆满了会自己退出，并在标准错误里这样说
    const reason = cause === 'crashed' && complaint.includes('heap out of memory') ? 'memory' : cause
    settle((job) => job.reject(new ChildError(reason, reason === 'crashed' ? lastLine(complaint) : '')))
    onGone(worker)
  })
  return worker
}

const lastLine = (text: string): string => text.trim().split('\n').findLast((line) => /Error/.test(line)) ?? ''

// 闲着的子进程不拖住主进程的退出
function hold(child: ChildProcess, pipe: { ref(): void; unref(): void }, busy: boolean): void {
  const streams = [child, pipe, child.stderr as unknown as { ref(): void; unref(): void } | null]
  for (const each of streams) if (busy) each?.ref()
  else each?.unref()
}

// 只许读文件，不许写、不许再起进程；我们被杀时它也被杀
function spawnChild({ entry, memoryMb, addons, env }: ChildPoolOptions): ChildProcess {
  const node = [
    process.execPath,
    `--max-old-space-size=${Math.floor((memoryMb * 2) / 3)}`,
    '--permission',
    '--allow-fs-read=*',
    ...(addons ? ['--allow-addons'] : []),
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    childEntry(entry),
  ]
  const [command = '', ...args] = canTie() ? ['setpriv', '--pdeathsig', 'KILL', '--', ...node] : node
  return spawn(command, args, {
    // 自成一组：终端里按 Ctrl-C 时由我们决定何时停它
    detached: true,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
}

let tie: boolean | undefined
const canTie = (): boolean =>
  (tie ??= process.platform === 'linux' && spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0)

function residentMb(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    return (pages * 4096) / 1024 / 1024
  } catch {
    return 0
  }
}
