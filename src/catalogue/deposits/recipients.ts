import './tables.ts'
import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'

/** 条例第二十五条：国家档案馆、公共图书馆、政务服务场所设置查阅场所。 */
export const RECIPIENT_KINDS = { archive: '国家档案馆', library: '公共图书馆', 'service-point': '政务服务场所等查阅点' } as const
export type RecipientKind = keyof typeof RECIPIENT_KINDS
export const isRecipientKind = (text: string): text is RecipientKind => Object.hasOwn(RECIPIENT_KINDS, text)

export interface Recipient {
  recipientId: string
  kind: RecipientKind
  name: string
  /** 通常的份数 */
  copies: number
  active: boolean
}

const MOST = 50

/** 接收单位，在用的在前；至多五十个。 */
export async function listRecipients(tx: Tx, bodyId: string): Promise<Recipient[]> {
  const rows = await tx.selectFrom('deposit_recipient').selectAll().where('body_id', '=', bodyId).orderBy('active', 'desc').orderBy('kind').orderBy('name').limit(MOST).execute()
  return rows.map((row) => ({ recipientId: row.recipient_id, kind: row.kind, name: row.name, copies: row.copies, active: row.active }))
}

export type RecipientRefusal = 'name-taken' | 'too-many'
export const RECIPIENT_REFUSED: Readonly<Record<RecipientRefusal, string>> = { 'name-taken': '已经有这个名称的接收单位', 'too-many': `接收单位已满 ${MOST} 个` }

/** 新增一个接收单位；名称不得重复。 */
export function addRecipient(deps: Deps, actor: Actor, { bodyId, kind, name, copies }: { bodyId: string; kind: RecipientKind; name: string; copies: number }): Promise<{ ok: true } | { ok: false; refusal: RecipientRefusal }> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await listRecipients(tx, bodyId)).length >= MOST) return { ok: false, refusal: 'too-many' }
    const recipientId = newId()
    const made = await tx
      .insertInto('deposit_recipient')
      .values({ body_id: bodyId, recipient_id: recipientId, kind, name, copies, active: true, added_at: deps.clock.now() })
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return { ok: false, refusal: 'name-taken' }
    await record(tx, actor, 'deposit.recipient-added', { bodyId, target: recipientId }, { kind })
    return { ok: true }
  })
}

/** 停用、恢复一个接收单位；停用的不再移送，已移送的清单照旧。 */
export function setRecipientActive(deps: Deps, actor: Actor, { bodyId, recipientId, active }: { bodyId: string; recipientId: string; active: boolean }): Promise<void> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const done = await tx.updateTable('deposit_recipient').set({ active }).where('body_id', '=', bodyId).where('recipient_id', '=', recipientId).executeTakeFirst()
    if (done.numUpdatedRows === 0n) throw new NotFound('这个接收单位')
    await record(tx, actor, 'deposit.recipient-changed', { bodyId, target: recipientId }, { active })
  })
}
