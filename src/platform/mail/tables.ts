import type { ColumnType } from 'kysely'

export interface MailOutTable {
  body_id: string
  mail_id: string
  to_sealed: Buffer | null
  subject: string
  text_body: string
  composer: string | null
  about: ColumnType<Record<string, unknown> | null, string | null, string | null>
  state: 'waiting' | 'sent' | 'failed'
  attempts: number
  next_at: Date
  fault: string | null
  created_at: Date
  done_at: Date | null
}

declare module '../db.ts' {
  interface Tables {
    mail_out: MailOutTable
  }
}
