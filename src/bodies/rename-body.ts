import { record } from '../audit/index.ts'
import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { listNames } from './queries.ts'
import { endCurrentName, insertName, lockBody, updateBody } from './store.ts'

export type RenameRefusal = 'same-name' | 'before-current-name' | 'in-future'

/** 机构更名：旧名用至 from 的前一日，记为曾用名。 */
export function renameBody(
  deps: Deps,
  actor: Actor,
  input: { bodyId: string; name: string; from: PlainDate; note?: string | null },
): Promise<{ ok: true } | { ok: false; refusal: RenameRefusal }> {
  requirePermission(actor, 'body.manage', input.bodyId)
  return transaction(deps.db, async (tx) => {
    const body = await lockBody(tx, input.bodyId)
    if (body.name === input.name) return { ok: false, refusal: 'same-name' }
    if (input.from > deps.clock.today()) return { ok: false, refusal: 'in-future' }
    const current = (await listNames(tx, input.bodyId)).find((n) => n.kind === 'official' && n.to === null)
    if (current?.from && input.from <= current.from) return { ok: false, refusal: 'before-current-name' }
    await endCurrentName(tx, input.bodyId, addCalendarDays(input.from, -1))
    await insertName(tx, input.bodyId, {
      name: input.name,
      kind: 'official',
      from: input.from,
      to: null,
      note: input.note || null,
    })
    await updateBody(tx, { ...body, name: input.name })
    await record(tx, actor, 'body.renamed', { bodyId: input.bodyId, target: body.code })
    return { ok: true }
  })
}

/** 补记曾用名（更名发生在启用本系统之前）或简称。 */
export function addName(
  deps: Deps,
  actor: Actor,
  input: { bodyId: string; name: string; kind: 'former' | 'short'; from?: PlainDate | null; to?: PlainDate | null; note?: string | null },
): Promise<{ ok: true } | { ok: false; refusal: 'known-name' | 'end-missing' }> {
  requirePermission(actor, 'body.manage', input.bodyId)
  return transaction(deps.db, async (tx) => {
    const body = await lockBody(tx, input.bodyId)
    const names = await listNames(tx, input.bodyId)
    if (names.some((n) => n.name === input.name)) return { ok: false, refusal: 'known-name' }
    if (input.kind === 'former' && !input.to) return { ok: false, refusal: 'end-missing' }
    await insertName(tx, input.bodyId, {
      name: input.name,
      kind: input.kind === 'former' ? 'official' : 'short',
      from: input.from ?? null,
      to: input.to ?? null,
      note: input.note || null,
    })
    await record(tx, actor, 'body.name-added', { bodyId: input.bodyId, target: body.code }, { kind: input.kind })
    return { ok: true }
  })
}
