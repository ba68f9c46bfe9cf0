import type { PlainDate } from '../../statute/plain-date.ts'
import type { Channel } from '../../statute/receipt.ts'
import type { ApplicantKind } from '../events.ts'
import type { CorrectionResult, CorrectionStatus } from './record-correction.ts'

export interface RecordCorrectionTable {
  body_id: string
  correction_id: string
  reg_no: string
  status: CorrectionStatus
  applicant_id: string
  applicant_kind: ApplicantKind
  channel: Channel
  received_on: PlainDate
  request_sealed: Buffer
  result: CorrectionResult | null
  answer_sealed: Buffer | null
  proposed_on: PlainDate | null
  proposed_by: string | null
  returned_reason: string | null
  decided_on: PlainDate | null
  decided_by: string | null
  doc_no: string | null
  letter_sealed: Buffer | null
  letter_hash: string | null
  told_on: PlainDate | null
  withdrawn_on: PlainDate | null
  registered_by: string
  registered_at: Date
  version: number
}

declare module '../../platform/db.ts' {
  interface Tables {
    record_correction: RecordCorrectionTable
    record_correction_number: { body_id: string; year: number; last: number }
  }
}
