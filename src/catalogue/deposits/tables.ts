import type { PlainDate } from '../../statute/plain-date.ts'
import type { RecipientKind } from './recipients.ts'

export interface DepositRecipientTable {
  body_id: string
  recipient_id: string
  kind: RecipientKind
  name: string
  copies: number
  active: boolean
  added_at: Date
}

export interface DepositTable {
  body_id: string
  deposit_id: string
  version: number
  recipient_id: string
  number: number
  year: number
  from_on: PlainDate
  to_on: PlainDate
  state: 'draft' | 'handed' | 'cancelled'
  made_by: string
  made_on: PlainDate
  handed_by: string | null
  handed_on: PlainDate | null
  receiver: string | null
}

export interface DepositLineTable {
  body_id: string
  deposit_id: string
  item_id: string
  position: number
  edition: number
  index_no: string
  title: string
  doc_no: string | null
  formed_on: PlainDate
  published_on: PlainDate
  copies: number
  recalled_on: PlainDate | null
  recalled_by: string | null
  recall_note: string | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    deposit_recipient: DepositRecipientTable
    deposit: DepositTable
    deposit_line: DepositLineTable
  }
}
