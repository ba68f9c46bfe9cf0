import type { ColumnType, Generated } from 'kysely'
import '../tables.ts'
import type { Attachment } from '../item-details.ts'

export interface ItemDraftTable {
  body_id: string
  account_id: string
  item_id: string
  seen_version: number
  fields: ColumnType<Record<string, string[]>, string, string>
  body_html: Generated<string>
  attachments: ColumnType<Attachment[], string, string>
  saved_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    item_draft: ItemDraftTable
  }
}
