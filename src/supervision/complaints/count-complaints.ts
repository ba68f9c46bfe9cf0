import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 期间收到的投诉、反映；转出的、并入的不另计。 */
export interface ComplaintCounts {
  /** 反映本机关的，不论归谁办 */
  received: number
  /** 其中已作结论的 */
  decided: number
  /** 其中成立、部分成立的 */
  founded: number
  /** 本机关办的 */
  handled: number
  /** 其中超过期限才答复的，与至 `to` 之日过了期限还没有答复的 */
  late: number
}

const COUNTED = sql`status not in ('transferred', 'merged', 'withdrawn')`

/** 一机构自 `from` 至 `to`（都含）收到的；供考核与统计。 */
export async function countComplaints(tx: Tx, { bodyId, from, to }: { bodyId: string; from: PlainDate; to: PlainDate }): Promise<ComplaintCounts> {
  const within = sql`received_on between ${from}::date and ${to}::date and ${COUNTED}`
  const { rows: about } = await sql<Pick<ComplaintCounts, 'received' | 'decided' | 'founded'>>`
    select count(*) as received, count(outcome) as decided, count(*) filter (where outcome in ('founded', 'partly')) as founded
    from complaint where about_body_id = ${bodyId} and ${within}`.execute(tx)
  const { rows: own } = await sql<Pick<ComplaintCounts, 'handled' | 'late'>>`
    select count(*) as handled, count(*) filter (where due_on is not null and status <> 'declined' and coalesce(answered_on, ${to}::date) > due_on) as late
    from complaint where body_id = ${bodyId} and ${within}`.execute(tx)
  return { received: 0, decided: 0, founded: 0, handled: 0, late: 0, ...about[0], ...own[0] }
}
