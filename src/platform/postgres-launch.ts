import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  symlinkSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import process from 'node:process'
import type { PostgresBinaries } from './postgres-binaries.ts'

/**
 * PostgreSQL 不许以 root 运行，故有三法：
 * direct 不是 root，直接起；userns 是 root，在映射为 nobody 的用户命名空间里起，文件仍归 root；
 * setuid 命名空间被禁（锁紧的容器），改以 nobody 的 uid 起。
 */
export type LaunchMode = 'direct' | 'userns' | 'setuid'

export const NOBODY = 65534
const asNobody = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']

export function launchMode(): LaunchMode {
  if (process.getuid?.() !== 0) return 'direct'
  const [command = '', ...args] = asNobody
  return spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0 ? 'userns' : 'setuid'
}

/** 起一个程序；`dieWithUs` 时我们被 kill -9 它也随之退出。 */
export function launch(
  mode: LaunchMode,
  program: string,
  args: readonly string[],
  { dieWithUs, stdio }: { dieWithUs: boolean; stdio: StdioOptions },
): ChildProcess {
  const identity = mode === 'setuid' ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []
  const signal = dieWithUs && hasSetpriv() ? ['--pdeathsig', 'INT'] : []
  const wrapped = [
    ...(identity.length || signal.length ? ['setpriv', ...signal, ...identity, '--'] : []),
    ...(mode === 'userns' ? asNobody : []),
    program,
    ...args,
  ]
  const [command = program, ...rest] = wrapped
  // 自成一组：终端里按 Ctrl-C 只停我们，由我们办完手上的再停它。也不把我们的环境（密钥、代理）带给数据库
  return spawn(command, rest, { stdio, detached: true, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } })
}

const hasSetpriv = (): boolean =>
  process.platform === 'linux' && spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0

/**
 * setuid 之法须让 nobody 走得到程序与数据：走不到的，程序复制到临时目录，数据移到 /var/lib/mingchuang 并在原处留下链接。
 * 返回实际所用的程序与数据目录；其余两法原样返回。
 */
export function makeReachable(mode: LaunchMode, binaries: PostgresBinaries, given: string): { binaries: PostgresBinaries; dataDir: string } {
  if (mode !== 'setuid') return { binaries, dataDir: given }
  if (!canReach(join(given, '..'))) relocate(given)
  const dataDir = realpathSync(given)
  giveToNobody(dataDir)
  return { binaries: canReach(binaries.postgres) ? binaries : copied(binaries), dataDir }
}

function copied(binaries: PostgresBinaries): PostgresBinaries {
  const home = join(tmpdir(), `mingchuang-postgres-${digest(binaries.home).slice(0, 12)}`)
  if (!existsSync(home)) {
    const half = `${home}.${process.pid}`
    cpSync(binaries.home, half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, home)
  }
  return { ...binaries, home, postgres: join(home, 'bin', 'postgres'), initdb: join(home, 'bin', 'initdb') }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

const canReach = (path: string): boolean =>
  spawnSync('setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--', 'test', '-x', path]).status === 0

function relocate(dataDir: string): void {
  if (lstatSync(dataDir).isSymbolicLink()) return
  const place = join('/var/lib/mingchuang', digest(dataDir).slice(0, 16))
  mkdirSync(dirname(place), { recursive: true, mode: 0o755 })
  cpSync(dataDir, place, { recursive: true, preserveTimestamps: true })
  renameSync(dataDir, `${dataDir}.moved`)
  symlinkSync(place, dataDir)
  if (readdirSync(`${dataDir}.moved`).length === 0) rmdirSync(`${dataDir}.moved`)
}

function giveToNobody(path: string): void {
  chownSync(path, NOBODY, NOBODY)
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) giveToNobody(join(path, entry.name))
    else if (!entry.isSymbolicLink()) chownSync(join(path, entry.name), NOBODY, NOBODY)
}
