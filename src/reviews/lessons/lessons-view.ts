import { OUTCOME_NAMES, outcomeRule } from '../../statute/outcomes.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { Attacked } from './list-attacked.ts'

/** 一种结果与其依据，被争与被纠正的。 */
export interface GroundRow {
  outcome: Outcome
  label: string
  article: string
  attacked: number
  ended: number
  corrected: number
}

/** 按结果（连同依据的条款）数：被争几件、审结几件、被纠正几件；被纠正多的在前。 */
export function toGroundRows(cases: readonly Attacked[]): GroundRow[] {
  const rows = OUTCOME_NAMES.flatMap((outcome): GroundRow[] => {
    const of = cases.filter((one) => one.outcome === outcome)
    if (of.length === 0) return []
    const { label, article } = outcomeRule(outcome)
    return [{ outcome, label, article: article ?? '—', attacked: of.length, ended: of.filter(({ endedOn }) => endedOn !== null).length, corrected: of.filter(({ corrected }) => corrected).length }]
  })
  return rows.toSorted((a, b) => b.corrected - a.corrected || b.attacked - a.attacked)
}

/** 逐年被纠正的件数，按审结之年，早的在前。 */
export function toYears(cases: readonly Attacked[]): { year: number; corrected: number }[] {
  const years = cases.flatMap(({ endedOn }) => (endedOn === null ? [] : [Number(endedOn.slice(0, 4))]))
  if (years.length === 0) return []
  const [first, last] = [Math.min(...years), Math.max(...years)]
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).map((year) => ({ year, corrected: cases.filter(({ corrected, endedOn }) => corrected && endedOn?.startsWith(String(year)) === true).length }))
}

export interface LessonFilter {
  year?: string
  outcome?: string
  cause?: string
  unit?: string
  bodyId?: string
  text?: string
}

/** 合条件的；`unset` 为没有记缘由的。没有审结的，只在不限年度时列入。 */
export const isWanted =
  ({ year, outcome, cause, unit, bodyId, text = '' }: LessonFilter) =>
  (one: Attacked): boolean =>
    (year === undefined || one.endedOn?.startsWith(year) === true) &&
    (outcome === undefined || one.outcome === outcome) &&
    (cause === undefined || (one.cause ?? 'unset') === cause) &&
    (unit === undefined || one.unit === unit) &&
    (bodyId === undefined || one.bodyId === bodyId) &&
    (text === '' || `${one.caseNo}${one.words ?? ''}${one.unit ?? ''}`.includes(text))
