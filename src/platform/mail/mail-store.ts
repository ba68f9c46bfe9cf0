import './tables.ts'
import { sql } from 'kysely'
import { seal, unseal } from '../crypto.ts'
import type { FieldKeys } from '../crypto.ts'
import type { Tx } from '../db.ts'
import type { Mail } from './mail.ts'

const placeOf = (bodyId: string, mailId: string): string => `mail_out/${bodyId}/${mailId}/to`

/** 发出之时才写的：由谁写、写什么，只写 id 与时刻。 */
export interface LateMail {
  composer: string
  about: Readonly<Record<string, string>>
}

export async function insertMail(tx: Tx, keys: FieldKeys, bodyId: string, mail: Mail, at: Date, late: LateMail | null = null): Promise<void> {
  await tx
    .insertInto('mail_out')
    .values({
      body_id: bodyId,
      mail_id: mail.mailId,
      to_sealed: seal(keys, mail.to, placeOf(bodyId, mail.mailId)),
      subject: mail.subject,
      text_body: mail.text,
      composer: late?.composer ?? null,
      about: late === null ? null : JSON.stringify(late.about),
      state: 'waiting',
      attempts: 0,
      next_at: at,
      fault: null,
      created_at: at,
      done_at: null,
    })
    .onConflict((oc) => oc.columns(['body_id', 'mail_id']).doNothing())
    .execute()
}

/** 取来要发的一封；地址解不开的 `to` 为 null。 */
export interface TakenMail extends Omit<Mail, 'to'> {
  bodyId: string
  to: string | null
  attempts: number
  createdAt: Date
  composer: string | null
  about: Record<string, unknown> | null
}

/** 取到期要发的，至多 `limit` 封，并把它们推后到 `until`：进程中途没了，到时再发；别的进程此间不取。 */
export async function takeMails(tx: Tx, keys: FieldKeys, { at, until, limit }: { at: Date; until: Date; limit: number }): Promise<TakenMail[]> {
  const { rows } = await sql<{ bodyId: string; mailId: string; sealed: Buffer; subject: string; text: string; attempts: number; createdAt: Date; composer: string | null; about: Record<string, unknown> | null }>`
    update mail_out set attempts = attempts + 1, next_at = ${until}
    where (body_id, mail_id) in (
      select body_id, mail_id from mail_out where state = 'waiting' and next_at <= ${at} order by next_at limit ${limit} for update skip locked)
    returning body_id as "bodyId", mail_id as "mailId", to_sealed as sealed, subject, text_body as text, attempts, created_at as "createdAt", composer, about`.execute(tx)
  return rows
    .toSorted((a, b) => (a.mailId < b.mailId ? -1 : 1))
    .map(({ sealed, ...rest }) => ({ ...rest, to: open(keys, sealed, placeOf(rest.bodyId, rest.mailId)) }))
}

// 换过 SECRET_KEY 的，地址就解不开了
function open(keys: FieldKeys, sealed: Buffer, place: string): string | null {
  try {
    return unseal(keys, sealed, place)
  } catch {
    return null
  }
}

interface Ref {
  bodyId: string
  mailId: string
}

/** 发出或者不再发；地址清去。 */
export async function closeMail(tx: Tx, { bodyId, mailId }: Ref, state: 'sent' | 'failed', fault: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('mail_out')
    .set({ state, fault, done_at: at, to_sealed: null })
    .where('body_id', '=', bodyId)
    .where('mail_id', '=', mailId)
    .execute()
}

/** 已经没有可说的：删去，不发。 */
export async function dropMail(tx: Tx, { bodyId, mailId }: Ref): Promise<void> {
  await tx.deleteFrom('mail_out').where('body_id', '=', bodyId).where('mail_id', '=', mailId).execute()
}

export async function postponeMail(tx: Tx, { bodyId, mailId }: Ref, fault: string, nextAt: Date): Promise<void> {
  await tx.updateTable('mail_out').set({ fault, next_at: nextAt }).where('body_id', '=', bodyId).where('mail_id', '=', mailId).execute()
}

/** 等着发的、发不出的各几封；数到一万为止。 */
export async function countMails(tx: Tx): Promise<{ waiting: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; failed: number }>`select
    (select count(*) from (select from mail_out where state = 'waiting' limit 10000) w) as waiting,
    (select count(*) from (select from mail_out where state = 'failed' limit 10000) f) as failed`.execute(tx)
  return rows[0] ?? { waiting: 0, failed: 0 }
}

/** 删去这一刻之前办完的，一次至多五千封；返回删去几封。 */
export async function purgeMails(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`with gone as (
    delete from mail_out where (body_id, mail_id) in (select body_id, mail_id from mail_out where done_at < ${before} order by done_at limit 5000) returning 1)
    select count(*) as n from gone`.execute(tx)
  return rows[0]?.n ?? 0
}
