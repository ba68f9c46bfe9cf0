import { chineseDate, parseNumber } from '../../documents/index.ts'
import { missingEvidence, outcomeRule } from '../../statute/outcomes.ts'
import { isPlainDate, yearOf } from '../../statute/plain-date.ts'
import { APPLICATION_TRANSITIONS, canHappen } from '../application.ts'
import type { Application } from '../application.ts'
import { REFUSED } from '../refusals.ts'
import { decisionOf, letterFor } from './letter-decision.ts'
import type { LetterDecision, LetterInput, LetterProblem } from './letter-input.ts'
import type { LetterField, LetterRule } from './letter-rule.ts'
import { letterRule } from './letters.ts'
import { toLines } from './lines.ts'

const MOST_TEXT = 4000
const MOST_LINES = 50

/** 机关与案件本身就不容许的：先说明，不再看其余。 */
export function preconditions(input: LetterInput, rule: LetterRule): LetterProblem[] {
  const { application, on } = input
  if (!isPlainDate(on)) return [{ field: 'on', label: '成文之日', message: '不是日期' }]
  if (input.recipient.trim() === '') return [{ field: 'recipient', label: '主送', message: '请填写主送的名称' }]
  if (application !== null && rule.withoutCase === true) return [{ field: 'application', label: '案件', message: '不答复政府信息公开申请：在「更正申请」里办（条例第四十一条）' }]
  if (application === null) return rule.withoutCase === true ? [] : [{ field: 'application', label: '案件', message: '这件文书须依附于一件申请' }]
  if (application.status === 'voided') return [{ field: 'application', label: '案件', message: '这件申请的登记已作废' }]
  if (application.receivedOn === null) return [{ field: 'application', label: '案件', message: REFUSED['not-confirmed'] }]
  if (on < application.receivedOn) return [{ field: 'on', label: '成文之日', message: REFUSED['before-received'] }]
  return [...stepProblems(application, rule), ...decisionProblems(input, application, rule)]
}

function stepProblems(application: Application, { step }: LetterRule): LetterProblem[] {
  if (step === undefined || canHappen(application, step)) return []
  const { to } = APPLICATION_TRANSITIONS[step]
  return to === application.status ? [] : [{ field: 'application', label: '案件', message: REFUSED['not-now'] }]
}

function decisionProblems({ id, on }: LetterInput, application: Application, { outcomes }: LetterRule): LetterProblem[] {
  if (outcomes === undefined) return []
  const problem = (field: string, label: string, message: string): LetterProblem[] => [{ field, label, message }]
  if (application.mergedInto !== null && application.withdrawnOn === null) return problem('application', '案件', '本件已并案，与前一件以一份文书一并答复')
  const decision = decisionOf(application, on)
  if (decision === null) return problem('decision', '处理决定', '尚未拟作出处理决定，或者期限尚未届满')
  const right = letterFor(decision)
  if (right !== id) {
    return problem('decision', '处理决定', `该案的处理决定是「${outcomeRule(decision.outcome).label}」，应当用《${letterRule(right).title}》`)
  }
  if (decision.decidedOn === null) return []
  const closed = decision.outcome === 'CLOSED_NO_CORRECTION' || decision.outcome === 'CLOSED_NO_PAYMENT' || application.withdrawnOn !== null
  const fits = closed ? on >= decision.decidedOn : on === decision.decidedOn
  return fits ? [] : problem('on', '成文之日', `应为作出决定之日（${chineseDate(decision.decidedOn)}）`)
}

/** 处理决定的依据材料不齐的。 */
export const evidenceProblems = ({ outcome, evidence }: LetterDecision): LetterProblem[] =>
  missingEvidence(outcome, evidence).map(({ key, label }) => ({ field: key, label, message: `处理决定的依据材料不齐：${label}` }))

/** 所填的一项哪里不对；`on` 为成文之日。 */
export function fieldProblem({ key, label, kind, options, optional, past, min = 0, max = 1_000_000 }: LetterField, given: string, on: string): LetterProblem[] {
  const value = given.trim()
  const problem = (message: string): LetterProblem[] => [{ field: key, label, message }]
  if (value === '') return optional === true ? [] : problem(`请填写${label}`)
  if (options !== undefined && !Object.hasOwn(options, value)) return problem('请从所列各项中选一项')
  if (kind === 'date' && !isPlainDate(value)) return problem('请填写真实的日期，如 2025-03-01')
  if (kind === 'date' && past === true && value > on) return problem('不能晚于成文之日')
  if (kind === 'number' && (!/^\d{1,7}$/.test(value) || Number(value) < min || Number(value) > max)) return problem(`应为 ${min} 至 ${max} 的整数`)
  if (Array.from(value).length > MOST_TEXT) return problem(`不超过 ${MOST_TEXT} 字`)
  if (kind === 'list' && toLines(value).length === 0) return problem(`请填写${label}`)
  return kind === 'list' && toLines(value).length > MOST_LINES ? problem(`不超过 ${MOST_LINES} 条`) : []
}

/** 机关的情况不齐的。 */
export function bodyProblems({ body, delivery }: LetterInput, { procedural, word, rows }: LetterRule): LetterProblem[] {
  const needs: [boolean, keyof LetterInput['body'], string, string][] = [
    [true, 'name', '机关名称', '没有机关名称'],
    [word !== null, 'codeWord', '机关代字', '本机关没有设置机关代字，不能编文号'],
    [!procedural, 'reviewAuthority', '行政复议机关', '本机关没有设置行政复议机关，不能告知救济途径'],
    [!procedural, 'court', '管辖法院', '本机关没有设置管辖法院，不能告知救济途径'],
    [!procedural && delivery === 'ELECTRONIC', 'reviewOnlineUrl', '互联网复议渠道', REFUSED['review-url-missing']],
    [rows === undefined, 'contact', '联系人', '没有联系人'],
    [rows === undefined, 'phone', '联系电话', '没有联系电话'],
  ]
  return needs.filter(([needed, key]) => needed && body[key].trim() === '').map(([, field, label, message]) => ({ field, label, message }))
}

/** 预览时尚无文号；一经编号须是本机关、本类、当年的。 */
export function numberProblems({ docNo, body, on }: LetterInput, { word }: LetterRule): LetterProblem[] {
  if (docNo === null) return []
  const problem = (message: string): LetterProblem[] => [{ field: 'docNo', label: '文号', message }]
  if (word === null) return problem('这件文书不编文号')
  const number = parseNumber(docNo)
  if (number === null) return problem('文号写法有误')
  const fits = number.codeWord === body.codeWord && number.word === word && number.year === yearOf(on)
  return fits ? [] : problem(`文号应为「${body.codeWord}公开${word}〔${yearOf(on)}〕…号」`)
}
