import { record } from '../../audit/index.ts'
import { actorKey, requirePermission, type Actor, type Permit } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { transaction } from '../../platform/connect.ts'
import { behalfBut } from '../actions/change-report.ts'
import type { FilingDecision, FilingRefusal, Reviewing } from './filing.ts'
import { openFiling, saveFilings, type LoadedFiling } from './filing-store.ts'

export interface FilingKey {
  bodyId: string
  year: number
  /** 办事的人在页面上所见的版本；其后他人改过的抛 Conflict */
  seen?: number
}

export type FilingChanged = { ok: true } | { ok: false; refusal: FilingRefusal }

/** 各动作的同样四步：许可、载入、决定、保存；留痕、通知与行的刷新在同一事务。 */
export function changeFiling(
  deps: Deps,
  actor: Actor,
  permit: Permit,
  key: FilingKey,
  decide: (tx: Tx, found: LoadedFiling) => Promise<FilingDecision> | FilingDecision,
  also?: (tx: Tx, found: LoadedFiling) => Promise<unknown>,
): Promise<FilingChanged> {
  requirePermission(actor, permit, key.bodyId)
  const on = deps.clock.today()
  return transaction(deps.db, async (tx) => {
    const found = await openFiling(tx, key.bodyId, key.year, on)
    if (key.seen !== undefined && key.seen !== found.version) throw new Conflict(key.seen, found.version)
    const decision = await decide(tx, found)
    if (!decision.ok) return { ok: false, refusal: decision.refusal }
    await saveFilings(tx, [{ found, events: decision.events }], { actor: actorKey(actor), at: deps.clock.now(), on })
    await also?.(tx, found)
    for (const event of decision.events)
      await record(tx, actor, `filing.${event.kind}`, { bodyId: key.bodyId, target: found.filingId }, { year: key.year })
    return { ok: true }
  })
}

/** 谁在审、凭谁的岗位：委托人中先取不是报送人的。 */
export const reviewingBy = (deps: Deps, actor: Actor, round: number, filer: string | null): Reviewing => ({
  on: deps.clock.today(),
  round,
  reviewer: actorKey(actor),
  onBehalfOf: behalfBut(actor, 'filing.review', filer),
})
