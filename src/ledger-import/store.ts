import './tables.ts'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import type { LedgerPreview } from '../platform/ledger/index.ts'
import type { LedgerImportTable } from './tables.ts'

export type ImportRow = Selectable<LedgerImportTable>

export interface ImportRef {
  bodyId: string
  importId: string
}

export async function getImport(tx: Tx, { bodyId, importId }: ImportRef): Promise<ImportRow> {
  const row = await rowOf(tx, { bodyId, importId }).executeTakeFirst()
  if (!row) throw new NotFound('这次导入')
  return row
}

const rowOf = (tx: Tx, { bodyId, importId }: ImportRef) =>
  tx.selectFrom('ledger_import').selectAll().where('body_id', '=', bodyId).where('import_id', '=', importId)

const update = (tx: Tx, { bodyId, importId }: ImportRef) =>
  tx.updateTable('ledger_import').where('body_id', '=', bodyId).where('import_id', '=', importId)

export async function insertImport(
  tx: Tx,
  row: Pick<ImportRow, 'body_id' | 'import_id' | 'kind' | 'file_key' | 'file_name' | 'file_size' | 'requested_by' | 'created_at'> & {
    preview: LedgerPreview
  },
): Promise<void> {
  await tx
    .insertInto('ledger_import')
    .values({
      ...row,
      status: 'previewed',
      sheet: row.preview.sheet.name,
      chosen: '{}',
      preview: JSON.stringify(row.preview),
      total_rows: row.preview.rows,
      done_rows: 0,
      created: 0,
      changed: 0,
      unchanged: 0,
      message: null,
      attempt: 0,
      confirmed_at: null,
      finished_at: null,
    })
    .execute()
}

/** 重新对列之后的预览；已经确认的不改。返回是否改了。 */
export async function savePreview(
  tx: Tx,
  ref: ImportRef,
  { preview, chosen, sheet }: { preview: LedgerPreview; chosen: Readonly<Record<number, string>>; sheet: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await update(tx, ref)
    .where('status', '=', 'previewed')
    .set({ preview: JSON.stringify(preview), chosen: JSON.stringify(chosen), sheet, total_rows: preview.rows })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** 待确认 → 正在导入；已确认过的不再来一次。返回是否由此次确认。 */
export async function markRunning(tx: Tx, ref: ImportRef, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await update(tx, ref)
    .where('status', '=', 'previewed')
    .set({ status: 'running', confirmed_at: at })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** 任务来办：次数加一，返回行；已有结果的为 null。此后只有这一次能写下结果。 */
export async function claimImport(tx: Tx, ref: ImportRef): Promise<ImportRow | null> {
  const row = await update(tx, ref)
    .where('status', '=', 'running')
    .set((eb) => ({ attempt: eb('attempt', '+', 1), done_rows: 0 }))
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** 已有后一次任务接手，或者已经办完。 */
export async function isSuperseded(tx: Tx, ref: ImportRef, attempt: number): Promise<boolean> {
  const row = await getImport(tx, ref)
  return row.attempt !== attempt || row.status !== 'running'
}

export async function saveProgress(tx: Tx, ref: ImportRef, attempt: number, done: number): Promise<void> {
  await update(tx, ref).where('attempt', '=', attempt).where('status', '=', 'running').set({ done_rows: done }).execute()
}

/** 写下结果；已被后一次任务取代的写不下，返回 false，其事务须退回。 */
export async function markDone(
  tx: Tx,
  ref: ImportRef,
  attempt: number,
  counts: { rows: number; created: number; changed: number; unchanged: number; at: Date },
): Promise<boolean> {
  const { rows, at, ...rest } = counts
  const { numUpdatedRows } = await update(tx, ref)
    .where('attempt', '=', attempt)
    .where('status', '=', 'running')
    .set({ ...rest, status: 'done', total_rows: rows, done_rows: rows, finished_at: at })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function markFailed(
  tx: Tx,
  ref: ImportRef,
  attempt: number,
  { message, preview, at }: { message: string; preview?: LedgerPreview; at: Date },
): Promise<void> {
  await update(tx, ref)
    .where('attempt', '=', attempt)
    .where('status', '=', 'running')
    .set({
      status: 'failed',
      message: message.slice(0, 500),
      finished_at: at,
      ...(preview ? { preview: JSON.stringify(preview), total_rows: preview.rows } : {}),
    })
    .execute()
}

export type ImportSummary = Pick<
  ImportRow,
  'import_id' | 'kind' | 'status' | 'file_name' | 'total_rows' | 'done_rows' | 'created' | 'changed' | 'unchanged' | 'requested_by' | 'created_at'
> & {
  /** 还有几处问题，缺列的算一处 */
  faults: number
}

/** 一个机构的历次导入，新的在前。 */
export async function listImports(
  tx: Tx,
  bodyId: string,
  { limit, offset, kind, status }: { limit: number; offset: number; kind?: string; status?: string },
): Promise<{ total: number; rows: ImportSummary[] }> {
  let query = tx.selectFrom('ledger_import').where('body_id', '=', bodyId)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (status !== undefined) query = query.where('status', '=', status as ImportRow['status'])
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['import_id', 'kind', 'status', 'file_name', 'total_rows', 'done_rows', 'created', 'changed', 'unchanged', 'requested_by', 'created_at'])
    .select(sql<number>`coalesce((preview ->> 'faultCount')::int + jsonb_array_length(preview -> 'mapping' -> 'missing'), 0)`.as('faults'))
    .orderBy('created_at', 'desc')
    .orderBy('import_id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return { total, rows }
}
