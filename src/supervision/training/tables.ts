import type { ColumnType } from 'kysely'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Answers, DrawnQuestion } from './draw-paper.ts'
import type { QuestionKind, Topic } from './question.ts'
import type { TopicCounts } from './papers.ts'
import type { SessionState } from './sessions.ts'

type Json<T> = ColumnType<T, string, string>

export interface TrainingPlanTable {
  body_id: string
  plan_id: string
  year: number
  month: number
  topic: string
  audience: string
  half_hours: number
  note: string
  added_by: string
  added_at: Date
}

export interface TrainingSessionTable {
  body_id: string
  session_id: string
  version: number
  plan_id: string | null
  state: SessionState
  held_on: PlainDate
  starts_at: string
  online: boolean
  place: string
  topic: string
  audience: string
  lecturer: string
  half_hours: number
  sign_code: string | null
  sign_until: Date | null
  made_by: string
  made_at: Date
}

export interface TrainingSignInTable {
  body_id: string
  session_id: string
  sign_in_id: string
  account_id: string | null
  name: string
  unit: string
  way: 'officer' | 'code'
  signed_at: Date
}

export interface TrainingQuestionTable {
  body_id: string
  question_id: string
  kind: QuestionKind
  topic: Topic
  stem: string
  options: Json<string[]>
  answer: string
  article: string
  explanation: string
  active: boolean
  changed_by: string
  changed_at: Date
}

export interface TrainingPaperTable {
  body_id: string
  paper_id: string
  version: number
  title: string
  seed: string
  counts: Json<TopicCounts>
  pass_score: number
  attempts: number
  half_hours: number
  opens_on: PlainDate
  closes_on: PlainDate
  made_by: string
  made_at: Date
}

export interface TrainingAttemptTable {
  body_id: string
  attempt_id: string
  paper_id: string
  account_id: string
  number: number
  questions: Json<DrawnQuestion[]>
  answers: ColumnType<Answers | null, string | null, string | null>
  score: number | null
  passed: boolean | null
  started_at: Date
  submitted_on: PlainDate | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    training_plan: TrainingPlanTable
    training_session: TrainingSessionTable
    training_sign_in: TrainingSignInTable
    training_question: TrainingQuestionTable
    training_paper: TrainingPaperTable
    training_attempt: TrainingAttemptTable
  }
}
