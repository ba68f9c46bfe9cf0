import { DELIVERY_METHODS } from '../../statute/delivery.ts'
import type { DeliveryMethod } from '../../statute/delivery.ts'
import { OUTCOME_NAMES, isOutcome, missingEvidence, outcomeRemedy, outcomeRule } from '../../statute/outcomes.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { Application } from '../application.ts'
import type { ActionField, CaseAction, Given } from '../case-action.ts'
import type { CorrectableValues, DeliveryFacts } from '../corrections.ts'
import { correct as rule } from '../decisions.ts'
import type { Ground } from '../decisions.ts'
import { withFollowers } from '../followers.ts'
import { evidenceFields, evidenceIn, evidenceProblems } from './evidence-fields.ts'

/**
 * 更正处理结果与送达的记录：负责人办，写明理由，归档之前之后都可以。只改记录，不改文书：文号不变，
 * 已发出的文书照旧封存，记录与文书不同的，案件页写明。报告的行与救济由更正后的结果、作出之日重新得出。
 */
export const correctOutcome: CaseAction = {
  event: 'corrected',
  label: '更正结果与送达',
  article: '条例第四十五条；前后并存，年度报告的数字随记录而变',
  permit: 'application.approve',
  done: '记录已更正，计入的格与救济随之重定',
  consequences: ['只更正记录：文号不变，已发出的文书不变', '告知申请人的与更正后的不同的，须另行告知', '已冻结、已公布的报告列为出入，由更正年度报告处理'],
  when: (a) => a.decision !== null && a.withdrawnOn === null,
  first: { name: 'outcome', label: '实际的处理结果', kind: 'choice', required: true, options: Object.fromEntries(OUTCOME_NAMES.map((name) => [name, outcomeRule(name).label])), hint: '结果没有错、只改日期或送达的，仍选现在的结果' },
  fields: (a, _ground, { chosen }) => [
    ...(isOutcome(chosen) && chosen !== a.decision?.outcome ? evidenceFields(chosen) : []),
    { name: 'decidedOn', label: '作出决定之日', kind: 'date', required: true, value: a.decision?.decidedOn ?? '' },
    ...(a.delivery === null ? [] : deliveryFields(a)),
    { name: 'reason', label: '更正的理由', kind: 'long', required: true, maxLength: 500, hint: '错在哪里、以何为证。不写申请人的姓名、电话' },
  ],
  check: (given) => {
    const outcome = given('outcome')
    // 结果没有改的不填依据，各栏都没有
    const typed = isOutcome(outcome) && outcomeRule(outcome).evidence.some(({ key }) => given(`evidence.${key}`) !== '')
    return typed ? evidenceProblems(outcome, given) : {}
  },
  decide: async (a, given, ground, context) => {
    const values = valuesIn(a, given, ground)
    if (typeof values === 'string') return { ok: false, refusal: values }
    const input = { on: ground.today, reason: given('reason'), values }
    const answer = rule(a, input, ground)
    if (!answer.ok) return answer
    // 并案的一份文书、一次送达，记录错在一处
    const refusal = await withFollowers(context, (follower) => {
      if (follower.decision === null || follower.withdrawnOn !== null || follower.decision.docNo !== a.decision?.docNo) return null
      const answered = rule(follower, follower.delivery === null ? { ...input, values: { decision: values.decision } } : input, ground)
      return !answered.ok && answered.refusal === 'nothing-changed' ? null : answered
    })
    return refusal === null ? answer : { ok: false, refusal }
  },
}

const NOT_SENT = 'NONE'
const METHODS: Readonly<Record<string, string>> = { ...Object.fromEntries(Object.entries(DELIVERY_METHODS).map(([key, { label }]) => [key, label])), [NOT_SENT]: '还没有发出，误记的' }

const deliveryFields = ({ delivery }: Application): ActionField[] => [
  { name: 'method', label: '送达方式', kind: 'choice', options: METHODS, value: delivery?.method ?? '' },
  { name: 'dispatchedOn', label: '交邮、发出之日', kind: 'date', required: true, value: delivery?.dispatchedOn ?? '', hint: '邮寄的以交邮之日判断是否按期' },
  { name: 'carrier', label: '邮政企业与单号', kind: 'text', maxLength: 100, value: delivery?.carrier ?? '', hint: '照实写。决定书只能经邮政企业寄（国办公开办函〔2016〕235号），经其他快递寄的须另行送达' },
  { name: 'servedOn', label: '签收、到达之日', kind: 'date', value: delivery?.servedOn ?? '', hint: '救济期限自此起算；还没有签收、误记的留空' },
]

type Values = Pick<CorrectableValues, 'decision'> & { delivery?: DeliveryFacts | null }

function valuesIn(a: Application, given: Given, ground: Ground): Values | 'not-now' | 'evidence-missing' {
  const outcome = given('outcome')
  if (a.decision === null || !isOutcome(outcome)) return 'not-now'
  const decidedOn = given('decidedOn')
  const changed = outcome !== a.decision.outcome
  const evidence = changed ? evidenceIn(outcome, given) : {}
  if (changed && missingEvidence(outcome, evidence).length > 0) return 'evidence-missing'
  const facts = { outcome, decidedOn, docNo: a.decision.docNo }
  const same = !changed && decidedOn === a.decision.decidedOn
  const decision = same ? facts : { ...facts, ...remedyOf(outcome, decidedOn, ground), ...(changed ? { evidence } : {}) }
  return a.delivery === null ? { decision } : { decision, delivery: deliveryIn(a.delivery, given) }
}

function deliveryIn(before: NonNullable<Application['delivery']>, given: Given): DeliveryFacts | null {
  const method = given('method')
  if (method === NOT_SENT) return null
  const carrier = given('carrier') || null
  return { method: isMethod(method) ? method : null, dispatchedOn: given('dispatchedOn'), servedOn: given('servedOn') || null, ...(carrier === before.carrier ? {} : { carrier }) }
}

const remedyOf = (outcome: Outcome, decidedOn: string, { settings }: Ground) => ({ remedy: outcomeRemedy(outcome, decidedOn, settings) })
const isMethod = (text: string): text is DeliveryMethod => Object.hasOwn(DELIVERY_METHODS, text)
