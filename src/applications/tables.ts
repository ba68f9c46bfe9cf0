import type { Generated } from 'kysely'
import type { Outcome } from '../statute/outcomes.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Channel } from '../statute/receipt.ts'
import type { Status } from './application.ts'
import type { ApplicantKind } from './events.ts'

export interface ApplicantTable {
  body_id: string
  applicant_id: string
  kind: ApplicantKind
  name_sealed: Buffer | null
  id_no_sealed: Buffer | null
  contact_sealed: Buffer | null
  details_sealed: Buffer | null
  name_hash: Buffer | null
  id_hash: Buffer | null
  created_at: Date
}

export interface ApplicationTable {
  body_id: string
  case_id: string
  reg_no: string
  status: Status
  channel: Channel | null
  applicant_kind: ApplicantKind
  applicant_id: string | null
  content: string
  split_from: string | null
  submitted_on: PlainDate | null
  received_on: PlainDate | null
  counted: boolean
  redo_of: string | null
  redo_dispute: string | null
  redo_uncounted: boolean
  clock: 'running' | 'consulting' | 'stopped' | 'no-calendar' | null
  due_on: PlainDate | null
  outcome: Outcome | null
  report_row: string | null
  decided_on: PlainDate | null
  doc_no: string | null
  handler: string | null
  merged_into: string | null
  co_handling_due: PlainDate | null
  dispatched_on: PlainDate | null
  served_on: PlainDate | null
  fee_amount: number
  fee_on: PlainDate | null
  source_hash: Buffer | null
  version: number
  updated_at: Date
}

export interface ApplicationPaperTable {
  body_id: string
  paper_id: string
  case_id: string
  kind: 'identity' | 'mandate' | 'envelope' | 'search' | 'other' | 'supplement' | 'payment'
  type: 'pdf' | 'jpeg' | 'png' | 'docx' | 'txt'
  size: number
  name_sealed: Buffer
  content_sealed: Buffer
  is_draft: boolean
  given_on: PlainDate
  given_at: Date
  /** 经办人附上的，其账号；申请人网上交来的为 null */
  added_by: string | null
}

export interface ConsultationPartyTable {
  body_id: string
  case_id: string
  consultation_id: string
  name_sealed: Buffer
  contact_sealed: Buffer | null
  saved_by: string
  saved_at: Date
}

export interface ApplicationLetterTable {
  body_id: string
  letter_id: string
  case_id: string
  type: string
  status: 'draft' | 'returned' | 'signed' | 'issued'
  content_sealed: Buffer
  drafted_by: string[]
  drafted_at: Date
  signed_by: string | null
  signed_for: PlainDate | null
  signed_hash: string | null
  doc_no: string | null
  model_sealed: Buffer | null
  content_hash: string | null
  issued_by: string | null
  issued_on: PlainDate | null
  /** 所告知的一步在时间线里的版本 */
  step_version: number | null
  /** 已去标识化：内容与文件只在档案包里 */
  stripped: Generated<boolean>
  version: number
}

export interface ApplicationLetterRemarkTable {
  body_id: string
  remark_id: string
  letter_id: string
  kind: 'returned' | 'resubmitted'
  remark_sealed: Buffer
  made_by: string
  made_at: Date
}

export interface ApplicationLetterFileTable {
  body_id: string
  letter_id: string
  format: 'pdf' | 'docx'
  file_key: string
  size: number
  hash: string
}

export interface ApplicationTallyTable {
  body_id: string
  on_day: PlainDate
  what: string
  tally_id: string
  n: number
}

declare module '../platform/db.ts' {
  interface Tables {
    applicant: ApplicantTable
    application: ApplicationTable
    application_tally: ApplicationTallyTable
    application_letter: ApplicationLetterTable
    application_letter_file: ApplicationLetterFileTable
    application_letter_remark: ApplicationLetterRemarkTable
    consultation_party: ConsultationPartyTable
    application_draft: { body_id: string; token_hash: Buffer; case_id: string; answers_sealed: Buffer | null; expires_at: Date }
    application_paper: ApplicationPaperTable
    application_access: { body_id: string; case_id: string; code_hash: Buffer; created_at: Date }
    suggestion_count: { body_id: string; day: PlainDate; shown: number; opened: number; helped: number }
    application_number: { body_id: string; year: number; last: number }
  }
}
