import type { PlainDate } from '../../statute/plain-date.ts'
import type { MeasureState, ProblemSource, ProblemState } from './problem.ts'

export interface ProblemTable {
  body_id: string
  problem_id: string
  version: number
  year: number
  content: string
  source: ProblemSource
  source_ref: string | null
  source_href: string | null
  carried_from: string | null
  state: ProblemState
  ended_on: PlainDate | null
  answer: string
  raised_by: string
  raised_at: Date
}

export interface ProblemMeasureTable {
  body_id: string
  measure_id: string
  problem_id: string
  version: number
  content: string
  unit: string
  owner: string | null
  due_on: PlainDate
  state: MeasureState
  ended_on: PlainDate | null
  made_by: string
  made_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    problem: ProblemTable
    problem_measure: ProblemMeasureTable
  }
}
