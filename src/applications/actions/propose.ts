import { OUTCOME_NAMES, isOutcome, outcomeRule } from '../../statute/outcomes.ts'
import type { CaseAction } from '../case-action.ts'
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
  decide: (a, given, ground) => {
    const outcome = given('outcome')
    if (!isOutcome(outcome)) return { ok: false, refusal: 'evidence-missing' }
    const { evidence } = outcomeRule(outcome)
    const filled = evidence.map(({ key }) => [key, given(`evidence.${key}`)] as const).filter(([, text]) => text !== '')
    return rule(a, { on: ground.today, outcome, evidence: Object.fromEntries(filled) }, ground)
  },
}

const optionLabel = (outcome: (typeof OUTCOME_NAMES)[number], { key, is }: { key: string; is: string }): string =>
  outcomeRule(outcome).evidence.find((each) => each.key === key)?.options?.[is] ?? is
