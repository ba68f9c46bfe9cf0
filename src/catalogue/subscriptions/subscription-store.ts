import './tables.ts'
import type { Selectable } from 'kysely'
import { keyedHash, seal, unseal } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { MailSubscriptionTable } from './tables.ts'
import type { Wish } from './subscription.ts'

export type SubscriptionRow = Selectable<MailSubscriptionTable>

const placeOf = (id: string): string => `mail_subscription/${id}/mail`

/** 认出同一地址的摘要；大小写不同的算同一个。 */
export const markOf = (keys: FieldKeys, mail: string): Buffer => keyedHash(keys, 'mail-subscription', mail.toLowerCase())

/** 收信的地址；换过 SECRET_KEY 的解不开，为 null。 */
export function addressOf(keys: FieldKeys, { subscription_id: id, mail_sealed: sealed }: SubscriptionRow): string | null {
  try {
    return unseal(keys, sealed, placeOf(id))
  } catch {
    return null
  }
}

export const toWish = (row: SubscriptionRow): Wish => ({ bodyId: row.body_id, topic: row.topic, words: row.words })

/** 一个地址的各份订阅，至多 `limit` 份。 */
export const listOfAddress = (tx: Tx, mark: Buffer, limit: number): Promise<SubscriptionRow[]> =>
  tx.selectFrom('mail_subscription').selectAll().where('mail_mark', '=', mark).orderBy('subscription_id').limit(limit).execute()

export const findSubscription = async (tx: Tx, id: string): Promise<SubscriptionRow | null> =>
  (await tx.selectFrom('mail_subscription').selectAll().where('subscription_id', '=', id).executeTakeFirst()) ?? null

export async function insertSubscription(tx: Tx, keys: FieldKeys, { id, mail, wish, at }: { id: string; mail: string; wish: Wish; at: Date }): Promise<void> {
  await tx
    .insertInto('mail_subscription')
    .values({
      subscription_id: id,
      mail_sealed: seal(keys, mail, placeOf(id)),
      mail_mark: markOf(keys, mail),
      body_id: wish.bodyId,
      topic: wish.topic,
      words: wish.words,
      state: 'waiting',
      created_at: at,
      confirmed_at: null,
      told_to: at,
    })
    .execute()
}

/** 没有确认又再订一次的：重新算四十八小时。 */
export async function renewSubscription(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('mail_subscription').set({ created_at: at }).where('subscription_id', '=', id).where('state', '=', 'waiting').execute()
}

/** 确认：自此刻起告知；确认过的不变。 */
export async function confirmSubscription(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('mail_subscription').set({ state: 'active', confirmed_at: at, told_to: at }).where('subscription_id', '=', id).where('state', '=', 'waiting').execute()
}

export async function deleteSubscription(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('mail_subscription').where('subscription_id', '=', id).execute()
}

/** 删去这一刻之前订而没有确认的。 */
export async function purgeUnconfirmed(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('mail_subscription').where('state', '=', 'waiting').where('created_at', '<', before).execute()
}

/** 逐页取生效的。 */
export async function listActive(tx: Tx, after: string | null, limit: number): Promise<SubscriptionRow[]> {
  let query = tx.selectFrom('mail_subscription').selectAll().where('state', '=', 'active')
  if (after !== null) query = query.where('subscription_id', '>', after)
  return query.orderBy('subscription_id').limit(limit).execute()
}

export async function markTold(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await tx.updateTable('mail_subscription').set({ told_to: at }).where('subscription_id', 'in', ids).where('told_to', '<', at).execute()
}
