import { record } from '../audit/index.ts'
import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { insertRelation, lockBody, updateBody } from './store.ts'

export type MergeRefusal = 'nothing-to-merge' | 'into-itself' | 'not-active' | 'in-future'

/** 机构合并：各前身自 on 起撤销，职责由 into 承担；前身的记录与报告原样保留。 */
export function mergeBodies(
  deps: Deps,
  actor: Actor,
  input: { from: readonly string[]; into: string; on: PlainDate; basis: string },
): Promise<{ ok: true } | { ok: false; refusal: MergeRefusal }> {
  requirePermission(actor, 'body.manage', input.into)
  return transaction(deps.db, async (tx) => {
    const from = [...new Set(input.from)].toSorted()
    if (from.length === 0) return { ok: false, refusal: 'nothing-to-merge' }
    if (from.includes(input.into)) return { ok: false, refusal: 'into-itself' }
    if (input.on > deps.clock.today()) return { ok: false, refusal: 'in-future' }
    // 一律按 id 的次序锁，免得两人同时合并时互相等待
    const locked = new Map<string, Awaited<ReturnType<typeof lockBody>>>()
    for (const bodyId of [...from, input.into].toSorted()) locked.set(bodyId, await lockBody(tx, bodyId))
    if ([...locked.values()].some((body) => body.status !== 'active')) return { ok: false, refusal: 'not-active' }
    for (const bodyId of from) {
      const body = locked.get(bodyId)
      if (!body) continue
      await updateBody(tx, { ...body, status: 'abolished', abolishedOn: input.on })
      await insertRelation(tx, { bodyId, successorId: input.into, on: input.on, basis: input.basis })
      await record(tx, actor, 'body.merged', { bodyId, target: body.code }, { into: input.into, on: input.on })
    }
    return { ok: true }
  })
}
