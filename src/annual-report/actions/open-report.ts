import { record } from '../../audit/index.ts'
import { actorKey, requirePermission, type Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { sqlState, transaction } from '../../platform/connect.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { NEW_REPORT } from '../report.ts'
import { findReportRow, saveReport } from '../store.ts'
import type { ReportKey } from './change-report.ts'

type Opened = { ok: true } | { ok: false; refusal: 'year-in-future' }

/** 为某年度立一份报告；已有的不重复立，两人同时来立的也只立一份。年度不得晚于今年。 */
export async function openReport(deps: Deps, actor: Actor, key: ReportKey): Promise<Opened> {
  requirePermission(actor, 'report.draft', key.bodyId)
  try {
    return await open(deps, actor, key)
  } catch (error) {
    // 撞上（机关，年度）的唯一约束：别人刚立好
    if (sqlState(error) === '23505' && !deps.db.isTransaction) return { ok: true }
    throw error
  }
}

function open(deps: Deps, actor: Actor, key: ReportKey): Promise<Opened> {
  return transaction(deps.db, async (tx) => {
    if (key.year > yearOf(deps.clock.today())) return { ok: false, refusal: 'year-in-future' }
    if ((await findReportRow(tx, key.bodyId, key.year)) !== undefined) return { ok: true }
    const found = { ...key, reportId: newId(), version: 0, state: NEW_REPORT, frozenAt: null, history: [] }
    await saveReport(tx, found, [{ kind: 'opened', on: deps.clock.today(), year: key.year }], {
      actor: actorKey(actor),
      at: deps.clock.now(),
    })
    await record(tx, actor, 'annual-report.opened', { bodyId: key.bodyId, target: found.reportId }, { year: key.year })
    return { ok: true }
  })
}
