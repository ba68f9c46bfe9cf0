import type { PlainDate } from '../statute/plain-date.ts'
import type { Cause } from './lessons/lesson.ts'
import type { LitigationStatus, RoleInCourt } from './litigation.ts'
import type { DutyKind } from './performance/duty.ts'
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
  posted_on: PlainDate | null
  application_id: string | null
  handler: string | null
  lesson_cause: Cause | null
  lesson_unit: string | null
  lesson_words: string | null
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
  posted_on: PlainDate | null
  application_id: string | null
  review_id: string | null
  handler: string | null
  lesson_cause: Cause | null
  lesson_unit: string | null
  lesson_words: string | null
  updated_at: Date
}

export interface DisputePartyTable {
  body_id: string
  party_id: string
  case_id: string
  role: 'claimant' | 'third-party' | 'agent'
  kind: 'person' | 'organisation'
  name_sealed: Buffer
  id_no_sealed: Buffer | null
  contact_sealed: Buffer | null
  added_by: string
  added_at: Date
}

export interface DisputeEvidenceTable {
  body_id: string
  evidence_id: string
  case_id: string
  position: number
  source: 'paper' | 'letter' | 'upload' | 'listed'
  source_id: string | null
  content_sealed: Buffer
  file_key: string | null
  file_type: 'pdf' | 'docx' | 'jpeg' | 'png' | null
  file_size: number | null
  submitted_on: PlainDate | null
  added_by: string
  added_at: Date
}

export interface DisputeLetterTable {
  body_id: string
  letter_id: string
  case_id: string
  type: 'review-answer' | 'suit-answer' | 'opinion-report' | 'suggestion-reply'
  duty_id: string | null
  status: 'draft' | 'submitted' | 'returned' | 'issued'
  content_sealed: Buffer
  remark_sealed: Buffer | null
  drafted_by: string[]
  doc_no: string | null
  model_sealed: Buffer | null
  model_hash: string | null
  issued_by: string | null
  issued_on: PlainDate | null
  sent_on: PlainDate | null
  drafted_at: Date
  version: number
}

export interface DisputeDutyTable {
  body_id: string
  case_id: string
  duty_id: string
  kind: DutyKind
  from_on: PlainDate
  due_on: PlainDate | null
  application_id: string | null
  done_on: PlainDate | null
  dropped_on: PlainDate | null
}

declare module '../platform/db.ts' {
  interface Tables {
    review_case: ReviewCaseTable
    litigation_case: LitigationCaseTable
    dispute_party: DisputePartyTable
    dispute_duty: DisputeDutyTable
    dispute_evidence: DisputeEvidenceTable
    dispute_letter: DisputeLetterTable
    dispute_number: { body_id: string; word: '复答' | '诉答' | '复馈' | '诉馈'; year: number; last: number }
  }
}
