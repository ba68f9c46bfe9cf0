import type { Severity } from './hit.ts'
import type { Hit } from './hit.ts'
import type { WordKind } from './starter-words.ts'
import type { ColumnType } from 'kysely'

export interface ItemPrecheckTable {
  body_id: string
  item_id: string
  content_hash: string
  rules: string
  checked_at: Date
  checked_by: string
  hits: ColumnType<Hit[], string, string>
  open_blocks: number
  open_warnings: number
}

export interface ItemPrecheckAnswerTable {
  body_id: string
  item_id: string
  content_hash: string
  hit_key: string
  kind: 'acknowledged' | 'released'
  basis: string | null
  reason: string | null
  answered_by: string
  on_behalf_of: string | null
  answered_at: Date
}

export interface WatchWordTable {
  body_id: string
  word_id: string
  kind: WordKind
  right_form: string
  wrong_form: string
  severity: Severity
  note: string
  changed_by: string
  changed_at: Date
}

export interface FileInspectionTable {
  body_id: string
  file_key: string
  media_type: string
  hidden: string[]
  failed: string | null
  inspected_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    item_precheck: ItemPrecheckTable
    item_precheck_answer: ItemPrecheckAnswerTable
    watch_word: WatchWordTable
    file_inspection: FileInspectionTable
  }
}
