import { missingEvidence, outcomeRule } from '../../statute/outcomes.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { ActionField, Given } from '../case-action.ts'

/** 某种结果须有的依据，一项一栏。 */
export const evidenceFields = (outcome: Outcome): ActionField[] =>
  outcomeRule(outcome).evidence.map(({ key, label, options, optional, when }) => ({
    name: `evidence.${key}`,
    label,
    kind: options === undefined ? ('long' as const) : ('choice' as const),
    ...(options === undefined ? { maxLength: 2000 } : { options }),
    required: optional !== true && when === undefined,
    ...(when === undefined ? {} : { hint: `选「${optionLabel(outcome, when)}」的才填` }),
  }))

/** 填了的依据；没有填的不列。 */
export const evidenceIn = (outcome: Outcome, given: Given): Record<string, string> =>
  Object.fromEntries(outcomeRule(outcome).evidence.map(({ key }) => [key, given(`evidence.${key}`)]).filter(([, text]) => text !== ''))

/** 还缺的依据，一栏一句。 */
export const evidenceProblems = (outcome: Outcome, given: Given): Record<string, string> =>
  Object.fromEntries(missingEvidence(outcome, evidenceIn(outcome, given)).map(({ key, label }) => [`evidence.${key}`, `请填写${label}`]))

const optionLabel = (outcome: Outcome, { key, is }: { key: string; is: string }): string =>
  outcomeRule(outcome).evidence.find((each) => each.key === key)?.options?.[is] ?? is
