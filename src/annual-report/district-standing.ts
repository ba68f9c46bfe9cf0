import { getCalendar, listBodies } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { reportDeadline } from '../statute/annual-deadlines.ts'
import { yearOf, type PlainDate } from '../statute/plain-date.ts'
import { owesReport } from './owes-report.ts'

/** 全区上一年度的报告办到哪里：应有报告的机构，各归一类。 */
export interface DistrictStanding {
  year: number
  released: number
  underway: number
  /** 还没有开始编制的机构 */
  missing: readonly string[]
  /** 报送、公布的期限已过 */
  late: boolean
}

export async function districtStanding(tx: Tx, today: PlainDate): Promise<DistrictStanding> {
  const year = yearOf(today) - 1
  const owing = (await listBodies(tx, { includeAbolished: true })).filter((body) => owesReport(body, year))
  const rows = await tx
    .selectFrom('annual_report')
    .select(['body_id', 'edition', 'filed_on', 'published_on'])
    .where('year', '=', year)
    .execute()
  // 更正中的，第一版已经报送、公布过
  const released = new Map(rows.map((row) => [row.body_id, row.edition > 1 || (row.filed_on !== null && row.published_on !== null)]))
  const states = owing.map((body) => released.get(body.bodyId))
  return {
    year,
    released: states.filter((one) => one === true).length,
    underway: states.filter((one) => one === false).length,
    missing: owing.filter((body) => !released.has(body.bodyId)).map((body) => body.name),
    late: reportDeadline(year, await getCalendar(tx)).dueOn < today,
  }
}
