import type { ColumnType } from 'kysely'

export interface AuditEventTable {
  body_id: string
  event_id: string
  at: Date
  actor: string
  action: string
  target: string
  detail: ColumnType<Record<string, unknown>, string, never>
  block: number | null
}

export interface AuditSealTable {
  body_id: string
  block: number
  sealed_at: Date
  rows: number
  hash: Buffer
}

declare module '../platform/db.ts' {
  interface Tables {
    audit_event: AuditEventTable
    audit_seal: AuditSealTable
  }
}
