import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { countedPeriod } from './report-facts.ts'
import type { ApplicantKind } from './events.ts'

/** 格的件数，键为 `行.列`，如 `R3.1.N`；只有记录直接数出的行（R1、R2、R3 的叶子、R4）与六列，没有的为零。 */
export type ReportCounts = Readonly<Record<string, number>>

/**
 * 数出某机构某年表三各格，统计到 `asOf`（不晚于年末）。
 * 每件恰进 R1 或 R2 之一、R3 某一行或 R4 之一，故第一项加第二项等于第三项加第四项。
 * 三段互不相交，各走一个索引：本年新收；上年及以前收到而本年以后才办结；上年及以前收到而至今未结。
 * 第二段写作 `received_on + 0`，免得通用计划去走收到日期的索引、把历年的都读一遍。
 */
export async function countForReport(tx: Tx, bodyId: string, year: number, asOf: PlainDate): Promise<ReportCounts> {
  const { from, to } = countedPeriod(year, asOf)
  const { rows } = await sql<{ kind: ApplicantKind; fresh: boolean; row: string | null; n: number }>`
    select kind, fresh, row, count(*) as n from (
      select applicant_kind as kind, true as fresh, case when decided_on <= ${to}::date then report_row end as row
      from application where body_id = ${bodyId} and counted and not redo_uncounted and received_on between ${from}::date and ${to}::date
      union all
      select applicant_kind, false, case when decided_on <= ${to}::date then report_row end
      from application where body_id = ${bodyId} and counted and not redo_uncounted and decided_on >= ${from}::date and received_on + 0 < ${earlier(from, to)}::date
      union all
      select applicant_kind, false, null
      from application where body_id = ${bodyId} and counted and not redo_uncounted and decided_on is null and received_on < ${earlier(from, to)}::date
    ) record group by kind, fresh, row`.execute(tx)
  const counts: Record<string, number> = {}
  const add = (cell: string, n: number): void => void (counts[cell] = (counts[cell] ?? 0) + n)
  for (const { kind, fresh, row, n } of rows) {
    add(`${fresh ? 'R1' : 'R2'}.${kind}`, n)
    add(`${row ?? 'R4'}.${kind}`, n)
  }
  return counts
}

// 截止之日早于该年的（尚未开始的年度），只数截止之日以前收到的
const earlier = (from: PlainDate, to: PlainDate): PlainDate => (to < from ? to : from)

/** 某年收取的信息处理费，报告第六部分用：几件、共多少分。 */
export async function sumFees(tx: Tx, bodyId: string, year: number, asOf: PlainDate): Promise<{ cases: number; amount: number }> {
  const { from, to } = countedPeriod(year, asOf)
  const { rows } = await sql<{ cases: number; amount: number }>`
    select count(*) as cases, coalesce(sum(fee_amount), 0)::bigint as amount from application
    where body_id = ${bodyId} and counted and fee_amount > 0 and fee_on between ${from}::date and ${to}::date`.execute(tx)
  return rows[0] ?? { cases: 0, amount: 0 }
}
