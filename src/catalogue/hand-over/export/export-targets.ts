import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Config } from '../../../platform/config.ts'
import type { Deps } from '../../../platform/deps.ts'
import type { Problem } from '../../../platform/verify.ts'
import { exportSite } from './export-site.ts'
import type { ExportCounts, ExportInput } from './export-site.ts'
import { isWithdrawnSince } from './export-store.ts'
import { ExportRefused, MARK } from './site-dir.ts'

/**
 * 导出过的别的目录：撤回了信息，它们里面还有，故一个一个记下，缺了不行。
 * 记在数据目录下，一个目录一个文件（命令与服务同时记也不互相盖掉）；不随备份走：换了机器，路径就不是那个了。
 */
const TARGET = z.object({
  dir: z.string(),
  /** 最近一次办完的导出的开始；没有办完过的为 null */
  exportedAt: z.iso.datetime().nullable(),
  failedAt: z.iso.datetime().nullable(),
})
type Target = z.infer<typeof TARGET>

type Placed = Pick<Config, 'dataDir'>
const MOST = 100
const folderOf = ({ dataDir }: Placed): string => join(dataDir, 'site-export-targets')
const fileOf = (config: Placed, dir: string): string => join(folderOf(config), `${createHash('sha256').update(dir).digest('hex')}.json`)

async function readTarget(path: string): Promise<Target | null> {
  try {
    return TARGET.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

async function saveTarget(config: Placed, target: Target): Promise<void> {
  await mkdir(folderOf(config), { recursive: true, mode: 0o700 })
  const temporary = join(folderOf(config), `.${randomUUID()}`)
  await writeFile(temporary, JSON.stringify(target), { mode: 0o600 })
  await rename(temporary, fileOf(config, target.dir))
}

async function listTargets(config: Placed): Promise<Target[]> {
  const names = await readdir(folderOf(config)).catch(() => [])
  const targets = await Promise.all(names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).slice(0, MOST).map((name) => readTarget(join(folderOf(config), name))))
  return targets.filter((target) => target !== null).toSorted((a, b) => (a.dir < b.dir ? -1 : 1))
}

/** 不再管这个目录；返回原来有没有记着。 */
export async function forgetTarget(config: Placed, dir: string): Promise<boolean> {
  const path = fileOf(config, resolve(dir))
  const known = (await readTarget(path)) !== null
  await rm(path, { force: true })
  return known
}

/** 导出到任一目录并记下它。@throws ExportRefused 目录不能用（不记） */
export async function exportToTarget(deps: Deps, input: Omit<ExportInput, 'onOpened'>): Promise<ExportCounts> {
  const dir = resolve(input.dir)
  const [before, startedAt] = [await readTarget(fileOf(deps.config, dir)), deps.clock.now().toISOString()]
  const target: Target = { dir, exportedAt: before?.exportedAt ?? null, failedAt: null }
  try {
    // 写第一个文件之前先记下：中途断电的也知道
    const counts = await exportSite(deps, { ...input, dir, onOpened: () => saveTarget(deps.config, target) })
    await saveTarget(deps.config, { ...target, exportedAt: startedAt })
    return counts
  } catch (error) {
    if (!(error instanceof ExportRefused)) await saveTarget(deps.config, { ...target, failedAt: deps.clock.now().toISOString() })
    throw error
  }
}

export const TARGET_STATES = {
  fresh: '没有撤回了的',
  stale: '里面还有撤回了的信息，须再导出一次',
  unfinished: '上次没有导出完，须再导出一次',
  gone: '目录不在了，或者不是导出的；不再用的请不再管它',
} as const
export interface TargetState {
  dir: string
  exportedAt: Date | null
  failedAt: Date | null
  state: keyof typeof TARGET_STATES
}

/** 记着的各个目录现在怎样。 */
export async function listTargetStates({ db, config }: Pick<Deps, 'db' | 'config'>): Promise<TargetState[]> {
  return Promise.all((await listTargets(config)).map(async ({ dir, exportedAt, failedAt }) => {
    const at = exportedAt === null ? null : new Date(exportedAt)
    const exists = await access(join(dir, MARK)).then(() => true, () => false)
    const state = !exists ? 'gone' : at === null ? 'unfinished' : (await isWithdrawnSince(db, at)) ? 'stale' : 'fresh'
    return { dir, exportedAt: at, failedAt: failedAt === null ? null : new Date(failedAt), state } as const
  }))
}

/** 不新的各处。 */
export async function* verifyTargets(deps: Deps): AsyncIterable<Problem> {
  for (const { dir, state } of await listTargetStates(deps)) if (state !== 'fresh') yield { where: `导出的静态网站 ${dir}`, message: TARGET_STATES[state] }
}

const RETRY_MS = 3_600_000

/** 再导出一次记着的各个目录：`all` 每夜全部，`due` 只有撤回了的、没有办完的（刚失败的隔一小时）。目录不在了的不去建。 */
export async function refreshTargets(deps: Deps, fetchPage: ExportInput['fetchPage'], which: 'all' | 'due'): Promise<void> {
  for (const { dir, state, failedAt } of await listTargetStates(deps)) {
    const waits = failedAt !== null && deps.clock.now().getTime() - failedAt.getTime() < RETRY_MS
    if (state === 'gone' || (which === 'due' && (state === 'fresh' || waits))) continue
    try {
      await exportToTarget(deps, { dir, full: false, fetchPage })
    } catch (error) {
      // 正在导出的由那一次办；别的一处不成，不碍另一处
      if (!(error instanceof ExportRefused)) deps.log.error({ err: error }, '静态网站没有导出到别的目录')
    }
  }
}

/** 有没有该再导出一次的，每分钟问。 */
export async function hasDueTargets(deps: Deps): Promise<boolean> {
  const now = deps.clock.now().getTime()
  return (await listTargetStates(deps)).some(({ state, failedAt }) => (state === 'stale' || state === 'unfinished') && (failedAt === null || now - failedAt.getTime() >= RETRY_MS))
}
