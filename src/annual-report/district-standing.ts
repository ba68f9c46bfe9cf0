import type { Tx } from '../platform/db.ts'
import { yearOf, type PlainDate } from '../statute/plain-date.ts'
import { filingDue } from './collection/due-days.ts'
import { listFilers } from './collection/filings.ts'

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
  const filers = await listFilers(tx, year, today)
  const released = filers.filter((one) => one.filedOn !== null && one.publishedOn !== null)
  // 上传报送的，系统里没有编制
  const missing = filers.filter((one) => one.filedOn === null && one.reportStatus === null)
  return {
    year,
    released: released.length,
    underway: filers.length - released.length - missing.length,
    missing: missing.map(({ name }) => name),
    late: (await filingDue(tx, year)).dueOn < today,
  }
}
