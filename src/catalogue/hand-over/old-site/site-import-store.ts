import '../tables.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { NotFound } from '../../../platform/errors.ts'
import { upsertRows } from '../../../platform/upsert-rows.ts'
import type { PageResult, SiteImportPageTable, SiteImportTable } from '../tables.ts'
import { maskPersonalNumbers } from '../../../statute/personal-numbers.ts'
import type { FoundPage } from './found-page.ts'
import type { SiteProfile } from './site-profile.ts'

export type SiteImportRow = Selectable<SiteImportTable>
export type SiteImportPageRow = Selectable<SiteImportPageTable>
export interface SiteImportRef {
  bodyId: string
  importId: string
}

const ofImport = (tx: Tx, { bodyId, importId }: SiteImportRef) => tx.updateTable('site_import').where('body_id', '=', bodyId).where('import_id', '=', importId)

export async function insertSiteImport(tx: Tx, ref: SiteImportRef, given: { fileKey: string | null; name: string; size: number; profile: SiteProfile; by: string; at: Date }): Promise<void> {
  await tx
    .insertInto('site_import')
    .values({
      body_id: ref.bodyId, import_id: ref.importId, status: 'reading', file_key: given.fileKey, file_name: given.name, file_size: given.size, profile: JSON.stringify(given.profile),
      done: 0, total: null, counts: '{}', with_doubt: false, created: 0, changed: 0, unchanged: 0, message: null, requested_by: given.by, created_at: given.at, updated_at: given.at, finished_at: null,
    })
    .execute()
}

export async function getSiteImport(tx: Tx, { bodyId, importId }: SiteImportRef): Promise<SiteImportRow> {
  const row = await tx.selectFrom('site_import').selectAll().where('body_id', '=', bodyId).where('import_id', '=', importId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这次导入')
  return row
}

export async function listSiteImports(tx: Tx, bodyId: string, { limit, offset }: { limit: number; offset: number }): Promise<{ rows: SiteImportRow[]; total: number }> {
  const { total } = await tx.selectFrom('site_import').select((eb) => eb.fn.countAll<number>().as('total')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
  const rows = await tx.selectFrom('site_import').selectAll().where('body_id', '=', bodyId).orderBy('created_at', 'desc').limit(limit).offset(offset).execute()
  return { rows, total }
}

export async function saveSiteProgress(tx: Tx, ref: SiteImportRef, { done, total, at }: { done: number; total: number; at: Date }): Promise<void> {
  await ofImport(tx, ref).set({ done, total, updated_at: at }).execute()
}

/** 重新读之前，清去上次读到一半的账。 */
export async function clearPages(tx: Tx, { bodyId, importId }: SiteImportRef): Promise<void> {
  await tx.deleteFrom('site_import_page').where('body_id', '=', bodyId).where('import_id', '=', importId).execute()
}

export interface PageAccount {
  path: string
  url: string
  result: PageResult
  title: string
  onDay: string | null
  notes: readonly string[]
  found: FoundPage | null
}

export const savePages = (tx: Tx, { bodyId, importId }: SiteImportRef, from: number, pages: readonly PageAccount[]): Promise<void> =>
  upsertRows(
    tx,
    'site_import_page',
    ['body_id', 'import_id', 'page'],
    pages.map((page, at) => ({ body_id: bodyId, import_id: importId, page: from + at, path: page.path.slice(0, 1000), url: page.url.slice(0, 1000), result: page.result, title: maskPersonalNumbers(page.title).slice(0, 500), on_day: page.onDay, notes: page.notes.slice(0, 20), found: page.found })),
  )

/** 读完：记下各种结果的页数，待人确认。返回是否由此次记下。 */
export async function markRead(tx: Tx, ref: SiteImportRef, counts: Partial<Record<PageResult, number>>, at: Date): Promise<void> {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  await ofImport(tx, ref).where('status', '=', 'reading').set({ status: 'read', counts: JSON.stringify(counts), done: total, total, updated_at: at }).execute()
}

/** 确认：只有读完待确认的。返回是否由此次确认。 */
export async function markSiteRunning(tx: Tx, ref: SiteImportRef, { withDoubt, at }: { withDoubt: boolean; at: Date }): Promise<boolean> {
  const { numUpdatedRows } = await ofImport(tx, ref).where('status', '=', 'read').set({ status: 'running', with_doubt: withDoubt, done: 0, updated_at: at }).executeTakeFirst()
  return numUpdatedRows === 1n
}

/** 写完记下结果；已有结果的不再写，返回是否由此次写下。 */
export async function markSiteDone(tx: Tx, ref: SiteImportRef, counts: { created: number; changed: number; unchanged: number }, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await ofImport(tx, ref).where('status', '=', 'running').set({ status: 'done', ...counts, updated_at: at, finished_at: at }).executeTakeFirst()
  // 内容已在条目里，账上不必再留一份
  await tx.updateTable('site_import_page').set({ found: null }).where('body_id', '=', ref.bodyId).where('import_id', '=', ref.importId).execute()
  return numUpdatedRows === 1n
}

export async function markSiteFailed(tx: Tx, ref: SiteImportRef, message: string, at: Date): Promise<void> {
  await ofImport(tx, ref).where('status', 'in', ['reading', 'running']).set({ status: 'failed', message: message.slice(0, 500), updated_at: at, finished_at: at }).execute()
}

export interface PageFilter {
  result?: PageResult
  after?: number
  limit: number
  offset?: number
}

export async function listPages(tx: Tx, { bodyId, importId }: SiteImportRef, { result, after, limit, offset = 0 }: PageFilter): Promise<SiteImportPageRow[]> {
  let query = tx.selectFrom('site_import_page').selectAll().where('body_id', '=', bodyId).where('import_id', '=', importId)
  if (result !== undefined) query = query.where('result', '=', result)
  if (after !== undefined) query = query.where('page', '>', after)
  return query.orderBy('page').limit(limit).offset(offset).execute()
}
