import type { Generated } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Basis, Channel, Matter, Outcome, Rating, Status } from './complaint.ts'

export interface ComplaintTable {
  body_id: string
  complaint_id: string
  version: number
  ledger_key: string | null
  reg_no: string
  status: Status
  channel: Channel
  basis: Basis
  matter: Matter
  anonymous: boolean
  about_body_id: string
  received_on: PlainDate
  due_on: PlainDate | null
  handler: string | null
  barred: string[]
  merged_into: string | null
  found_on: PlainDate | null
  drafted_on: PlainDate | null
  drafted_by: string | null
  reopened_on: PlainDate | null
  stripped_on: PlainDate | null
  outcome: Outcome | null
  decided_on: PlainDate | null
  answered_on: PlainDate | null
  rating: Rating | null
  closed_on: PlainDate | null
  updated_at: Date
}

interface Sealed {
  body_id: string
  complaint_id: string
}

declare module '../../platform/db.ts' {
  interface Tables {
    complaint: ComplaintTable
    complaint_strip: { body_id: string; strip_id: string; before_on: PlainDate; cases: number; state: 'proposed' | 'approved' | 'returned'; proposed_by: string[]; proposed_on: PlainDate; decided_by: string | null; decided_on: PlainDate | null; reason: string }
    complaint_number: { body_id: string; year: number; last: Generated<number> }
    complaint_person: Sealed & { person_sealed: Buffer; saved_at: Date }
    complaint_text: Sealed & { text_id: string; kind: 'content' | 'accused' | 'supply' | 'feedback'; text_sealed: Buffer; saved_at: Date }
    complaint_file: Sealed & { file_id: string; type: 'pdf' | 'jpeg' | 'png' | 'docx'; size: number; name_sealed: Buffer; content_sealed: Buffer; added_by: string | null; added_at: Date }
    complaint_access: Sealed & { code_hash: Buffer; created_at: Date }
    complaint_mail: Sealed & { message_hash: Buffer; sender_hash: Buffer; ack_id: string | null; received_at: Date }
  }
}
