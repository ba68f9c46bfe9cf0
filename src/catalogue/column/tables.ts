import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { PartContent, PartName } from './column-parts.ts'
import type { ColumnFacts } from './column-facts.ts'

export interface ColumnVersionTable {
  body_id: string
  version_id: string
  part: PartName
  status: 'draft' | 'submitted' | 'published' | 'past'
  number: number | null
  content: ColumnType<PartContent, string, string>
  content_hash: string
  facts: ColumnType<Partial<ColumnFacts>, string, string>
  drafted_by: string[]
  changed_at: Date
  returned_reason: string | null
  approved_by: string | null
  published_on: PlainDate | null
  version: number
}

export interface ColumnChannelCheckTable {
  body_id: string
  row_hash: string
  checked_on: PlainDate
  checked_by: string
}

declare module '../../platform/db.ts' {
  interface Tables {
    column_version: ColumnVersionTable
    column_channel_check: ColumnChannelCheckTable
  }
}
