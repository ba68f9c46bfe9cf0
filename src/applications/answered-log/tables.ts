import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 随答复公布的一份文件：答复所附、已由另一人核对的；`sha` 为其 SM3 摘要。 */
export interface LoggedAttachment {
  documentId: string
  name: string
  sha: string
}

export interface AnsweredRequestTable {
  body_id: string
  entry_id: string
  case_id: string
  status: 'draft' | 'published' | 'withdrawn'
  title: string
  asked: string
  answer: string
  attachments: ColumnType<LoggedAttachment[], string, string>
  content_hash: string
  drafted_by: string[]
  changed_at: Date
  returned_reason: string | null
  approved_by: string | null
  published_on: PlainDate | null
  withdrawn_by: string | null
  withdrawn_on: PlainDate | null
  withdraw_reason: string | null
  version: number
}

declare module '../../platform/db.ts' {
  interface Tables {
    answered_request: AnsweredRequestTable
  }
}
