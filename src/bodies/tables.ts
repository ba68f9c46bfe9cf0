import type { ColumnType } from 'kysely'
import type { PlainDate } from '../statute/plain-date.ts'
import type { BodyKind, BodyName } from './body.ts'

export interface DistrictTable {
  id: number
  code: string
  name: string
  government: string
  supervisor: string
}

export interface BodyTable {
  body_id: string
  code: string
  name: string
  kind: BodyKind
  uscc: string | null
  org_code9: string | null
  code_word: string | null
  has_license: boolean
  has_penalty: boolean
  has_coercion: boolean
  has_fee: boolean
  status: 'active' | 'abolished'
  established_on: PlainDate | null
  abolished_on: PlainDate | null
  sort: number
  demo: boolean
}

export interface BodyNameTable {
  body_id: string
  name_id: string
  name: string
  kind: BodyName['kind']
  from_on: PlainDate | null
  to_on: PlainDate | null
  note: string | null
}

export interface BodyRelationTable {
  body_id: string
  successor_id: string
  on_day: PlainDate
  basis: string
}

export interface BodySettingTable {
  body_id: string
  key: string
  value: ColumnType<unknown, string, string>
  basis: string
  changed_by: string
  changed_at: Date
}

export interface CalendarYearTable {
  year: number
  revision: number
  doc_no: string | null
  title: string
  issued_on: PlainDate | null
  off_days: ColumnType<unknown, string, never>
  work_days: ColumnType<unknown, string, never>
  notice: string
  loaded_by: string
  loaded_at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    district: DistrictTable
    body: BodyTable
    body_name: BodyNameTable
    body_relation: BodyRelationTable
    body_setting: BodySettingTable
    calendar_year: CalendarYearTable
  }
}
