import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { evolveLitigation, JUDGMENT_FORMS, judgeFirstInstance as rule, serveJudgment as serveRule } from '../litigation.ts'
import type { Litigation, LitigationEvent } from '../litigation.ts'
import { LITIGATION_RESULTS } from '../results.ts'
import { resultField, resultIn } from './result-field.ts'

/** 一审裁判：还没有生效，年度报告仍计尚未审结〔待核〕。 */
export const judgeSuit: CaseStep<Litigation, LitigationEvent> = {
  label: '登记一审裁判',
  article: '行政诉讼法第六十九条至第七十八条',
  permit: 'review.handle',
  done: '已登记一审裁判；生效之前仍为尚未审结',
  when: ({ status }) => status === 'filed' || status === 'answered',
  fields: (_suit, { today, resultMap }) => [
    { name: 'form', label: '裁判的种类', kind: 'choice', required: true, options: JUDGMENT_FORMS, value: 'judgment', hint: '不服判决十五日内上诉，不服裁定十日内上诉（行政诉讼法第八十五条）' },
    resultField(LITIGATION_RESULTS, resultMap),
    { name: 'documentNo', label: '裁判文书的案号', kind: 'text', maxLength: 100 },
    dayField(today, '裁判之日', '落款的日期'),
    { name: 'servedOn', label: '送达本机关之日', kind: 'date', hint: '上诉期限自次日起算；还没有送达的，送达再记' },
  ],
  decide: (suit, given) => {
    const result = resultIn(LITIGATION_RESULTS, given('result'))
    if (result === null) return { ok: false, refusal: 'result-incomplete' }
    const judged = rule(suit, { on: given('on'), result, form: given('form') === 'ruling' ? 'ruling' : 'judgment', documentNo: given('documentNo') || null })
    if (!judged.ok || given('servedOn') === '') return judged
    const served = serveRule(judged.events.reduce(evolveLitigation, suit), { on: given('servedOn') })
    return served.ok ? { ok: true, events: [...judged.events, ...served.events] } : served
  },
}

export const serveJudgment: CaseStep<Litigation, LitigationEvent> = {
  label: '收到一审裁判',
  article: '行政诉讼法第八十五条：上诉期限自送达之日起',
  permit: 'review.handle',
  done: '已记送达之日，上诉期限随之算出',
  when: ({ status, firstServedOn }) => status === 'first-instance' && firstServedOn === null,
  fields: (_suit, { today }) => [dayField(today, '送达之日')],
  decide: (suit, given) => serveRule(suit, { on: given('on') }),
}
