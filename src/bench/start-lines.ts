import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../platform/paths.ts'
import type { Line, Section } from './line.ts'
import { median } from './measure.ts'
import { YEAR, type World } from './world.ts'

const LIMIT_READY_MS = 3000
const LIMIT_RESIDENT_MIB = 300
const STARTS = 3
const GIVE_UP_MS = 60_000
/** 起好之后先走一遍各页，再看内存：刚起来的不算数 */
const VISITS = ['/', '/check', '/annual-reports', `/bodies/csyxglzx/annual-reports/${YEAR}`, '/sign-in']
const ROUNDS = 200

/** 打好的服务进程在已有的数据目录上起来：多久可用，占多少内存。world 须先关上，让出数据目录。 */
export async function startLines({ dataDir }: Pick<World, 'dataDir'>): Promise<Section> {
  const ready: number[] = []
  const resident: number[] = []
  for (let i = 0; i < STARTS; i++) {
    const started = await startOnce(dataDir)
    ready.push(started.readyMs)
    if (i === STARTS - 1) resident.push(await residentAfterVisits(started))
    started.child.kill('SIGTERM')
    await started.exited
  }
  const lines: Line[] = [
    { what: '起到可用（/readyz 答 200）', measured: median(ready), unit: 'ms', limit: LIMIT_READY_MS, note: `钟表时间，${STARTS} 次的中位` },
  ]
  const [mib] = resident
  if (mib !== undefined && mib > 0)
    lines.push({ what: '常驻内存', measured: mib, unit: 'MiB', limit: LIMIT_RESIDENT_MIB, note: `服务进程，走过 ${VISITS.length * ROUNDS} 页之后；内嵌数据库另计` })
  return { title: '起服务', lines }
}

interface Started {
  child: ReturnType<typeof spawn>
  base: string
  readyMs: number
  exited: Promise<unknown>
}

async function startOnce(dataDir: string): Promise<Started> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const base = `http://127.0.0.1:${port}`
  const from = performance.now()
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: 'ignore',
  })
  const exited = once(child, 'exit')
  while (!(await isReady(base))) {
    if (child.exitCode !== null) throw new Error(`服务没有起来，退出码 ${child.exitCode}`)
    if (performance.now() - from > GIVE_UP_MS) {
      child.kill('SIGKILL')
      throw new Error(`服务 ${GIVE_UP_MS / 1000} 秒没有起来`)
    }
    await sleep(10)
  }
  return { child, base, readyMs: performance.now() - from, exited }
}

const isReady = (base: string): Promise<boolean> =>
  fetch(`${base}/readyz`).then(
    (response) => response.ok,
    () => false,
  )

async function residentAfterVisits({ child, base }: Started): Promise<number> {
  for (let round = 0; round < ROUNDS; round++) for (const path of VISITS) await (await fetch(base + path)).arrayBuffer()
  return process.platform === 'linux' ? residentMib(child.pid ?? 0) : 0
}

const residentMib = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
