import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { entries, OTHERS, OVERVIEW, type Narrative, type OtherKey, type OverviewKey, type ProblemPlan } from './narrative.ts'

const MAX_PROBLEMS = 40

/** 表单 → 正文。上年问题的题目取自上年报告，不由表单说了算。 */
export function fromForm(form: ParsedForm, lastProblems: readonly ProblemPlan[]): Narrative {
  const count = Math.min(Number(form.text('problems')) || 0, MAX_PROBLEMS)
  const problems = Array.from({ length: count }, (_, i) => ({
    problem: form.text(`problems.${i}.problem`),
    measure: form.text(`problems.${i}.measure`),
    ...(isId(form.text(`problems.${i}.id`)) ? { problemId: form.text(`problems.${i}.id`) } : {}),
  }))
  return {
    introduction: tidy(form.text('introduction')),
    overview: mapKeys<OverviewKey>(OVERVIEW, (key) => tidy(form.text(`overview.${key}`))),
    lastProblems: lastProblems.map(({ problem, problemId }, i) => ({ problem, answer: tidy(form.text(`lastProblems.${i}`)), ...(problemId === undefined ? {} : { problemId }) })),
    problems: problems.filter((one) => one.problem !== '' || one.measure !== ''),
    others: mapKeys<OtherKey>(OTHERS, (key) => tidy(form.text(`others.${key}`))),
  }
}

const tidy = (text: string): string => text.replaceAll('\r\n', '\n').trim()

const mapKeys = <K extends string>(table: Readonly<Record<K, unknown>>, of: (key: K) => string): Record<K, string> =>
  Object.fromEntries(entries(table).map(([key]) => [key, of(key)])) as Record<K, string>

