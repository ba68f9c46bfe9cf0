import { record } from '../../audit/index.ts'
import { actorKey, requirePermission, standsInFor, type Actor, type Permit } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { transaction } from '../../platform/connect.ts'
import { getReport, saveReport, type LoadedReport } from '../store.ts'
import type { Decision, Refusal } from '../report.ts'

export interface ReportKey {
  bodyId: string
  year: number
  /** 办事的人在页面上所见的版本；其后他人改过的抛 Conflict，不得对没看过的内容下结论 */
  seen?: number
}

export type Changed = { ok: true } | { ok: false; refusal: Refusal }

/** 凭谁办：自己的岗位为 null；代行的为委托人，先取不是 `author`（起草、报送的人）的。 */
export const behalfBut = (actor: Actor, permit: Permit, author: string | null): string | null =>
  standsInFor(actor, permit, author === null ? [] : [author]) ?? standsInFor(actor, permit) ?? null

/** 各动作的同样四步：许可、载入、决定、保存；留痕与行的刷新在同一事务。 */
export function changeReport(
  deps: Deps,
  actor: Actor,
  permit: Permit,
  key: ReportKey,
  decide: (tx: Tx, found: LoadedReport) => Promise<Decision> | Decision,
  also?: (tx: Tx, found: LoadedReport) => Promise<unknown>,
): Promise<Changed> {
  requirePermission(actor, permit, key.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await getReport(tx, key.bodyId, key.year)
    if (key.seen !== undefined && key.seen !== found.version) throw new Conflict(key.seen, found.version)
    const decision = await decide(tx, found)
    if (!decision.ok) return { ok: false, refusal: decision.refusal }
    await saveReport(tx, found, decision.events, { actor: actorKey(actor), at: deps.clock.now() })
    await also?.(tx, found)
    for (const event of decision.events) {
      await record(tx, actor, `annual-report.${event.kind}`, { bodyId: key.bodyId, target: found.reportId }, { year: key.year })
    }
    return { ok: true }
  })
}
