import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSeeds } from '../../seeds/index.ts'
import { getPublished, type ReportModel } from '../annual-report/testing.ts'
import { getBodyByCode } from '../bodies/index.ts'
import { aBody } from '../bodies/testing.ts'
import { readConfig } from '../platform/config.ts'
import { createLog } from '../platform/log.ts'
import { openRuntime, type Runtime } from '../platform/runtime.ts'
import { loadCases } from './bulk-cases.ts'

/** 报告年度。 */
export const YEAR = 2024

export interface World extends Runtime {
  dataDir: string
  /** 停下数据库，数据目录留着 */
  stop: () => Promise<void>
  /** 案子不同的几个机构 */
  bodies: { small: BigBody; big: BigBody }
}

export interface BigBody {
  bodyId: string
  code: string
  cases: number
}

/** 起一个自己的内嵌数据库：演示的区，再加两个案子极多的机构。 */
export async function openWorld(say: (line: string) => void): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mc-bench-'))
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0' })
  const runtime = await openRuntime(config, createLog('info', { write: () => {} }), 'server')
  let stopped: Promise<void> | null = null
  const stop = () => (stopped ??= runtime.close())
  const close = async () => {
    await stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    say('迁移，载入演示的区……')
    await runtime.migrate()
    await loadSeeds(runtime.deps)
    const bodies = { small: await bigBody(runtime, 10_000, say), big: await bigBody(runtime, 1_000_000, say) }
    return { ...runtime, dataDir, bodies, stop, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** 演示的区里公布了的真实报告。 */
export async function publishedModel({ deps: { db } }: World): Promise<ReportModel> {
  const { bodyId } = await getBodyByCode(db, 'csyxglzx')
  return (await getPublished(db, bodyId, YEAR)).model
}

async function bigBody({ deps }: Runtime, cases: number, say: (line: string) => void): Promise<BigBody> {
  say(`灌入 ${cases} 件……`)
  const { bodyId, code } = await aBody(deps, { code: `bench-${cases}`, name: `量测用机关（${cases}件）` })
  await loadCases(deps.db, bodyId, YEAR, cases)
  return { bodyId, code, cases }
}
