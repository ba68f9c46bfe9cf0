import type { ColumnType, Generated } from 'kysely'
import type { Cells, Edition } from '../statute/report-form.ts'
import type { ReportModel } from './editions/report-model.ts'
import type { ProblemPlan } from './narrative/narrative.ts'
import type { Status } from './report.ts'

type Json<T> = ColumnType<T, string, string>

export interface AnnualReportTable {
  body_id: string
  report_id: string
  year: number
  status: Status
  edition: number
  content_hash: string | null
  frozen_at: Date | null
  filed_on: string | null
  published_on: string | null
  version: number
  updated_at: Date
}

export interface AnnualReportEditionTable {
  body_id: string
  report_id: string
  edition: number
  year: number
  model: Json<ReportModel>
  content_hash: string
  frozen_at: Date
  signed_on: string
  filed_on: Generated<string | null>
  published_on: Generated<string | null>
  correction_reason: string | null
}

export interface AnnualReportFileTable {
  body_id: string
  report_id: string
  edition: number
  format: string
  file_key: string
  size: number
}

export interface PreviousReportTable {
  body_id: string
  year: number
  form: Edition
  cells: Json<Cells>
  paragraphs: Json<string[]>
  problems: Json<ProblemPlan[]>
  file_key: string
  file_name: string
  imported_by: string
  imported_at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    annual_report: AnnualReportTable
    annual_report_edition: AnnualReportEditionTable
    annual_report_file: AnnualReportFileTable
    previous_report: PreviousReportTable
  }
}
