import type { ColumnType, Generated } from 'kysely'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Attribute, ItemStatus } from './item.ts'
import type { DocumentKind } from './normative-document.ts'
import type { PublicationCode, SummaryKind } from './publication-codes.ts'
import type { Matter } from './yearly-count.ts'

export interface InfoItemTable {
  body_id: string
  item_id: string
  version: number
  index_no: string
  ledger_key: string | null
  status: ItemStatus
  title: string
  doc_no: string | null
  attribute: Attribute | null
  codes: PublicationCode[]
  summary_kind: SummaryKind | null
  formed_on: PlainDate
  changed_on: PlainDate | null
  due_on: PlainDate | null
  first_published_on: PlainDate | null
  published_on: PlainDate | null
  withdrawn_on: PlainDate | null
  expired_on: PlainDate | null
  url: string | null
  updated_at: Date
}

export interface IndexNumberTable {
  body_id: string
  year: number
  last: number
}

export interface NormativeDocumentTable {
  body_id: string
  document_id: string
  version: number
  ledger_key: string
  kind: DocumentKind
  title: string
  doc_no: string
  registration_no: string | null
  made_on: PlainDate
  effective_on: PlainDate | null
  expires_on: PlainDate | null
  repealed_on: PlainDate | null
  invalid_from: PlainDate | null
  url: string | null
  updated_at: Date
}

export interface YearlyCountTable {
  body_id: string
  count_id: string
  version: number
  year: number
  matter: Matter
  source: string
  /** 件、项或分 */
  amount: ColumnType<number, number, number>
  evidence: string | null
  withdrawn: Generated<boolean>
  updated_at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    info_item: InfoItemTable
    index_number: IndexNumberTable
    normative_document: NormativeDocumentTable
    yearly_count: YearlyCountTable
  }
}
