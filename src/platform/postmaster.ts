import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

export interface Postmaster {
  pid: number
  port: number
  socketDir: string
  ready: boolean
}

/** 数据目录里 postmaster.pid 所说的服务；没有则为 null。不问它是否还活着。 */
export function readPostmaster(dataDir: string): Postmaster | null {
  const lines = readLines(join(dataDir, 'postmaster.pid'))
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port, socketDir: lines[4] ?? '', ready: (lines[7] ?? '').trim() === 'ready' }
}

/**
 * postmaster.pid 所说的进程如今怎样：
 * alive 正在服务这个目录；zombie 被 kill -9 后尚未消失，其号仍占着锁，须等；
 * gone 没有这个进程，数据库自己会接管；reused 号已属不相干的进程（容器重启后常见），锁是死的。
 */
export function ownerState(dataDir: string, pid: number): 'alive' | 'zombie' | 'gone' | 'reused' {
  if (process.platform !== 'linux') return isRunning(pid) ? 'alive' : 'gone'
  const stat = readLines(`/proc/${pid}/stat`)[0]
  if (!stat) return 'gone'
  const state = /^\d+ \(.*\) (\S)/.exec(stat)?.[1]
  if (state === 'Z' || state === 'X') return 'zombie'
  return worksIn(pid) === realpathSync(dataDir) ? 'alive' : 'reused'
}

// 数据库进程以数据目录为工作目录；看不了的是别的用户的进程，不会用我们 0700 的目录
function worksIn(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

/** 有没有这个进程。 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
