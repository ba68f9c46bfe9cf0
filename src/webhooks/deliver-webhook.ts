import './tables.ts'
import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import { getBody } from '../bodies/index.ts'
import { findAccount, getSystem } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { transaction } from '../platform/connect.ts'
import { fieldKeys } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { isId } from '../platform/id.ts'
import { enqueueDelivery } from './announce.ts'
import { sendWebhook } from './send-webhook.ts'
import type { Sent } from './send-webhook.ts'
import { RETRY, waitAfter } from './webhook.ts'
import { getSecret, getWebhook, saveWebhook } from './webhook-store.ts'
import type { Webhook } from './webhook-store.ts'

interface DeliveryRef {
  bodyId: string
  deliveryId: string
}

interface Claimed {
  webhookId: string
  event: string
  eventId: string
  body: string
  giveUpAt: Date
}

const SLOW_MS = 1000
const WEBHOOKS = { kind: 'system', name: 'webhooks' } as const

/**
 * 发一件：认领 → 发 → 记下结果，前后各一事务，发的时候不占着数据库。
 * 认领以推后 next_at 为凭：进程没了的，过一分钟由别的任务再发。可能发两次，事件的 id 相同。
 */
export async function deliverWebhook(deps: Deps, ref: DeliveryRef): Promise<void> {
  const claimed = await transaction(deps.db, (tx) => claim(tx, ref, deps.clock.now()))
  if (claimed === null) return
  const { webhookId, event, eventId, body } = claimed
  const webhook = await getWebhook(deps.db, { bodyId: ref.bodyId, webhookId })
  const secret = await getSecret(deps.db, fieldKeys(deps.config.secretKey), webhook)
  const startedAt = performance.now()
  const sent = await sendWebhook(
    { url: webhook.url, secret, event, eventId, body, at: deps.clock.now() },
    { allow: deps.config.webhookAllow, httpsOnly: deps.config.mode === 'production' },
  )
  await transaction(deps.db, (tx) => settle(tx, { ...ref, ...claimed, tookMs: performance.now() - startedAt }, sent, deps.clock.now()))
}

/** 认领一件到了时候的；不该发的（已送到、订阅暂停、地址正不通）为 null，正不通的推到再试之时。 */
async function claim(tx: Tx, { bodyId, deliveryId }: DeliveryRef, at: Date): Promise<Claimed | null> {
  const row = await tx
    .selectFrom('api_delivery as d')
    .innerJoin('api_webhook as w', (join) => join.onRef('w.body_id', '=', 'd.body_id').onRef('w.webhook_id', '=', 'd.webhook_id'))
    .select(['d.webhook_id', 'd.event', 'd.event_id', 'd.payload', 'd.next_at', 'd.give_up_at', 'w.status', 'w.retry_at'])
    .where('d.body_id', '=', bodyId)
    .where('d.delivery_id', '=', deliveryId)
    .where('d.status', '=', 'waiting')
    .forUpdate('d')
    .executeTakeFirst()
  if (row === undefined || row.next_at > at) return null
  if (row.status !== 'active') {
    await close(tx, { bodyId, deliveryId }, { status: 'failed', answer: row.status, at })
    return null
  }
  if (row.retry_at !== null && row.retry_at > at) {
    await postpone(tx, { bodyId, deliveryId }, row.retry_at)
    return null
  }
  await tx
    .updateTable('api_delivery')
    .set((eb) => ({ next_at: new Date(at.getTime() + RETRY.leaseMs), attempts: eb('attempts', '+', 1) }))
    .where('body_id', '=', bodyId)
    .where('delivery_id', '=', deliveryId)
    .execute()
  return { webhookId: row.webhook_id, event: row.event, eventId: row.event_id, body: JSON.stringify(row.payload), giveUpAt: row.give_up_at }
}

