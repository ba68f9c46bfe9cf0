import type { Insertable } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ExemptionCode } from '../exemptions.ts'

export interface ExemptionRegisterTable {
  body_id: string
  item_id: string
  attribute: 'on-request' | 'exempt'
  exemption: ExemptionCode | null
  reason: string | null
  determined_on: PlainDate
  reassessed_on: PlainDate | null
  assessed_from: PlainDate
}

export interface ExemptionAssessmentTable {
  body_id: string
  assessment_id: string
  item_id: string
  due_on: PlainDate
  state: 'proposed' | 'approved' | 'returned'
  result: 'keep' | 'open'
  reason: string
  proposed_by: string
  proposed_on: PlainDate
  on_behalf_of: string | null
  decided_by: string | null
  decided_on: PlainDate | null
  remark: string | null
}

export type RegisterRow = Omit<Insertable<ExemptionRegisterTable>, 'body_id' | 'item_id'>

declare module '../../platform/db.ts' {
  interface Tables {
    exemption_register: ExemptionRegisterTable
    exemption_assessment: ExemptionAssessmentTable
  }
}
