import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { EvidenceType } from '../progress/evidence-file.ts'
import type { Duty } from './members.ts'
import type { TaskState } from './tasks.ts'

type Names = ColumnType<string[], string, string>

export interface LeadingGroupMemberTable {
  body_id: string
  member_id: string
  duty: Duty
  name: string
  post: string
  from_on: PlainDate
  to_on: PlainDate | null
  version: number
  added_at: Date
}

export interface LeadingGroupMeetingTable {
  body_id: string
  meeting_id: string
  version: number
  held_on: PlainDate
  title: string
  place: string
  chair: string
  agenda: string
  summary: string
  present: Names
  absent: Names
  guests: Names
  file_key: string | null
  file_name: string | null
  file_type: EvidenceType | null
  file_size: number | null
  made_by: string
  made_at: Date
}

export interface LeadingGroupTaskTable {
  body_id: string
  task_id: string
  meeting_id: string
  version: number
  content: string
  unit: string
  owner: string | null
  due_on: PlainDate
  state: TaskState
  ended_on: PlainDate | null
  made_by: string
  made_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    leading_group_member: LeadingGroupMemberTable
    leading_group_meeting: LeadingGroupMeetingTable
    leading_group_task: LeadingGroupTaskTable
  }
}
