import process from 'node:process'
import { isUnseeded, loadSeeds } from '../../seeds/index.ts'
import { readConfig } from '../platform/config.ts'
import { createLog } from '../platform/log.ts'
import { pendingMigrations } from '../platform/migrate.ts'
import { openRuntime } from '../platform/runtime.ts'
import type { Runtime } from '../platform/runtime.ts'

/** 为一个命令接好数据库与文件库，用完收好。日志缺省只记警告以上，仍写标准错误。 */
export async function withRuntime<T>(use: (runtime: Runtime) => Promise<T>): Promise<T> {
  const config = readConfig({ LOG_LEVEL: 'warn', ...process.env })
  const runtime = await openRuntime(config, createLog(config.logLevel), 'command')
  try {
    return await use(runtime)
  } finally {
    await runtime.close()
  }
}

/** 同上，并保证库已迁移：演示模式自行迁移；正式模式须先 migrate。 */
export const withDatabase = <T>(use: (runtime: Runtime) => Promise<T>): Promise<T> =>
  withRuntime(async (runtime) => {
    if (runtime.deps.config.mode === 'demo') await runtime.migrate()
    else if (await hasPending(runtime)) throw new Error('数据库尚未迁移到最新，请先运行 migrate')
    return use(runtime)
  })

/** 同上，演示模式的空库先载入演示数据：没有启动过服务，也能看报告、试导入。 */
export const withDistrict = <T>(use: (runtime: Runtime) => Promise<T>): Promise<T> =>
  withDatabase(async (runtime) => {
    if (runtime.deps.config.mode === 'demo' && (await isUnseeded(runtime.deps))) await loadSeeds(runtime.deps)
    return use(runtime)
  })

// 连迁移的表都没有，也是未迁移
const hasPending = async ({ deps }: Runtime): Promise<boolean> => {
  try {
    return (await pendingMigrations(deps.db)).length > 0
  } catch {
    return true
  }
}
