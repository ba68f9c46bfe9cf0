export interface RollUpExplanationTable {
  body_id: string
  year: number
  reason: string
  person: string
  explained_by: string
  explained_on: string
  updated_at: Date
}

export interface ReportSetTable {
  body_id: string
  set_id: string
  year: number
  status: 'running' | 'done' | 'failed'
  done: number
  total: number | null
  file_key: string | null
  size: number | null
  sm3: string | null
  message: string | null
  requested_by: string
  created_at: Date
  updated_at: Date
  finished_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    roll_up_explanation: RollUpExplanationTable
    report_set: ReportSetTable
  }
}
