import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'

/** 年度培训计划的一项，与照它办了几场。 */
export interface PlanEntry {
  planId: string
  year: number
  month: number
  topic: string
  audience: string
  halfHours: number
  note: string
  sessions: number
  held: number
}
export type PlanInput = Pick<PlanEntry, 'year' | 'month' | 'topic' | 'audience' | 'halfHours' | 'note'>

const MOST = 100

export async function listPlan(tx: Tx, bodyId: string, year: number): Promise<PlanEntry[]> {
  const rows = await tx
    .selectFrom('training_plan as p')
    .selectAll('p')
    .select((eb) => [
      eb.selectFrom('training_session as s').whereRef('s.body_id', '=', 'p.body_id').whereRef('s.plan_id', '=', 'p.plan_id').where('s.state', '<>', 'cancelled').select((inner) => inner.fn.countAll<number>().as('n')).as('sessions'),
      eb.selectFrom('training_session as s').whereRef('s.body_id', '=', 'p.body_id').whereRef('s.plan_id', '=', 'p.plan_id').where('s.state', '=', 'held').select((inner) => inner.fn.countAll<number>().as('n')).as('held'),
    ])
    .where('p.body_id', '=', bodyId)
    .where('p.year', '=', year)
    .orderBy('p.month')
    .orderBy('p.plan_id')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({ planId: row.plan_id, year: row.year, month: row.month, topic: row.topic, audience: row.audience, halfHours: row.half_hours, note: row.note, sessions: row.sessions ?? 0, held: row.held ?? 0 }))
}

/** 添一项计划；一年至多一百项。 */
export function addPlan(deps: Deps, actor: Actor, { bodyId, ...input }: PlanInput & { bodyId: string }): Promise<boolean> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await listPlan(tx, bodyId, input.year)).length >= MOST) return false
    const planId = newId()
    await tx.insertInto('training_plan').values({ body_id: bodyId, plan_id: planId, year: input.year, month: input.month, topic: input.topic, audience: input.audience, half_hours: input.halfHours, note: input.note, added_by: actorKey(actor), added_at: deps.clock.now() }).execute()
    await record(tx, actor, 'training.plan-added', { bodyId, target: planId }, { year: input.year })
    return true
  })
}

/** 删去一项没有安排过场次的；安排了的留着。 */
export function removePlan(deps: Deps, actor: Actor, { bodyId, planId }: { bodyId: string; planId: string }): Promise<boolean> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const used = await tx.selectFrom('training_session').select('session_id').where('body_id', '=', bodyId).where('plan_id', '=', planId).limit(1).executeTakeFirst()
    if (used !== undefined) return false
    const done = await tx.deleteFrom('training_plan').where('body_id', '=', bodyId).where('plan_id', '=', planId).executeTakeFirst()
    if (done.numDeletedRows === 0n) return false
    await record(tx, actor, 'training.plan-removed', { bodyId, target: planId })
    return true
  })
}
