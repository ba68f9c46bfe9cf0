import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { EvidenceType } from '../progress/evidence-file.ts'
import type { Hundredths, Indicator } from './indicator.ts'

export interface AssessmentSchemeTable {
  body_id: string
  scheme_id: string
  version: number
  year: number
  title: string
  basis: string
  state: 'draft' | 'open' | 'published'
  indicators: ColumnType<Indicator[], string, string>
  last_code: number
  ranking: boolean
  self_by: PlainDate | null
  appeal_days: number
  opened_on: PlainDate | null
  published_on: PlainDate | null
  updated_at: Date
}

export interface AssessmentSheetTable {
  body_id: string
  scheme_id: string
  version: number
  year: number
  position: number
  state: 'self' | 'submitted' | 'checked' | 'accepted' | 'appealed' | 'decided' | 'excused'
  submitted_by: string | null
  submitted_on: PlainDate | null
  checked_by: string | null
  checked_on: PlainDate | null
  appeal_by: PlainDate | null
  answered_by: string | null
  answered_on: PlainDate | null
  decided_by: string | null
  decided_on: PlainDate | null
  excused: string | null
}

export interface AssessmentLineTable {
  body_id: string
  scheme_id: string
  code: string
  self: Hundredths | null
  self_note: string | null
  exempted: string | null
  checked: Hundredths | null
  check_note: string | null
  seen_total: number | null
  seen_good: number | null
  appeal: string | null
  decided: Hundredths | null
  decision: string | null
}

export interface AssessmentEvidenceTable {
  body_id: string
  evidence_id: string
  scheme_id: string
  code: string
  stage: 'self' | 'check' | 'appeal' | 'decide'
  file_key: string
  name: string
  type: EvidenceType
  size: number
  added_by: string
  added_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    assessment_scheme: AssessmentSchemeTable
    assessment_sheet: AssessmentSheetTable
    assessment_line: AssessmentLineTable
    assessment_evidence: AssessmentEvidenceTable
    assessment_result: { body_id: string; scheme_id: string; content: string; hash: string; published_by: string; published_on: PlainDate }
  }
}
