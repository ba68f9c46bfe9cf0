import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { REVIEW_RESULTS } from '../results.ts'
import { decideReview as rule, evolveReview, serveDecision } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'
import { resultField, resultIn } from './result-field.ts'

/** 复议机关作出了决定：结果、文号、收到之日。 */
export const decideReview: CaseStep<Review, ReviewEvent> = {
  label: '登记复议决定',
  article: '行政复议法第六十一条至第七十条',
  permit: 'review.handle',
  done: '已登记复议决定',
  when: ({ status }) => status === 'received' || status === 'answered',
  fields: (_review, { today, resultMap }) => [
    resultField(REVIEW_RESULTS, resultMap),
    { name: 'documentNo', label: '决定书文号', kind: 'text', maxLength: 100 },
    dayField(today, '作出决定之日', '决定书的落款；年度报告按这一日归年度'),
    { name: 'servedOn', label: '收到决定书之日', kind: 'date', hint: '不服决定的起诉期限十五日自收到之日起（行政诉讼法第四十五条）；还没有收到的，收到再记' },
  ],
  decide: (review, given) => {
    const result = resultIn(REVIEW_RESULTS, given('result'))
    if (result === null) return { ok: false, refusal: 'result-incomplete' }
    const decided = rule(review, { on: given('on'), result, documentNo: given('documentNo') || null })
    if (!decided.ok || given('servedOn') === '') return decided
    const served = serveDecision(decided.events.reduce(evolveReview, review), { on: given('servedOn') })
    return served.ok ? { ok: true, events: [...decided.events, ...served.events] } : served
  },
}
