import type { ColumnType } from 'kysely'
import type { Finding } from '../../statute/finding.ts'
import type { Cells, Edition } from '../../statute/report-form.ts'
import type { ReadLine, ReadReport } from '../reading/read-report.ts'
import type { ReportModel } from '../editions/report-model.ts'
import type { Waiver } from '../report.ts'
import type { Exception, FilingSource, FilingStatus } from './filing.ts'

type Json<T> = ColumnType<T, string, string>

export interface FilingTable {
  body_id: string
  filing_id: string
  year: number
  status: FilingStatus
  round: number
  source: FilingSource | null
  exception: Exception | null
  exception_reason: string | null
  reviewer: string | null
  errors_allowed: string | null
  filer: string | null
  content_hash: string | null
  edition: number | null
  filed_on: string | null
  last_filed_on: string | null
  returned_on: string | null
  accepted_on: string | null
  locked_on: string | null
  reminded_on: string | null
  published_on: string | null
  published_url: string | null
  version: number
  updated_at: Date
}

export interface FilingRoundTable {
  body_id: string
  filing_id: string
  round: number
  year: number
  source: FilingSource
  form: Edition
  edition: number | null
  body_name: string
  cells: Json<Cells>
  lines: Json<readonly ReadLine[]>
  typed: Json<readonly string[]>
  model: ColumnType<ReportModel | null, string | null, string | null>
  findings: Json<readonly Finding[]>
  waivers: Json<readonly Waiver[]>
  file_key: string | null
  file_name: string | null
  content_hash: string
  filed_on: string
}

export interface FilingUploadTable {
  body_id: string
  upload_id: string
  year: number
  file_key: string
  file_name: string
  read: Json<ReadReport>
  typed: Json<Cells>
  confirmed: boolean
  waivers: Json<readonly Waiver[]>
  uploaded_by: string
  uploaded_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    filing: FilingTable
    filing_round: FilingRoundTable
    filing_upload: FilingUploadTable
  }
}
