import { OUTCOME_NAMES, isOutcome, missingEvidence, outcomeRule } from '../../statute/outcomes.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { CaseAction, Given } from '../case-action.ts'
import { propose as rule } from '../decisions.ts'

// 逾期不补正、不缴费的另有一步
const PROPOSABLE = OUTCOME_NAMES.filter((name) => name !== 'CLOSED_NO_CORRECTION' && name !== 'CLOSED_NO_PAYMENT')

/** 拟定处理决定：先选结果，再填该结果须有的依据。 */
export const propose: CaseAction = {
  event: 'decision-proposed',
  label: '拟定答复',
  article: '条例第三十六条至第三十九条',
  permit: 'application.handle',
  done: '处理决定已拟定，等审批',
  first: {
    name: 'outcome',
    label: '处理结果',
    kind: 'choice',
    required: true,
    options: Object.fromEntries(PROPOSABLE.map((name) => [name, outcomeRule(name).label])),
    hint: '依次判断：是否明确、是否政府信息、谁负责、有没有、能不能给、怎样给',
  },
  fields: (_a, _ground, { chosen }) => {
    if (!isOutcome(chosen)) return []
    return outcomeRule(chosen).evidence.map(({ key, label, options, optional, when }) => ({
      name: `evidence.${key}`,
      label,
      kind: options === undefined ? ('long' as const) : ('choice' as const),
      ...(options === undefined ? { maxLength: 2000 } : { options }),
      required: optional !== true && when === undefined,
      ...(when === undefined ? {} : { hint: `选「${optionLabel(chosen, when)}」的才填` }),
    }))
  },
  check: (given) => {
    const outcome = given('outcome')
    if (!isOutcome(outcome)) return { outcome: '请选择处理结果' }
    const missing = missingEvidence(outcome, evidenceIn(outcome, given))
    return Object.fromEntries(missing.map(({ key, label }) => [`evidence.${key}`, `请填写${label}`]))
  },
  decide: (a, given, ground) => {
    const outcome = given('outcome')
    if (!isOutcome(outcome)) return { ok: false, refusal: 'evidence-missing' }
    return rule(a, { on: ground.today, outcome, evidence: evidenceIn(outcome, given) }, ground)
  },
}

const evidenceIn = (outcome: Outcome, given: Given): Record<string, string> =>
  Object.fromEntries(outcomeRule(outcome).evidence.map(({ key }) => [key, given(`evidence.${key}`)]).filter(([, text]) => text !== ''))

const optionLabel = (outcome: Outcome, { key, is }: { key: string; is: string }): string =>
  outcomeRule(outcome).evidence.find((each) => each.key === key)?.options?.[is] ?? is
