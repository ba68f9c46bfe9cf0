import type { ColumnType } from 'kysely'

export interface TimelineEventTable {
  body_id: string
  case_id: string
  version: number
  stream: string
  kind: string
  on_day: string
  at: Date
  actor: string
  data: ColumnType<Record<string, unknown>, string, never>
  hash: Buffer
}

declare module './db.ts' {
  interface Tables {
    timeline_event: TimelineEventTable
  }
}
