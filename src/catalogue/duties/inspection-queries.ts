import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { InspectionFacts } from './inspection.ts'

/** 一机关一次自查的数；各处发现另取。 */
export interface Inspection {
  bodyId: string
  day: PlainDate
  facts: InspectionFacts
  open: number
  fixed: number
  madeAt: Date
}

/** 一机关的各次自查，近的在前。 */
export async function listInspections(tx: Tx, bodyId: string, { limit, offset }: { limit: number; offset: number }): Promise<Inspection[]> {
  const rows = await tx.selectFrom('duty_inspection').selectAll().where('body_id', '=', bodyId).orderBy('day', 'desc').limit(Math.min(limit, 200)).offset(offset).execute()
  return rows.map((row) => ({ bodyId: row.body_id, day: row.day, facts: row.facts, open: row.open, fixed: row.fixed, madeAt: row.made_at }))
}

export async function countInspections(tx: Tx, bodyId: string): Promise<number> {
  const { n } = await tx.selectFrom('duty_inspection').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
  return n
}

/** 全区各次自查的合计，近的在前，至多五十次。 */
export async function listInspectionDays(tx: Tx): Promise<{ day: PlainDate; bodies: number; open: number; fixed: number }[]> {
  const { rows } = await sql<{ day: PlainDate; bodies: number; open: number; fixed: number }>`
    select day, count(*) as bodies, sum(open)::int as open, sum(fixed)::int as fixed from duty_inspection group by day order by day desc limit 50`.execute(tx)
  return rows
}

/** 某日各机关的自查，待整改多的在前；给 bodyId 的只取一机关。 */
export async function listInspectionsOn(tx: Tx, day: PlainDate, bodyId?: string): Promise<Inspection[]> {
  let query = tx.selectFrom('duty_inspection').selectAll().where('day', '=', day).orderBy('open', 'desc').orderBy('body_id').limit(1000)
  if (bodyId !== undefined) query = query.where('body_id', '=', bodyId)
  return (await query.execute()).map((row) => ({ bodyId: row.body_id, day: row.day, facts: row.facts, open: row.open, fixed: row.fixed, madeAt: row.made_at }))
}
