import './tables.ts'
import { record } from '../../audit/index.ts'
import type { Body } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PublicationCode } from '../publication-codes.ts'

/** 一项是否适用于本机关：适用、不适用、尚未确定；`reason` 为确定的理由，或者据以推定的事实。 */
export interface DutyScope {
  state: 'applies' | 'not' | 'unknown'
  reason: string
  /** 由人确定的，还是推定的 */
  decided: boolean
}

/** 没有确定过的，由机关的资料推定：人人有的职能与财政，凭行政权力的许可、处罚强制、收费；推不出的为尚未确定。 */
export function presumeScope(code: PublicationCode, { powers }: Pick<Body, 'powers'>, registered: boolean): DutyScope {
  const presumed = (yes: boolean, why: string): DutyScope => (yes ? { state: 'applies', reason: why, decided: false } : { state: 'unknown', reason: '', decided: false })
  if (code === 'A20_02' || code === 'A20_07') return presumed(true, '各机关都有')
  if (code === 'A20_05' && powers.license) return presumed(true, '机关资料载明有行政许可')
  if (code === 'A20_06' && (powers.penalty || powers.coercion)) return presumed(true, '机关资料载明有行政处罚或者行政强制')
  if (code === 'A20_08' && powers.fee) return presumed(true, '机关资料载明有行政事业性收费')
  return presumed(registered, '登记过这一项的信息')
}

/** 各机关确定过的；没有确定过的不在其中。 */
export async function listScopes(tx: Tx, bodyIds: readonly string[]): Promise<{ bodyId: string; code: PublicationCode; applies: boolean; reason: string }[]> {
  if (bodyIds.length === 0) return []
  return tx.selectFrom('duty_scope').select(['body_id as bodyId', 'code', 'applies', 'reason']).where('body_id', 'in', bodyIds.slice(0, 1000)).execute()
}

/** 确定一项是否适用于本机关，写明理由；可以改，前后都留痕。 */
export function setScope(deps: Deps, actor: Actor, { bodyId, code, applies, reason }: { bodyId: string; code: PublicationCode; applies: boolean; reason: string }): Promise<void> {
  requirePermission(actor, 'setting.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    const row = { applies, reason, set_by: actorKey(actor), set_at: deps.clock.now() }
    await tx
      .insertInto('duty_scope')
      .values({ body_id: bodyId, code, ...row })
      .onConflict((oc) => oc.columns(['body_id', 'code']).doUpdateSet(row))
      .execute()
    await record(tx, actor, 'duty.scope-set', { bodyId, target: code }, { applies, reason: reason.slice(0, 200).toWellFormed() })
  })
}
