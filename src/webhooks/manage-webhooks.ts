import { randomBytes } from 'node:crypto'
import { record } from '../audit/index.ts'
import { actorKey, getSystem, requirePermission, revokeApiSystem } from '../identity/index.ts'
import type { Actor, SystemRef } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import { fieldKeys } from '../platform/crypto.ts'
import type { Deps } from '../platform/deps.ts'
import { NotFound } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { addressGuard } from '../platform/address-guard.ts'
import { enqueueDelivery } from './announce.ts'
import { MOST_WEBHOOKS, RETRY } from './webhook.ts'
import type { WebhookEvent } from './webhook.ts'
import { deleteWebhook, getWebhook, insertWebhook, listWebhooks, saveWebhook } from './webhook-store.ts'
import type { WebhookRef } from './webhook-store.ts'

const LONGEST_URL = 500

/** 地址有什么不对，一句话；可以的为 null。主机名所指的内网地址到发送时才知道。 */
export function refuseUrl(text: string, { mode, webhookAllow }: Deps['config']): string | null {
  const url = URL.parse(text)
  if (url === null || text.length > LONGEST_URL || !['https:', 'http:'].includes(url.protocol)) return '请填写完整的网址，如 https://hall.example.cn/callback'
  if (mode === 'production' && url.protocol !== 'https:') return '须用 https，免得途中被看去、改动'
  if (url.username !== '' || url.password !== '' || url.hash !== '') return '网址里不要写用户名、口令与 # 之后的部分；对方凭签名认出是我们'
  try {
    addressGuard(webhookAllow).check(url.hostname.replaceAll(/^\[|\]$/g, ''))
  } catch {
    return '这是内网或者本机的地址；确要发往的，由运行维护的人写进配置 WEBHOOK_ALLOW'
  }
  return null
}

/** 为一个系统订一处回调；密钥只在返回值里出现这一次。 */
export function createWebhook(
  deps: Deps,
  actor: Actor,
  { bodyId, systemId, url, events }: { bodyId: string; systemId: string; url: string; events: readonly WebhookEvent[] },
): Promise<{ ok: true; webhookId: string; secret: string } | { ok: false; field: 'url' | 'events'; message: string }> {
  requirePermission(actor, 'api-system.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    const system = await getSystem(tx, { bodyId, systemId }, true)
    const wrong = refuseUrl(url, deps.config)
    if (wrong !== null) return { ok: false, field: 'url', message: wrong }
    if (events.length === 0) return { ok: false, field: 'events', message: '请选择何事发生时通知' }
    if (system.revokedAt !== null) return { ok: false, field: 'url', message: '这个系统已经停用' }
    if ((await listWebhooks(tx, system)).length >= MOST_WEBHOOKS) return { ok: false, field: 'url', message: `一个系统至多订 ${MOST_WEBHOOKS} 处，请先撤去不用的` }
    const webhookId = newId()
    const secret = randomBytes(32).toString('base64url')
    await insertWebhook(tx, fieldKeys(deps.config.secretKey), { bodyId, webhookId, systemId, url, events: [...new Set(events)], secret, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'webhook.created', { bodyId, target: webhookId })
    return { ok: true, webhookId, secret }
  })
}

/** 停用一个系统：令牌全部作废，回调随之暂停，同一事务；以后也不能恢复。 */
export function closeSystem(deps: Deps, actor: Actor, ref: SystemRef): Promise<void> {
  return transaction(deps.db, async (tx) => {
    await revokeApiSystem({ ...deps, db: tx }, actor, ref)
    await tx.updateTable('api_webhook').set({ status: 'paused' }).where('body_id', '=', ref.bodyId).where('system_id', '=', ref.systemId).where('status', '=', 'active').execute()
  })
}

/** 暂停、恢复（连同自动停用的）、撤去一处回调；系统停用了的不能恢复。 */
export function changeWebhook(deps: Deps, actor: Actor, { change, ...ref }: WebhookRef & { change: 'pause' | 'resume' | 'remove' }): Promise<'done' | 'system-closed'> {
  requirePermission(actor, 'api-system.manage', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const { bodyId, systemId } = await getWebhook(tx, ref, true)
    if (change === 'resume' && (await getSystem(tx, { bodyId, systemId })).revokedAt !== null) return 'system-closed'
    if (change === 'remove') await deleteWebhook(tx, ref)
    else await saveWebhook(tx, ref, { status: change === 'pause' ? 'paused' : 'active', failures: 0, retryAt: null })
    const target = { bodyId: ref.bodyId, target: ref.webhookId }
    if (change === 'remove') await record(tx, actor, 'webhook.removed', target)
    else if (change === 'pause') await record(tx, actor, 'webhook.paused', target)
    else await record(tx, actor, 'webhook.resumed', target)
    return 'done'
  })
}

/** 重发一件：没有送到的、还在等的都可以；事件的 id 不变，对方据以认出是同一件。 */
export function resendDelivery(deps: Deps, actor: Actor, { deliveryId, ...ref }: WebhookRef & { deliveryId: string }): Promise<'done' | 'not-active'> {
  requirePermission(actor, 'api-system.manage', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await getWebhook(tx, ref, true)).status !== 'active') return 'not-active'
    const at = deps.clock.now()
    const done = await tx
      .updateTable('api_delivery')
      .set({ status: 'waiting', next_at: at, give_up_at: new Date(at.getTime() + RETRY.giveUpMs), settled_at: null })
      .where('body_id', '=', ref.bodyId)
      .where('delivery_id', '=', deliveryId)
      .where('webhook_id', '=', ref.webhookId)
      .executeTakeFirst()
    if (done.numUpdatedRows === 0n) throw new NotFound('这次回调')
    await saveWebhook(tx, ref, { failures: 0, retryAt: null })
    await enqueueDelivery(tx, { bodyId: ref.bodyId, deliveryId })
    await record(tx, actor, 'webhook.resent', { bodyId: ref.bodyId, target: ref.webhookId })
    return 'done'
  })
}
