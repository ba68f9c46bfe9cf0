import type { Day } from './days.ts'
import type { OutcomeCode } from './outcome-table.ts'

/** 报告表三的列。 */
export type Column = 'N' | 'B' | 'R' | 'P' | 'L' | 'O'
export type Whom = 'THIRD_PARTY' | 'CO_AGENCY' | 'OTHER_AGENCY'
export type Method = 'DIRECT' | 'ENTRUSTED' | 'POST'

/** 一件申请上做成的一件事；`on` 为生效之日，先后照记下的次序。 */
export type Act = { on: Day } & (
  | { act: 'received'; column: Column }
  | { act: 'examined' | 'supplemented' | 'fee-paid' | 'withdrawn' | 'archived' | 'split' | 'unmerged' | 'voided' | 'decision-returned' | 'served' | 'closed' }
  /** `late` 为过了七个工作日才告知：期限照走，办到哪一步不变 */
  | { act: 'supplement-asked'; workdays: number; late?: boolean }
  | { act: 'supplement-postponed'; by: Day }
  | { act: 'consultation-sent'; id: string; whom: Whom }
  | { act: 'consultation-delivered' | 'consultation-returned' | 'consultation-expired'; id: string }
  | { act: 'reason-asked'; by: Day }
  | { act: 'reason-given'; reasonable: boolean }
  | { act: 'deferred'; until: Day }
  | { act: 'extended'; days: number }
  | { act: 'fee-noticed'; pages: number }
  | { act: 'proposed'; outcome: OutcomeCode }
  | { act: 'decided'; outcome: OutcomeCode }
  | { act: 'dispatched'; method: Method }
  | { act: 'merged'; into: string }
  | { act: 'corrected'; receivedOn: Day; column: Column }
  | { act: 'outcome-corrected'; outcome: OutcomeCode }
)

/** 机构的几项设置。 */
export interface Rules {
  pauseFrom: 'SENT' | 'DELIVERED'
  afterFee: 'AGAIN' | 'GO_ON'
  withdrawRow: 'R3.6.3' | 'R3.6.1'
  adminQueryReviewFirst: boolean
}
