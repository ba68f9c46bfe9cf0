import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ProposalKind, Publication } from './proposal.ts'

export interface ProposalTable {
  body_id: string
  proposal_id: string
  version: number
  year: number
  kind: ProposalKind
  number: string
  title: string
  unit: string
  answered_on: PlainDate | null
  publication: Publication
  index_no: string | null
  published_on: PlainDate | null
  changed_by: string
  changed_at: Date
}

export interface KeyFieldTable {
  body_id: string
  entry_id: string
  version: number
  year: number
  field: string
  content: string
  index_nos: ColumnType<string[], string, string>
  count: number
  changed_by: string
  changed_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    proposal: ProposalTable
    key_field: KeyFieldTable
  }
}
