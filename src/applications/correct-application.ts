import { record } from '../audit/index.ts'
import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { actorKey } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { Decision } from '../statute/decision.ts'
import type { CorrectableValues } from './corrections.ts'
import { correct } from './decisions.ts'
import type { ApplicationEvent } from './events.ts'
import { getApplication } from './queries.ts'
import type { ApplicationRefusal } from './refusals.ts'
import { getGround } from './settings.ts'
import { saveApplications } from './store.ts'

/** 更正一件申请的登记：写明理由，前后并存于时间线；年度报告的数字随之而变。 */
export function correctApplication(
  deps: Deps,
  actor: Actor,
  input: { bodyId: string; caseId: string; version: number; reason: string; values: Partial<Omit<CorrectableValues, 'applicantId'>> },
): Promise<Decision<ApplicationEvent, ApplicationRefusal>> {
  const { bodyId, caseId, version, reason, values } = input
  // 处理结果、送达须由负责人更正
  requirePermission(actor, 'decision' in values || 'delivery' in values ? 'application.approve' : 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const { state } = await getApplication(tx, bodyId, caseId)
    const ground = await getGround(tx, bodyId, deps.clock.today())
    const decision = correct(state, { on: ground.today, reason, values }, ground)
    if (!decision.ok) return decision
    // 以页面所见的版本记入：他人先改过的抛 Conflict
    await saveApplications(tx, [{ found: { bodyId, caseId, version, state }, events: decision.events }], { actor: actorKey(actor), at: deps.clock.now() }, ground)
    await record(tx, actor, 'application.corrected', { bodyId, target: caseId }, { fields: Object.keys(values) })
    return decision
  })
}
