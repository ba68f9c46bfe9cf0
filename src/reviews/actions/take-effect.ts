import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { makeFinal as rule } from '../litigation.ts'
import type { Litigation, LitigationEvent } from '../litigation.ts'
import { LITIGATION_RESULTS } from '../results.ts'
import { resultField, resultIn } from './result-field.ts'

/** 裁判生效：二审裁判，或上诉期满没有上诉的一审裁判；年度报告自此计其结果。 */
export const takeEffect: CaseStep<Litigation, LitigationEvent> = {
  label: '裁判生效',
  article: '行政诉讼法第八十五条：逾期不上诉的，一审判决、裁定发生法律效力；二审裁判为终审',
  permit: 'review.handle',
  done: '已记裁判生效，案件审结',
  when: ({ status }) => status === 'first-instance' || status === 'appeal' || status === 'filed' || status === 'answered',
  consequences: ['案件就此审结，不再提醒期限', '年度报告表四按生效之日计入该年的结果'],
  fields: (suit, { today, resultMap }) => [
    resultField(LITIGATION_RESULTS, resultMap, { value: suit.status === 'first-instance' ? (suit.firstInstance?.result ?? null) : null }),
    { name: 'documentNo', label: '生效裁判文书的案号', kind: 'text', maxLength: 100, hint: '二审的填二审的；一审即生效的可以不填' },
    dayField(today, '生效之日', '二审裁判为送达之日；没有上诉的为上诉期满的次日；准许撤诉、驳回起诉等裁定为其生效之日'),
  ],
  decide: (suit, given) => {
    const result = resultIn(LITIGATION_RESULTS, given('result'))
    return result === null ? { ok: false, refusal: 'result-incomplete' } : rule(suit, { on: given('on'), result, documentNo: given('documentNo') || null })
  },
}
