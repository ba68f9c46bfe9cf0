import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ExportCounts } from './export/export-site.ts'
import type { FoundPage } from './old-site/found-page.ts'
import type { SiteProfile } from './old-site/site-profile.ts'

export const EXPORT_STATUSES = { running: '正在导出', done: '已导出', failed: '没有导出' } as const
export const SITE_IMPORT_STATUSES = { reading: '正在读', read: '待确认', running: '正在导入', done: '已导入', failed: '没有导入' } as const
export const PAGE_RESULTS = { ok: '可以导入', doubtful: '可疑', refused: '不能导入', skipped: '不是文章' } as const
export type PageResult = keyof typeof PAGE_RESULTS

export interface SiteExportTable {
  body_id: string
  export_id: string
  status: keyof typeof EXPORT_STATUSES
  is_full: boolean
  done: number
  total: number | null
  counts: ColumnType<ExportCounts | null, string | null, string | null>
  message: string | null
  requested_by: string
  created_at: Date
  updated_at: Date
  finished_at: Date | null
}

export interface SiteImportTable {
  body_id: string
  import_id: string
  status: keyof typeof SITE_IMPORT_STATUSES
  /** 命令行读目录的没有 */
  file_key: string | null
  file_name: string
  file_size: number
  profile: ColumnType<SiteProfile, string, string>
  done: number
  total: number | null
  counts: ColumnType<Partial<Record<PageResult, number>>, string, string>
  with_doubt: boolean
  created: number
  changed: number
  unchanged: number
  message: string | null
  requested_by: string
  created_at: Date
  updated_at: Date
  finished_at: Date | null
}

export interface SiteImportPageTable {
  body_id: string
  import_id: string
  page: number
  path: string
  url: string
  result: PageResult
  title: string
  on_day: PlainDate | null
  notes: string[]
  found: ColumnType<FoundPage | null, string | null, string | null>
}

declare module '../../platform/db.ts' {
  interface Tables {
    site_export: SiteExportTable
    site_import: SiteImportTable
    site_import_page: SiteImportPageTable
  }
}
