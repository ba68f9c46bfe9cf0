import './tables.ts'
import { sql } from 'kysely'
import type { RecordSource } from '../../platform/record-source.ts'

/** 期间举办了的培训，一场一条；合计为学时，半学时计作 0.5。 */
export const trainingHeld: RecordSource = {
  count: async (tx, { bodyIds, from, to }) => {
    const { rows } = await sql<{ bodyId: string; total: number; hours: number }>`
      select body_id as "bodyId", count(*) as total, sum(half_hours)::int as hours from training_session
      where body_id = any(${[...bodyIds]}::uuid[]) and state = 'held' and held_on between ${from}::date and ${to}::date group by 1`.execute(tx)
    return new Map(rows.map(({ bodyId, total, hours }) => [bodyId, { total, good: hours / 2 }]))
  },
  list: async (tx, { bodyId, from, to }, { limit, offset }) => {
    const rows = await tx
      .selectFrom('training_session')
      .select(['session_id', 'topic', 'held_on', 'half_hours'])
      .where('body_id', '=', bodyId)
      .where('state', '=', 'held')
      .where('held_on', '>=', from)
      .where('held_on', '<=', to)
      .orderBy('held_on')
      .orderBy('session_id')
      .limit(Math.min(limit, 1000))
      .offset(offset)
      .execute()
    return rows.map((row) => ({ recordId: row.session_id, label: row.topic, note: `${row.half_hours / 2} 学时`, on: row.held_on, good: true }))
  },
}
