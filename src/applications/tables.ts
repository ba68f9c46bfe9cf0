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
  clock: 'running' | 'consulting' | 'stopped' | 'no-calendar' | null
  due_on: PlainDate | null
  outcome: Outcome | null
  report_row: string | null
  decided_on: PlainDate | null
  doc_no: string | null
  dispatched_on: PlainDate | null
  served_on: PlainDate | null
  fee_amount: number
  fee_on: PlainDate | null
  source_hash: Buffer | null
  version: number
  updated_at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    applicant: ApplicantTable
    application: ApplicationTable
    application_number: { body_id: string; year: number; last: number }
  }
}