async function settle(tx: Tx, claimed: DeliveryRef & Claimed & { tookMs: number }, sent: Sent, at: Date): Promise<void> {
  const { bodyId, webhookId, giveUpAt } = claimed
  const webhook = await getWebhook(tx, { bodyId, webhookId }, true)
  if (sent.ok) {
    await close(tx, claimed, { status: 'delivered', answer: sent.answer, at })
    // 慢的歇一歇再发下一件，免得占住办任务的人手，误了别的任务
    return saveWebhook(tx, webhook, { failures: 0, retryAt: claimed.tookMs < SLOW_MS ? null : new Date(at.getTime() + 2 * claimed.tookMs) })
  }
  const failures = webhook.failures + 1
  const retryAt = new Date(at.getTime() + waitAfter(failures))
  const disabled = failures >= RETRY.disableAfter && webhook.status === 'active'
  await saveWebhook(tx, webhook, { failures, retryAt, ...(disabled ? { status: 'disabled' as const } : {}) })
  if (disabled) await tellDisabled(tx, webhook, at)
  if (disabled || retryAt > giveUpAt) return close(tx, claimed, { status: 'failed', answer: sent.answer, at })
  await tx.updateTable('api_delivery').set({ last_answer: sent.answer }).where('body_id', '=', bodyId).where('delivery_id', '=', claimed.deliveryId).execute()
  return postpone(tx, claimed, retryAt)
}

// 订的人与机关的公开工作机构负责人都要知道：其间的改动对方收不到
async function tellDisabled(tx: Tx, { bodyId, webhookId, systemId, createdBy }: Webhook, at: Date): Promise<void> {
  await record(tx, WEBHOOKS, 'webhook.disabled', { bodyId, target: webhookId })
  const { code } = await getBody(tx, bodyId)
  const { name } = await getSystem(tx, { bodyId, systemId })
  const words = {
    at, key: `webhook-disabled:${webhookId}:${at.toISOString().slice(0, 10)}`,
    title: `「${name}」的回调屡次不通，已自动停用`,
    note: '其间的改动没有通知对方。请与对方核对网址，再由系统管理员恢复。',
    href: `/desk/systems/${code}/${systemId}/webhooks/${webhookId}`,
  }
  await notify(tx, { ...words, bodyId, roles: ['disclosure-head'] })
  const creator = isId(createdBy) ? await findAccount(tx, createdBy) : null
  // 订的人多在别的机关，通知放在他自己的机关，才看得到
  if (creator !== null) await notify(tx, { ...words, bodyId: creator.homeBodyId, accounts: [createdBy] })
}

async function close(tx: Tx, { bodyId, deliveryId }: DeliveryRef, { status, answer, at }: { status: 'delivered' | 'failed'; answer: string; at: Date }): Promise<void> {
  await tx.updateTable('api_delivery').set({ status, last_answer: answer, settled_at: at }).where('body_id', '=', bodyId).where('delivery_id', '=', deliveryId).execute()
}

async function postpone(tx: Tx, ref: DeliveryRef, to: Date): Promise<void> {
  await tx.updateTable('api_delivery').set({ next_at: to }).where('body_id', '=', ref.bodyId).where('delivery_id', '=', ref.deliveryId).execute()
  await enqueueDelivery(tx, ref, to)
}

const SWEPT = 200
const KEPT_DAYS = 30

/** 到了时候而没有任务在办的（任务丢了、进程没了），重新交办。 */
export async function sweepDeliveries(tx: Tx, at: Date): Promise<void> {
  const overdue = new Date(at.getTime() - RETRY.leaseMs)
  const rows = await tx
    .selectFrom('api_delivery')
    .select(['body_id', 'delivery_id'])
    .where('status', '=', 'waiting')
    .where('next_at', '<', overdue)
    .orderBy('next_at')
    .limit(SWEPT)
    .execute()
  for (const row of rows) await enqueueDelivery(tx, { bodyId: row.body_id, deliveryId: row.delivery_id })
}

/** 删去三十日以前办结的发送，一次至多一万件。 */
export async function purgeDeliveries(tx: Tx, at: Date): Promise<void> {
  const before = new Date(at.getTime() - KEPT_DAYS * 24 * 3600_000)
  await sql`delete from api_delivery where (body_id, delivery_id) in (
    select body_id, delivery_id from api_delivery where created_at < ${before} and status <> 'waiting' order by created_at limit 10000)`.execute(tx)
}
