import type { PlainDate } from '../../statute/plain-date.ts'

export interface ConsentTable {
  body_id: string
  consent_id: string
  case_id: string
  agreed: boolean
  source: 'applicant' | 'paper'
  proof: string | null
  recorded_by: string
  recorded_at: Date
}

export interface LetterOpeningTable {
  body_id: string
  letter_id: string
  first_on: PlainDate
  first_at: Date
  last_at: Date
  times: number
}

export interface RatingTable {
  body_id: string
  case_id: string
  score: 'satisfied' | 'basic' | 'dissatisfied'
  words_sealed: Buffer | null
  rated_on: PlainDate
  changed_at: Date
}

export interface SameInformationTable {
  body_id: string
  group_id: string
  applicants: number
  item_id: string | null
  declined_reason: string | null
  settled_by: string | null
  settled_on: PlainDate | null
  updated_at: Date
}

export interface SameInformationCaseTable {
  body_id: string
  case_id: string
  group_id: string
  linked_by: string
  linked_at: Date
  suggested_on: PlainDate | null
  suggested_because: 'interest' | 'awareness' | 'participation' | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    application_consent: ConsentTable
    application_letter_opening: LetterOpeningTable
    application_rating: RatingTable
    same_information: SameInformationTable
    same_information_case: SameInformationCaseTable
  }
}
