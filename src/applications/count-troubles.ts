import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { LATE_REPLY } from './late-reply.ts'

interface Period {
  from: PlainDate
  to: PlainDate
}

/** 若干机关一段日子（两端都算）里逾期的答复各几件；没有的不在其中。 */
export async function countLateReplies(tx: Tx, bodyIds: readonly string[], { from, to }: Period): Promise<Map<string, number>> {
  const { rows } = await sql<{ bodyId: string; n: number }>`select body_id as "bodyId", count(*) as n from application
    where body_id = any(${[...bodyIds]}::uuid[]) and counted and decided_on between ${from}::date and ${to}::date and ${LATE_REPLY} group by body_id`.execute(tx)
  return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
}

/** 若干机关一段日子（两端都算）里签批时退回文书各几次；没有的不在其中。 */
export async function countReturnedLetters(tx: Tx, bodyIds: readonly string[], { from, to }: Period): Promise<Map<string, number>> {
  const { rows } = await sql<{ bodyId: string; n: number }>`select body_id as "bodyId", count(*) as n from application_letter_remark
    where body_id = any(${[...bodyIds]}::uuid[]) and kind = 'returned'
      and made_at >= ${from}::date::timestamp at time zone 'Asia/Shanghai' and made_at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai' group by body_id`.execute(tx)
  return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
}
