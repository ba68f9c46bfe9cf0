import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

const countEvents =
  (kind: 'warning-waived' | 'returned') =>
  async (tx: Tx, bodyIds: readonly string[], { from, to }: { from: PlainDate; to: PlainDate }): Promise<Map<string, number>> => {
    const { rows } = await sql<{ bodyId: string; n: number }>`select body_id as "bodyId", count(*) as n from timeline_event
      where body_id = any(${[...bodyIds]}::uuid[]) and at >= ${from}::date::timestamp at time zone 'Asia/Shanghai' and at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'
        and stream = 'annual-report' and kind = ${kind} group by body_id`.execute(tx)
    return new Map(rows.map(({ bodyId, n }) => [bodyId, n]))
  }

/** 若干机关一段日子里，年度报告的提醒作了说明几处、退回起草几次；供培训的建议。 */
export const reportTroubles = { waived: countEvents('warning-waived'), returned: countEvents('returned') }
