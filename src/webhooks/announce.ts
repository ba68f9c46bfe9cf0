import './tables.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { enqueue } from '../platform/jobs.ts'
import { RETRY } from './webhook.ts'
import type { WebhookEvent } from './webhook.ts'

/** 一件要报的事：只有代码、状态与日期，不得有个人信息。 */
export interface Announcement {
  bodyId: string
  event: WebhookEvent
  data: Readonly<Record<string, string | number | null>>
}

/** 有在用的回调的机关，与其所订的事；没有人订的不在其中，不必再算改了什么。 */
export async function listListeners(tx: Tx, bodyIds: readonly string[]): Promise<{ bodyId: string; webhookId: string; events: readonly string[] }[]> {
  if (bodyIds.length === 0) return []
  return tx
    .selectFrom('api_webhook')
    .select(['body_id as bodyId', 'webhook_id as webhookId', 'events'])
    .where('body_id', 'in', [...new Set(bodyIds)])
    .where('status', '=', 'active')
    .limit(1000)
    .execute()
}

/** 报出若干事，与所报的改动同一事务：事务退回则没有这些回调。`make` 只在有人订时才算。 */
export async function announce(tx: Tx, bodyIds: readonly string[], at: Date, make: () => readonly Announcement[]): Promise<void> {
  const listeners = await listListeners(tx, bodyIds)
  if (listeners.length === 0) return
  const rows = make().flatMap(({ bodyId, event, data }) => {
    const eventId = newId()
    const payload = JSON.stringify({ id: eventId, event, at: at.toISOString(), data })
    return listeners
      .filter((one) => one.bodyId === bodyId && one.events.includes(event))
      .map(({ webhookId }) => ({
        body_id: bodyId, delivery_id: newId(), webhook_id: webhookId, event_id: eventId, event, payload, status: 'waiting' as const,
        attempts: 0, next_at: at, give_up_at: new Date(at.getTime() + RETRY.giveUpMs), last_answer: null, created_at: at, settled_at: null,
      }))
  })
  for (let from = 0; from < rows.length; from += 500) await tx.insertInto('api_delivery').values(rows.slice(from, from + 500)).execute()
  for (const row of rows) await enqueueDelivery(tx, { bodyId: row.body_id, deliveryId: row.delivery_id })
}

/** 交办一次发送。 */
export const enqueueDelivery = (tx: Tx, ref: { bodyId: string; deliveryId: string }, runAt?: Date): Promise<void> =>
  enqueue(tx, 'webhooks.deliver', ref, { key: `webhook:${ref.deliveryId}`, maxAttempts: 5, ...(runAt === undefined ? {} : { runAt }) })
