import { record } from '../audit/index.ts'
import { actorKey, requirePermission, type Actor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import { transaction } from '../platform/connect.ts'
import { yearOf } from '../statute/plain-date.ts'
import { NEW_REPORT } from './report.ts'
import { findReportRow, saveReport } from './store.ts'
import type { ReportKey } from './change-report.ts'

/** 为某年度立一份报告；已有的不重复立。年度不得晚于今年。 */
export function openReport(
  deps: Deps,
  actor: Actor,
  key: ReportKey,
): Promise<{ ok: true } | { ok: false; refusal: 'year-in-future' }> {
  requirePermission(actor, 'report.draft', key.bodyId)
  return transaction(deps.db, async (tx) => {
    if (key.year > yearOf(deps.clock.today())) return { ok: false, refusal: 'year-in-future' }
    if ((await findReportRow(tx, key.bodyId, key.year)) !== undefined) return { ok: true }
    const found = { ...key, reportId: newId(), version: 0, state: NEW_REPORT, frozenAt: null, history: [] }
    await saveReport(tx, found, [{ kind: 'opened', on: deps.clock.today(), year: key.year }], {
      actor: actorKey(actor),
      at: deps.clock.now(),
    })
    await record(tx, actor, 'annual-report.opened', { bodyId: key.bodyId, target: found.reportId })
    return { ok: true }
  })
}
