import { record } from '../audit/index.ts'
import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { enqueue } from '../platform/jobs.ts'
import { isImportable } from '../platform/ledger/index.ts'
import { getImport, markRunning } from './store.ts'
import type { ImportRef } from './store.ts'

export type ConfirmRefusal = 'not-importable' | 'already-confirmed'

/**
 * 确认导入：交给后台任务去写。有一处问题没有改好的不收。
 * @param by 由任务去写；命令行自己随即去写的为 `caller`，免得两处同时写
 */
export async function confirmImport(
  deps: Deps,
  actor: Actor,
  ref: ImportRef,
  by: 'job' | 'caller' = 'job',
): Promise<{ ok: true } | { ok: false; refusal: ConfirmRefusal }> {
  requirePermission(actor, 'ledger.import', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const row = await getImport(tx, ref)
    if (row.preview === null || !isImportable(row.preview)) return { ok: false, refusal: 'not-importable' }
    if (!(await markRunning(tx, ref, deps.clock.now()))) return { ok: false, refusal: 'already-confirmed' }
    if (by === 'job')
      await enqueue(tx, 'ledger-import.run', { ...ref }, { key: `ledger-import:${ref.importId}`, maxAttempts: MOST_ATTEMPTS })
    await record(tx, actor, 'ledger.confirmed', { bodyId: ref.bodyId, target: ref.importId }, { kind: row.kind, rows: row.total_rows })
    return { ok: true }
  })
}

/** 系统出错时至多重办几次。 */
export const MOST_ATTEMPTS = 3
