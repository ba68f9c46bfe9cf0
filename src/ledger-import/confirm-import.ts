import { record } from '../audit/index.ts'
import { requirePermission, settleBehalf } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { enqueue } from '../platform/jobs.ts'
import { isImportable } from '../platform/ledger/index.ts'
import { publishesAtOnce } from './ledgers.ts'
import { confirmStanding, mappingSeen } from './second-person.ts'
import { getImport, markRunning } from './store.ts'
import type { ImportRef } from './store.ts'

export type ConfirmRefusal = 'not-importable' | 'already-confirmed' | 'own-upload' | 'changed-since-seen'

/**
 * 确认导入：交给后台任务去写。有一处问题没有改好的不收。
 * 导入即公开的（信息、旧网站、规范性文件），由批准公开的人、不是上传的人确认。
 * @param seen 确认的人看的列的对应（`mappingSeen`）；命令行的不必
 * @param by 由任务去写；命令行自己随即去写的为 `caller`，免得两处同时写
 */
export async function confirmImport(
  deps: Deps,
  actor: Actor,
  { seen, ...ref }: ImportRef & { seen?: string },
  by: 'job' | 'caller' = 'job',
): Promise<{ ok: true } | { ok: false; refusal: ConfirmRefusal }> {
  return transaction(deps.db, async (tx) => {
    const row = await getImport(tx, ref)
    requirePermission(actor, publishesAtOnce(row.kind) ? 'item.approve' : 'ledger.import', ref.bodyId)
    const behalf = confirmStanding(actor, row)
    if (behalf === undefined) return { ok: false, refusal: 'own-upload' }
    if (row.preview === null || !isImportable(row.preview)) return { ok: false, refusal: 'not-importable' }
    if (seen !== undefined && seen !== mappingSeen(row)) return { ok: false, refusal: 'changed-since-seen' }
    if (!(await markRunning(tx, ref, deps.clock.now()))) return { ok: false, refusal: 'already-confirmed' }
    settleBehalf(actor, behalf)
    if (by === 'job')
      await enqueue(tx, 'ledger-import.run', { ...ref }, { key: `ledger-import:${ref.importId}`, maxAttempts: MOST_ATTEMPTS })
    await record(tx, actor, 'ledger.confirmed', { bodyId: ref.bodyId, target: ref.importId }, { kind: row.kind, rows: row.total_rows })
    return { ok: true }
  })
}

/** 系统出错时至多重办几次。 */
export const MOST_ATTEMPTS = 3
