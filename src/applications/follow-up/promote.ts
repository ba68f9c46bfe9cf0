import './tables.ts'
import { record } from '../../audit/index.ts'
import { startItem } from '../../catalogue/index.ts'
import type { ItemContent, ItemRefusal, PublicationCode } from '../../catalogue/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { findPersonalTraces } from './personal-traces.ts'
import type { PersonalTrace } from './personal-traces.ts'
import { findSameInformation, isPromotable } from './same-information.ts'
import type { SameInformation } from './same-information.ts'

interface Case {
  bodyId: string
  caseId: string
}

export type Promoted = { ok: true; itemId: string; indexNo: string } | { ok: false; refusal: 'not-now' | ItemRefusal } | { ok: false; refusal: 'personal-traces'; traces: readonly PersonalTrace[] }

/**
 * 转为主动公开：在主动公开里登记一条，拟主动公开；此后照常经公开审查才公开。一组至多一条。
 * 名称与概述里有申请人资料、号码的不收。
 */
export function promote(deps: Deps, actor: Actor, { bodyId, caseId, content, codes }: Case & { content: ItemContent; codes: readonly PublicationCode[] }): Promise<Promoted> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const group = await lockedGroup(tx, { bodyId, caseId })
    if (group === null || !isPromotable(group)) return { ok: false, refusal: 'not-now' }
    const traces = await findPersonalTraces(tx, fieldKeys(deps.config.secretKey), bodyId, group.cases.map((each) => each.caseId), [content.title, content.docNo ?? '', content.summary ?? ''].join('\n'))
    if (traces.length > 0) return { ok: false, refusal: 'personal-traces', traces }
    const started = await startItem(tx, deps, actor, { bodyId, content, codes })
    if (!started.ok) return started
    await settle(tx, { bodyId, groupId: group.groupId }, { item_id: started.itemId, declined_reason: null }, actor, deps)
    await record(tx, actor, 'application.promoted', { bodyId, target: caseId }, { into: started.itemId })
    return started
  })
}

/** 审核之后不转为主动公开，写明理由；以后又有人申请的，可以另行处理。 */
export function declinePromotion(deps: Deps, actor: Actor, { bodyId, caseId, reason }: Case & { reason: string }): Promise<'done' | 'not-now'> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const group = await lockedGroup(tx, { bodyId, caseId })
    if (group === null || !isPromotable(group)) return 'not-now'
    await settle(tx, { bodyId, groupId: group.groupId }, { item_id: null, declined_reason: reason }, actor, deps)
    await record(tx, actor, 'application.promotion-declined', { bodyId, target: caseId }, { reason: reason.slice(0, 200) })
    return 'done'
  })
}

// 一组同时只由一人处理：锁住组这一行再读
async function lockedGroup(tx: Tx, { bodyId, caseId }: Case): Promise<SameInformation | null> {
  const known = await findSameInformation(tx, bodyId, caseId)
  if (known === null) return null
  await tx.selectFrom('same_information').select('group_id').where('body_id', '=', bodyId).where('group_id', '=', known.groupId).forUpdate().executeTakeFirst()
  return findSameInformation(tx, bodyId, caseId)
}

const settle = (tx: Tx, { bodyId, groupId }: { bodyId: string; groupId: string }, outcome: { item_id: string | null; declined_reason: string | null }, actor: Actor, { clock }: Deps) =>
  tx
    .updateTable('same_information')
    .set({ ...outcome, settled_by: actorKey(actor), settled_on: clock.today(), updated_at: clock.now() })
    .where('body_id', '=', bodyId)
    .where('group_id', '=', groupId)
    .execute()
