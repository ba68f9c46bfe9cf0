import type { PlainDate } from '../statute/plain-date.ts'
import type { LitigationStatus, RoleInCourt } from './litigation.ts'
import type { LitigationResult, ReviewResult } from './results.ts'
import type { Procedure, ReviewStatus } from './review.ts'

export interface ReviewCaseTable {
  body_id: string
  review_id: string
  version: number
  ledger_key: string | null
  status: ReviewStatus
  case_no: string
  authority: string | null
  decision_no: string | null
  procedure: Procedure
  received_on: PlainDate
  answer_due_on: PlainDate | null
  answered_on: PlainDate | null
  result: ReviewResult | null
  decided_on: PlainDate | null
  due_on: PlainDate | null
  hearing_on: PlainDate | null
  application_id: string | null
  handler: string | null
  updated_at: Date
}

export interface LitigationCaseTable {
  body_id: string
  litigation_id: string
  version: number
  ledger_key: string | null
  status: LitigationStatus
  case_no: string
  court: string | null
  decision_no: string | null
  after_review: boolean
  role: RoleInCourt
  received_on: PlainDate
  answer_due_on: PlainDate | null
  answered_on: PlainDate | null
  first_result: LitigationResult | null
  first_on: PlainDate | null
  appealed_on: PlainDate | null
  result: LitigationResult | null
  effective_on: PlainDate | null
  due_on: PlainDate | null
  hearing_on: PlainDate | null
  application_id: string | null
  review_id: string | null
  handler: string | null
  updated_at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    review_case: ReviewCaseTable
    litigation_case: LitigationCaseTable
  }
}
