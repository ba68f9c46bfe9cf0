export interface AnswerDocumentTable {
  body_id: string
  document_id: string
  case_id: string
  type: 'pdf' | 'docx' | 'xlsx' | 'png' | 'jpeg' | 'letter'
  shape: 'pages' | 'blocks'
  name_sealed: Buffer
  hash: string
  parts: number
  hidden: string[]
  status: 'open' | 'producing' | 'refused' | 'failed' | 'ready' | 'confirmed'
  whole: boolean
  marks_sealed: Buffer
  mark_count: number
  edited_by: string[]
  stage: 'waiting' | 'redacting' | 'verifying'
  attempt: number
  message: string | null
  findings_sealed: Buffer | null
  result_type: 'pdf' | 'docx' | 'xlsx' | 'png' | 'jpeg' | null
  result_hash: string | null
  result_parts: number | null
  confirmed_by: string | null
  confirmed_at: Date | null
  confirmed_hash: string | null
  added_at: Date
  version: number
}

declare module '../../platform/db.ts' {
  interface Tables {
    application_document: AnswerDocumentTable
    application_document_file: { body_id: string; document_id: string; role: 'original' | 'result'; file_key: string; size: number }
    application_document_part: { body_id: string; document_id: string; role: 'original' | 'result'; part: number; content_sealed: Buffer }
  }
}
