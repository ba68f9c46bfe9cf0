import type { PlainDate } from '../../statute/plain-date.ts'
import type { EvidenceType } from './evidence-file.ts'

export interface ProgressNoteTable {
  body_id: string
  note_id: string
  subject_id: string
  on_day: PlainDate
  said: string
  href: string | null
  file_key: string | null
  file_name: string | null
  file_type: EvidenceType | null
  file_size: number | null
  said_by: string
  said_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    progress_note: ProgressNoteTable
  }
}
