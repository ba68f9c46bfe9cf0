import type { ActionField, Given } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { recordLitigation, ROLES_IN_COURT } from '../litigation.ts'
import type { Litigation, LitigationEvent, Judgment } from '../litigation.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../results.ts'
import { PROCEDURES, recordReview } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'
import { resultField, resultIn } from './result-field.ts'

const SOURCE = '工作台'
const REASON: ActionField = { name: 'why', label: '何以更正', kind: 'text', required: true, maxLength: 200, hint: '不写当事人的姓名' }
const text = (name: string, label: string, value: string | null, more: Partial<ActionField> = {}): ActionField => ({ name, label, kind: 'text', maxLength: 100, value: value ?? '', ...more })
const day = (name: string, label: string, value: string | null, more: Partial<ActionField> = {}): ActionField => ({ name, label, kind: 'date', value: value ?? '', ...more })
const orNull = (value: string): string | null => (value === '' ? null : value)

const pairProblems = (given: Given, result: string, on: string, words: string): Record<string, string> =>
  (given(result) === '') === (given(on) === '') ? {} : { [given(result) === '' ? result : on]: `${words}须一并填写，或者都不填` }

/** 更正登记错了的：前后都留着。 */
export const correctReview: CaseStep<Review, ReviewEvent> = {
  label: '更正登记',
  article: '登记与实际不符的；前后都留着，年度报告随之改计',
  permit: 'review.handle',
  done: '已更正',
  side: true,
  when: () => true,
  fields: ({ facts, answeredOn, result, decidedOn }, { resultMap }) => [
    text('caseNo', '案号', facts.caseNo, { required: true }),
    text('authority', '复议机关', facts.authority),
    text('decisionNo', '被复议的文书文号', facts.decisionNo),
    { name: 'ground', label: '不服什么', kind: 'long', maxLength: 500, value: facts.ground ?? '', hint: '不写申请人的姓名' },
    { name: 'procedure', label: '审理程序', kind: 'choice', required: true, options: PROCEDURES, value: facts.procedure },
    day('receivedOn', '收到申请书副本之日', facts.receivedOn, { required: true }),
    day('answeredOn', '答复之日', answeredOn),
    resultField(REVIEW_RESULTS, resultMap, { value: result, required: false }),
    day('decidedOn', '作出决定之日', decidedOn),
    REASON,
  ],
  check: (given) => pairProblems(given, 'result', 'decidedOn', '结果与作出决定之日'),
  decide: (review, given, { help }) => {
    const facts = { caseNo: given('caseNo'), authority: orNull(given('authority')), decisionNo: orNull(given('decisionNo')), ground: orNull(given('ground')), procedure: given('procedure') === 'summary' ? 'summary' : 'ordinary', receivedOn: given('receivedOn') } as const
    const record = { facts, answeredOn: orNull(given('answeredOn')), result: resultIn(REVIEW_RESULTS, given('result')), decidedOn: orNull(given('decidedOn')) }
    const answer = recordReview(review, { on: help.today, record, source: SOURCE, reason: given('why') })
    return answer.ok && answer.events.length === 0 ? { ok: false, refusal: 'nothing-changed' } : answer
  },
}

const judgment = (given: Given, result: string, on: string): Judgment | null => {
  const found = resultIn(LITIGATION_RESULTS, given(result))
  return found === null || given(on) === '' ? null : { result: found, on: given(on) }
}

export const correctSuit: CaseStep<Litigation, LitigationEvent> = {
  label: '更正登记',
  article: '登记与实际不符的；前后都留着，年度报告随之改计',
  permit: 'review.handle',
  done: '已更正',
  side: true,
  when: () => true,
  fields: ({ facts, answeredOn, firstInstance, appealedOn, final }, { resultMap }) => [
    text('caseNo', '案号', facts.caseNo, { required: true }),
    text('court', '法院', facts.court),
    text('decisionNo', '被诉的文书文号', facts.decisionNo),
    { name: 'afterReview', label: '是否经过复议', kind: 'choice', required: true, options: { no: '未经复议直接起诉', yes: '复议后起诉' }, value: facts.afterReview ? 'yes' : 'no' },
    { name: 'role', label: '本机关的身份', kind: 'choice', required: true, options: ROLES_IN_COURT, value: facts.role, hint: '复议机关作共同被告的，只计原行为主体（国办公开办函〔2016〕201号）' },
    day('receivedOn', '收到起诉状副本之日', facts.receivedOn, { required: true }),
    day('answeredOn', '答辩之日', answeredOn),
    { ...resultField(LITIGATION_RESULTS, resultMap, { value: firstInstance?.result ?? null, required: false }), name: 'firstResult', label: '一审结果' },
    day('firstOn', '一审裁判之日', firstInstance?.on ?? null),
    day('appealedOn', '上诉之日', appealedOn),
    { ...resultField(LITIGATION_RESULTS, resultMap, { value: final?.result ?? null, required: false }), label: '生效的结果' },
    day('finalOn', '生效之日', final?.on ?? null),
    REASON,
  ],
  check: (given) => ({ ...pairProblems(given, 'firstResult', 'firstOn', '一审结果与裁判之日'), ...pairProblems(given, 'result', 'finalOn', '生效的结果与生效之日') }),
  decide: (suit, given, { help }) => {
    const facts = {
      caseNo: given('caseNo'), court: orNull(given('court')), decisionNo: orNull(given('decisionNo')), afterReview: given('afterReview') === 'yes',
      role: given('role') === 'review-organ' ? 'review-organ' : 'original', receivedOn: given('receivedOn'),
    } as const
    const record = { facts, answeredOn: orNull(given('answeredOn')), firstInstance: judgment(given, 'firstResult', 'firstOn'), appealedOn: orNull(given('appealedOn')), final: judgment(given, 'result', 'finalOn') }
    const answer = recordLitigation(suit, { on: help.today, record, source: SOURCE, reason: given('why') })
    return answer.ok && answer.events.length === 0 ? { ok: false, refusal: 'nothing-changed' } : answer
  },
}
