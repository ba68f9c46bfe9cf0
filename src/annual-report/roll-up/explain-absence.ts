import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission, type SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Explanation } from './roll-up.ts'

export const REASON_LENGTH = { least: 5, most: 500 } as const

type Explained = { ok: true } | { ok: false; refusal: 'reason-too-short' | 'reason-too-long' }

/** 为缺报的各家写明同一个缘由，记下写的人；再写即以新的为准，旧的在留痕里。 */
export function explainAbsence(deps: Deps, actor: SignedInActor, { bodyIds, year, reason }: { bodyIds: readonly string[]; year: number; reason: string }): Promise<Explained> {
  for (const bodyId of bodyIds) requirePermission(actor, 'report.roll-up', bodyId)
  const words = reason.trim()
  if (words.length < REASON_LENGTH.least) return Promise.resolve({ ok: false, refusal: 'reason-too-short' })
  if (words.length > REASON_LENGTH.most) return Promise.resolve({ ok: false, refusal: 'reason-too-long' })
  const row = { reason: words, person: actor.name.slice(0, 80), explained_by: actorKey(actor), explained_on: deps.clock.today(), updated_at: deps.clock.now() }
  return transaction(deps.db, async (tx) => {
    await tx
      .insertInto('roll_up_explanation')
      .values(bodyIds.map((bodyId) => ({ body_id: bodyId, year, ...row })))
      .onConflict((conflict) => conflict.columns(['body_id', 'year']).doUpdateSet(row))
      .execute()
    for (const bodyId of bodyIds) await record(tx, actor, 'annual-report.absence-explained', { bodyId, target: String(year) }, { year, reason: words })
    return { ok: true }
  })
}

/** 撤回说明：这一家又成了没有说明的。 */
export async function withdrawExplanation(deps: Deps, actor: SignedInActor, { bodyId, year }: { bodyId: string; year: number }): Promise<void> {
  requirePermission(actor, 'report.roll-up', bodyId)
  await transaction(deps.db, async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('roll_up_explanation').where('body_id', '=', bodyId).where('year', '=', year).executeTakeFirst()
    if (numDeletedRows > 0n) await record(tx, actor, 'annual-report.absence-unexplained', { bodyId, target: String(year) }, { year })
  })
}

/** 某年度写下的各个说明，按机构。 */
export async function listExplanations(tx: Tx, year: number): Promise<Map<string, Explanation>> {
  const rows = await tx.selectFrom('roll_up_explanation').select(['body_id', 'reason', 'person', 'explained_on']).where('year', '=', year).execute()
  return new Map(rows.map((row) => [row.body_id, { person: row.person, reason: row.reason, on: row.explained_on }]))
}
