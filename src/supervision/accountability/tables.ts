import type { PlainDate } from '../../statute/plain-date.ts'
import type { EvidenceType } from '../progress/evidence-file.ts'
import type { Status } from './matter.ts'

export interface AccountabilityMatterTable {
  body_id: string
  matter_id: string
  version: number
  ledger_key: string | null
  status: Status
  title: string
  trigger: string | null
  measures: string[]
  opened_on: PlainDate
  reply_by: PlainDate | null
  decided_on: PlainDate | null
  rectify_by: PlainDate | null
  closed_on: PlainDate | null
  withdrawn_on: PlainDate | null
  updated_at: Date
}

export interface AccountabilityRecordTable {
  body_id: string
  trigger: string
  record_id: string
  year: number
  label: string
  note: string
  matter_id: string | null
  reason: string | null
  handled_by: string
  handled_on: PlainDate
}

export interface AccountabilityFileTable {
  body_id: string
  file_id: string
  matter_id: string
  step: 'tell' | 'reply' | 'rectify'
  file_key: string
  name: string
  type: EvidenceType
  size: number
  added_by: string
  added_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    accountability_matter: AccountabilityMatterTable
    accountability_record: AccountabilityRecordTable
    accountability_file: AccountabilityFileTable
  }
}
