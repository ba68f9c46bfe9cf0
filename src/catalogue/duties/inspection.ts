import type { PlainDate } from '../../statute/plain-date.ts'
import type { BoardSummary } from './duty-board.ts'
import type { FindingKind } from './finding.ts'

/** 自查当日的数，做成即冻结。 */
export interface InspectionFacts {
  /** 机关当日的名称 */
  bodyName: string
  /** 本年公开几条 */
  publishedThisYear: number
  summary: BoardSummary
  /** 各种发现几处；列不下的也在数里 */
  found: Partial<Record<FindingKind, number>>
  /** 外链查到何日；没有查过的为 null */
  linksCheckedOn: PlainDate | null
}
