import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 若干机关一段日子（两端都算）里，最近一次预检有阻断或者提醒的信息各几条；没有的不在其中。 */
export async function countHitItems(tx: Tx, bodyIds: readonly string[], { from, to }: { from: PlainDate; to: PlainDate }): Promise<Map<string, number>> {
  const { rows } = await sql<{ bodyId: string; n: number }>`select body_id as "bodyId", count(*) as n from item_precheck
    where body_id = any(${[...bodyIds]}::uuid[])
      and checked_at >= ${from}::date::timestamp at time zone 'Asia/Shanghai' and checked_at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'
      and jsonb_path_exists(hits, '$[*] ? (@.severity == "block" || @.severity == "warn")') group by body_id`.execute(tx)
  return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
}
