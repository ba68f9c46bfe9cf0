import type { ColumnType } from 'kysely'
import type { LedgerPreview } from '../platform/ledger/index.ts'

/** 导入到了哪一步。 */
export const IMPORT_STATUSES = {
  previewed: '待确认',
  running: '正在导入',
  done: '已导入',
  failed: '未导入',
} as const
export type ImportStatus = keyof typeof IMPORT_STATUSES

export interface LedgerImportTable {
  body_id: string
  import_id: string
  kind: string
  status: ImportStatus
  file_key: string
  file_name: string
  file_size: number
  sheet: string | null
  /** 文件中的列（0 起）→ 台账的列 */
  chosen: ColumnType<Record<string, string>, string, string>
  preview: ColumnType<LedgerPreview | null, string | null, string | null>
  total_rows: number
  done_rows: number
  created: number
  changed: number
  unchanged: number
  message: string | null
  attempt: number
  requested_by: string
  created_at: Date
  confirmed_at: Date | null
  finished_at: Date | null
}

declare module '../platform/db.ts' {
  interface Tables {
    ledger_import: LedgerImportTable
  }
}
