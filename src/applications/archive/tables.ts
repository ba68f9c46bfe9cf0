import type { PlainDate } from '../../statute/plain-date.ts'

export type ArchiveState = 'waiting' | 'building' | 'kept' | 'failed' | 'destroyed'
export type Retention = 'PERMANENT' | 'Y30' | 'Y10'

export interface ArchiveTable {
  body_id: string
  case_id: string
  state: ArchiveState
  preview: boolean
  attempt: number
  done: number
  total: number
  message: string | null
  requested_by: string
  requested_at: Date
  archived_on: PlainDate | null
  retention: Retention
  retain_until: PlainDate | null
  case_version: number | null
  file_key: string | null
  size: number | null
  hash: string | null
  files: number | null
  traces: string[]
  held_because: string | null
  held_by: string | null
  deidentified_on: PlainDate | null
  destroy_because: string | null
  destroy_proposed_by: string | null
  destroyed_by: string | null
  destroyed_on: PlainDate | null
  version: number
}

export type ArchiveActKind = 'extended' | 'held' | 'released' | 'destruction-proposed' | 'destruction-returned' | 'destroyed' | 'deidentified'

declare module '../../platform/db.ts' {
  interface Tables {
    application_archive: ArchiveTable
    application_archive_act: { body_id: string; act_id: string; case_id: string; kind: ArchiveActKind; reason: string; done_by: string; done_on: PlainDate }
  }
}
