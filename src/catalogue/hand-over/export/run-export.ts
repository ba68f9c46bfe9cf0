import { join } from 'node:path'
import { record } from '../../../audit/index.ts'
import { actorKey, requirePermission } from '../../../identity/index.ts'
import type { Actor } from '../../../identity/index.ts'
import type { Config } from '../../../platform/config.ts'
import { transaction } from '../../../platform/connect.ts'
import type { Deps } from '../../../platform/deps.ts'
import { newId } from '../../../platform/id.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { exportSite } from './export-site.ts'
import type { ExportInput } from './export-site.ts'
import { findExport, insertExport, isWithdrawnSince, listExports, markExported, markExportFailed, saveExportProgress } from './export-store.ts'
import type { ExportRef, ExportRunRow } from './export-store.ts'
import { ExportRefused } from './site-dir.ts'

export const EXPORT_JOB = 'hand-over.export'
/** 导出途中断过的，这么久没有动静即可再来 */
const STALE_MS = 10 * 60_000
const PROGRESS_EVERY_MS = 500

/** 后台任务导出到的目录，在数据目录之下。 */
export const exportDir = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'site-export')

/** 还在办的；断了很久的不算。 */
export const isRunning = (row: ExportRunRow | undefined, now: Date): boolean => row?.status === 'running' && now.getTime() - row.updated_at.getTime() < STALE_MS

/** 交办一次导出；正在导出的不再来一次。 */
export async function startExport(deps: Deps, actor: Actor, { bodyId, full }: { bodyId: string; full: boolean }): Promise<{ ok: true } | { ok: false }> {
  requirePermission(actor, 'export.data', bodyId)
  return transaction(deps.db, async (tx) => {
    const [last] = await listExports(tx, 1)
    const at = deps.clock.now()
    if (isRunning(last, at)) return { ok: false }
    const ref = { bodyId, exportId: newId() }
    await insertExport(tx, ref, { full, by: actorKey(actor), at })
    await enqueue(tx, EXPORT_JOB, { ...ref }, { key: EXPORT_JOB, maxAttempts: 3 })
    await record(tx, actor, 'site.export-asked', { bodyId, target: ref.exportId }, { full })
    return { ok: true }
  })
}

const SYSTEM = { kind: 'system', name: 'hand-over' } as const
const RETRY_MS = 3_600_000

/** 后台任务：导出过的目录里有其后撤回了的，自己再导出一次，不等人想起；没有导出过的不办，刚失败的隔一小时。 */
export async function recallFromExport(deps: Deps): Promise<void> {
  const runs = await listExports(deps.db, 20)
  const [last] = runs
  const done = runs.find(({ status }) => status === 'done')
  const now = deps.clock.now()
  if (last === undefined || done === undefined || isRunning(last, now)) return
  if (last.status === 'failed' && now.getTime() - last.created_at.getTime() < RETRY_MS) return
  if (await isWithdrawnSince(deps.db, done.created_at)) await startExport(deps, SYSTEM, { bodyId: done.body_id, full: false })
}

/** 后台任务：导出，记下进度与结果。可以重办：中途断掉的接着办，有结果的不再办。 */
export async function runExport(deps: Deps, ref: ExportRef, fetchPage: ExportInput['fetchPage']): Promise<void> {
  const row = await findExport(deps.db, ref)
  if (row === null || row.status !== 'running') return
  let last = 0
  const onProgress = async (done: number, total: number): Promise<void> => {
    if (performance.now() - last < PROGRESS_EVERY_MS) return
    last = performance.now()
    await saveExportProgress(deps.db, ref, { done, total, at: deps.clock.now() })
  }
  try {
    const counts = await exportSite(deps, { dir: exportDir(deps.config), full: row.is_full, fetchPage, onProgress })
    await transaction(deps.db, async (tx) => {
      await markExported(tx, ref, counts, deps.clock.now())
      await record(tx, SYSTEM, 'site.exported', { bodyId: ref.bodyId, target: ref.exportId }, { items: counts.items, withdrawn: counts.withdrawn, files: counts.files })
    })
  } catch (error) {
    if (!(error instanceof ExportRefused)) deps.log.error({ err: error, exportId: ref.exportId }, '静态网站没有导出')
    await markExportFailed(deps.db, ref, error instanceof ExportRefused ? error.message : '系统出错，没有导出完；再导出一次，接着办', deps.clock.now())
  }
}
