import './tables.ts'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { seal, unseal } from '../platform/crypto.ts'
import type { FieldKeys } from '../platform/crypto.ts'
import type { Tables, Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import type { DELIVERY_STATUSES, WEBHOOK_STATUSES, WebhookEvent } from './webhook.ts'
import { isWebhookEvent } from './webhook.ts'

export interface WebhookRef {
  bodyId: string
  webhookId: string
}

export interface Webhook extends WebhookRef {
  systemId: string
  url: string
  events: readonly WebhookEvent[]
  status: keyof typeof WEBHOOK_STATUSES
  failures: number
  retryAt: Date | null
  /** 订的人的账号 */
  createdBy: string
  createdAt: Date
}

const placeOf = ({ bodyId, webhookId }: WebhookRef): string => `api-webhook/${bodyId}/${webhookId}/secret`

const toWebhook = (row: Omit<Selectable<Tables['api_webhook']>, 'secret_sealed'>): Webhook => ({
  bodyId: row.body_id,
  webhookId: row.webhook_id,
  systemId: row.system_id,
  url: row.url,
  events: row.events.filter(isWebhookEvent),
  status: row.status,
  failures: row.failures,
  retryAt: row.retry_at,
  createdBy: row.created_by,
  createdAt: row.created_at,
})

export async function insertWebhook(tx: Tx, keys: FieldKeys, webhook: WebhookRef & { systemId: string; url: string; events: readonly WebhookEvent[]; secret: string; by: string; at: Date }): Promise<void> {
  await tx
    .insertInto('api_webhook')
    .values({
      body_id: webhook.bodyId, webhook_id: webhook.webhookId, system_id: webhook.systemId, url: webhook.url, events: [...webhook.events],
      secret_sealed: seal(keys, webhook.secret, placeOf(webhook)), status: 'active', failures: 0, retry_at: null, created_by: webhook.by, created_at: webhook.at,
    })
    .execute()
}

const COLUMNS = ['body_id', 'webhook_id', 'system_id', 'url', 'events', 'status', 'failures', 'retry_at', 'created_by', 'created_at'] as const

/** 没有抛 `NotFound`。 */
export async function getWebhook(tx: Tx, { bodyId, webhookId }: WebhookRef, lock = false): Promise<Webhook> {
  const query = tx.selectFrom('api_webhook').select(COLUMNS).where('body_id', '=', bodyId).where('webhook_id', '=', webhookId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) throw new NotFound('回调')
  return toWebhook(row)
}

export async function getSecret(tx: Tx, keys: FieldKeys, ref: WebhookRef): Promise<string> {
  const row = await tx.selectFrom('api_webhook').select('secret_sealed').where('body_id', '=', ref.bodyId).where('webhook_id', '=', ref.webhookId).executeTakeFirst()
  if (row === undefined) throw new NotFound('回调')
  return unseal(keys, row.secret_sealed, placeOf(ref))
}

/** 一个系统订的回调，至多 50 处。 */
export async function listWebhooks(tx: Tx, { bodyId, systemId }: { bodyId: string; systemId: string }): Promise<Webhook[]> {
  const rows = await tx.selectFrom('api_webhook').select(COLUMNS).where('body_id', '=', bodyId).where('system_id', '=', systemId).orderBy('webhook_id').limit(50).execute()
  return rows.map(toWebhook)
}

/** 各机关自动停用了的回调有几处。 */
export async function countDisabled(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from api_webhook where status = 'disabled'`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function saveWebhook(tx: Tx, { bodyId, webhookId }: WebhookRef, to: { status?: Webhook['status']; failures: number; retryAt: Date | null }): Promise<void> {
  const { status, failures, retryAt } = to
  await tx
    .updateTable('api_webhook')
    .set({ failures, retry_at: retryAt, ...(status === undefined ? {} : { status }) })
    .where('body_id', '=', bodyId)
    .where('webhook_id', '=', webhookId)
    .execute()
}

/** 撤去一处回调，连同其发送的记录。 */
export async function deleteWebhook(tx: Tx, { bodyId, webhookId }: WebhookRef): Promise<void> {
  await tx.deleteFrom('api_webhook').where('body_id', '=', bodyId).where('webhook_id', '=', webhookId).execute()
}

export interface Delivery {
  deliveryId: string
  event: string
  eventId: string
  status: keyof typeof DELIVERY_STATUSES
  attempts: number
  nextAt: Date
  lastAnswer: string | null
  createdAt: Date
}

/** 一处回调的发送，新的在前，一页至多 100 件；`next` 为下一页的 before。 */
export async function listDeliveries(
  tx: Tx,
  { bodyId, webhookId }: WebhookRef,
  { status, before, limit }: { status?: Delivery['status'] | undefined; before?: string | null; limit: number },
): Promise<{ rows: Delivery[]; next: string | null }> {
  let query = tx
    .selectFrom('api_delivery')
    .select(['delivery_id as deliveryId', 'event', 'event_id as eventId', 'status', 'attempts', 'next_at as nextAt', 'last_answer as lastAnswer', 'created_at as createdAt'])
    .where('body_id', '=', bodyId)
    .where('webhook_id', '=', webhookId)
  if (status !== undefined) query = query.where('status', '=', status)
  if (before != null) query = query.where('delivery_id', '<', before)
  const most = Math.min(Math.max(limit, 1), 100)
  const rows = await query.orderBy('delivery_id', 'desc').limit(most + 1).execute()
  return { rows: rows.slice(0, most), next: rows.length > most ? (rows[most - 1]?.deliveryId ?? null) : null }
}
