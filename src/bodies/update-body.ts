import { record } from '../audit/index.ts'
import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { isUscc, orgCodeOf } from './body.ts'
import type { Body } from './body.ts'
import { lockBody, updateBody as saveBody } from './store.ts'

export type BodyChange = Partial<Pick<Body, 'kind' | 'uscc' | 'codeWord' | 'powers' | 'establishedOn' | 'sort'>>

/** 改机构的资料；名称用 renameBody，代码定后不改。 */
export function updateBody(
  deps: Deps,
  actor: Actor,
  bodyId: string,
  change: BodyChange,
): Promise<{ ok: true; body: Body } | { ok: false; refusal: 'uscc-wrong' }> {
  requirePermission(actor, 'body.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    const body: Body = { ...(await lockBody(tx, bodyId)), ...change }
    if (body.uscc && !isUscc(body.uscc)) return { ok: false, refusal: 'uscc-wrong' }
    const saved: Body = { ...body, orgCode9: body.uscc ? orgCodeOf(body.uscc) : null }
    await saveBody(tx, saved)
    await record(tx, actor, 'body.updated', { bodyId, target: body.code })
    return { ok: true, body: saved }
  })
}
