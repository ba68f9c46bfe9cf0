import { readFileSync } from 'node:fs'
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
 * 进程是死是活。被 kill -9 的服务会短暂成为僵尸，其号仍占着锁：须等它消失，绝不去删锁。
 * 号被别的程序重用的也算 dead：PostgreSQL 自己会识别并接管。
 */
export function processState(pid: number): 'alive' | 'zombie' | 'dead' {
  if (process.platform !== 'linux') return signalReaches(pid) ? 'alive' : 'dead'
  const stat = readLines(`/proc/${pid}/stat`)[0]
  if (!stat) return 'dead'
  const [, name = '', state = ''] = /^\d+ \((.*)\) (\S)/.exec(stat) ?? []
  if (state === 'Z' || state === 'X') return 'zombie'
  return /^postgres|^postmaster/.test(name) ? 'alive' : 'dead'
}

function signalReaches(pid: number): boolean {
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
