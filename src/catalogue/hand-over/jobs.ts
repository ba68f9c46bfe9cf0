import { z } from 'zod'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import type { ExportInput } from './export/export-site.ts'
import { hasDueTargets, refreshTargets } from './export/export-targets.ts'
import { EXPORT_JOB, recallFromExport, runExport } from './export/run-export.ts'
import { IMPORT_JOB, READ_JOB, runReading, runSiteImport } from './old-site/run-site-import.ts'

const RECALL = 'hand-over.recall'
const REFRESH = 'hand-over.refresh-targets'
const NIGHTLY = 'hand-over.refresh-all-targets'
const IMPORT = z.object({ bodyId: z.uuid(), importId: z.uuid() })

/** 导出静态网站、读与导入旧网站；页面由应用自己的路由渲染，应用在各模块之上，由 wiring.ts 交进来。 */
export const handOverJobs = (visitorOf: (deps: Deps) => ExportInput['fetchPage']): JobHandlers => ({
  [EXPORT_JOB]: job(z.object({ bodyId: z.uuid(), exportId: z.uuid() }), (deps, ref) => runExport(deps, ref, visitorOf(deps))),
  [RECALL]: async (deps) => {
    await recallFromExport(deps)
    if (await hasDueTargets(deps)) await transaction(deps.db, (tx) => enqueue(tx, REFRESH, {}, { key: REFRESH, maxAttempts: 1 }))
  },
  [REFRESH]: (deps) => refreshTargets(deps, visitorOf(deps), 'due'),
  [NIGHTLY]: (deps) => refreshTargets(deps, visitorOf(deps), 'all'),
  [READ_JOB]: job(IMPORT, runReading),
  [IMPORT_JOB]: job(IMPORT, runSiteImport),
})

export const handOverCrons: readonly CronEntry[] = [{ task: RECALL, at: 'every-minute' }, { task: NIGHTLY, at: '2:40' }]
