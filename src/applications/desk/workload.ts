import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 一个承办人手上的；`handler` 为 null 即没有分派的。 */
export interface Workload {
  handler: string | null
  open: number
  /** 期限暂停的：待补正、待缴费、征求意见 */
  paused: number
  overdue: number
  /** 到期之日早于 `horizon` 而未逾期的 */
  soon: number
}

/** 各承办人手上在办的件数；手上多的在前，至多二百人。 */
export async function listWorkload(tx: Tx, bodyId: string, { today, horizon }: { today: PlainDate; horizon: PlainDate }): Promise<Workload[]> {
  const { rows } = await sql<Workload>`
    select handler, count(*) as open, count(*) filter (where clock in ('stopped', 'consulting')) as paused,
      count(*) filter (where due_on < ${today}::date) as overdue,
      count(*) filter (where due_on >= ${today}::date and due_on < ${horizon}::date) as soon
    from application where body_id = ${bodyId} and counted and decided_on is null
    group by handler order by count(*) desc, handler limit 200`.execute(tx)
  return rows
}

/** 某几日之间各日到期的在办申请，按到期之日；至多二百件。 */
export async function listDueBetween(tx: Tx, bodyId: string, from: PlainDate, to: PlainDate): Promise<{ caseId: string; regNo: string; content: string; dueOn: PlainDate }[]> {
  const { rows } = await sql<{ caseId: string; regNo: string; content: string; dueOn: PlainDate }>`
    select case_id as "caseId", reg_no as "regNo", content, due_on as "dueOn" from application
    where body_id = ${bodyId} and decided_on is null and counted and due_on between ${from}::date and ${to}::date
    order by due_on, case_id limit 200`.execute(tx)
  return rows
}
