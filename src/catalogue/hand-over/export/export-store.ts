import '../tables.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { SiteExportTable } from '../tables.ts'
import type { ExportCounts } from './export-site.ts'

export type ExportRunRow = Selectable<SiteExportTable>
export interface ExportRef {
  bodyId: string
  exportId: string
}

const update = (tx: Tx, { bodyId, exportId }: ExportRef) => tx.updateTable('site_export').where('body_id', '=', bodyId).where('export_id', '=', exportId).where('status', '=', 'running')

export async function insertExport(tx: Tx, { bodyId, exportId }: ExportRef, { full, by, at }: { full: boolean; by: string; at: Date }): Promise<void> {
  await tx
    .insertInto('site_export')
    .values({ body_id: bodyId, export_id: exportId, status: 'running', is_full: full, done: 0, total: null, counts: null, message: null, requested_by: by, created_at: at, updated_at: at, finished_at: null })
    .execute()
}

export const findExport = async (tx: Tx, { bodyId, exportId }: ExportRef): Promise<ExportRunRow | null> =>
  (await tx.selectFrom('site_export').selectAll().where('body_id', '=', bodyId).where('export_id', '=', exportId).executeTakeFirst()) ?? null

/** 最近的几次，全区的。 */
export const listExports = (tx: Tx, limit: number): Promise<ExportRunRow[]> => tx.selectFrom('site_export').selectAll().orderBy('created_at', 'desc').limit(limit).execute()

export async function saveExportProgress(tx: Tx, ref: ExportRef, { done, total, at }: { done: number; total: number; at: Date }): Promise<void> {
  await update(tx, ref).set({ done, total, updated_at: at }).execute()
}

export async function markExported(tx: Tx, ref: ExportRef, counts: ExportCounts, at: Date): Promise<void> {
  await update(tx, ref).set({ status: 'done', counts: JSON.stringify(counts), updated_at: at, finished_at: at }).execute()
}

export async function markExportFailed(tx: Tx, ref: ExportRef, message: string, at: Date): Promise<void> {
  await update(tx, ref).set({ status: 'failed', message, updated_at: at, finished_at: at }).execute()
}

/** 这一刻之后有没有撤回的：导出的目录里可能还有它。 */
export async function isWithdrawnSince(tx: Tx, at: Date): Promise<boolean> {
  const row = await tx.selectFrom('published_item').select('item_id').where('withdrawn_on', 'is not', null).where('changed_at', '>', at).limit(1).executeTakeFirst()
  return row !== undefined
}
