import type { ColumnType, Generated } from 'kysely'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Attribute, Awaiting, ItemStatus } from './item.ts'
import type { ColumnBlock, Genre, ItemDetails, Topic } from './item-details.ts'
import type { DocumentKind } from './normative/normative-document.ts'
import type { PublicationCode, SummaryKind } from './publication-codes.ts'
import type { Matter } from './yearly/yearly-count.ts'

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
  /** 在去公开的路上等哪一步 */
  awaiting: Awaiting | null
  handler: string | null
  publish_at: Date | null
  updated_at: Date
}

export interface PublishedItemTable {
  body_id: string
  item_id: string
  index_no: string
  /** 已撤回的为 null */
  title: string | null
  doc_no: string | null
  summary: string | null
  codes: PublicationCode[]
  summary_kind: SummaryKind | null
  issuer: string | null
  topic: Topic | null
  genre: Genre | null
  block: ColumnBlock
  keywords: string[]
  formed_on: PlainDate | null
  effective_on: PlainDate | null
  first_published_on: PlainDate
  published_on: PlainDate
  expired_on: PlainDate | null
  withdrawn_on: PlainDate | null
  withdraw_notice: string | null
  edition: number
  url: string | null
  details: ItemDetails | null
  changed_at: Date
}

/** 条目的一个文件及其文字。 */
export interface ItemFileTable {
  body_id: string
  item_id: string
  file_key: string
  role: 'body' | 'picture' | 'attachment'
  name: string
  media_type: string
  bytes: number
  text_state: 'read' | 'no-text' | 'unreadable'
  text: Generated<string>
  text_note: string | null
  uploaded_by: string
  uploaded_at: Date
}

/** 原来的网址 → 条目。 */
export interface OldAddressTable {
  body_id: string
  path: string
  item_id: string
  added_at: Date
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
  topic: Topic | null
  item_id: string | null
  repealed_by: string | null
  amended_on: PlainDate | null
  listed: Generated<boolean>
  clean_ups: Generated<string[]>
  updated_at: Date
}

/** 规范性文件的一轮清理。 */
export interface NormativeCleanUpTable {
  body_id: string
  clean_up_id: string
  title: string
  basis: string
  as_of: PlainDate
  started_by: string
  started_at: Date
  closed_on: PlainDate | null
  closed_by: string | null
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
    published_item: PublishedItemTable
    item_file: ItemFileTable
    old_address: OldAddressTable
    index_number: IndexNumberTable
    normative_document: NormativeDocumentTable
    normative_clean_up: NormativeCleanUpTable
    yearly_count: YearlyCountTable
  }
}
