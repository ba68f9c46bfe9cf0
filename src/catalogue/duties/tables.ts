import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { PublicationCode } from '../publication-codes.ts'
import type { FindingKind } from './finding.ts'
import type { InspectionFacts } from './inspection.ts'

export interface DutyScopeTable {
  body_id: string
  code: PublicationCode
  applies: boolean
  reason: string
  set_by: string
  set_at: Date
}

export interface OutboundLinkTable {
  body_id: string
  link_key: string
  url: string
  failures: number
  answer: string | null
  checked_at: Date | null
  broken_on: PlainDate | null
  seen_at: Date
}

export interface OutboundLinkPlaceTable {
  body_id: string
  link_key: string
  place: string
}

export type FileFaultKind = 'missing' | 'wrong-type' | 'empty' | 'unreadable'

export interface FileFaultTable {
  body_id: string
  item_id: string
  file_key: string
  name: string
  kind: FileFaultKind
  note: string | null
  found_on: PlainDate
}

export interface DutyInspectionTable {
  body_id: string
  day: PlainDate
  facts: ColumnType<InspectionFacts, string, never>
  open: number
  fixed: number
  made_at: Date
}

export interface DutyInspectionFindingTable {
  body_id: string
  day: PlainDate
  finding_key: string
  kind: FindingKind
  state: 'open' | 'fixed'
  title: string
  note: string
  href: string
  since: PlainDate
}

declare module '../../platform/db.ts' {
  interface Tables {
    duty_scope: DutyScopeTable
    outbound_link: OutboundLinkTable
    outbound_link_place: OutboundLinkPlaceTable
    file_fault: FileFaultTable
    duty_inspection: DutyInspectionTable
    duty_inspection_finding: DutyInspectionFindingTable
  }
}
