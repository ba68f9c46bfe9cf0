import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { closeReview as rule } from '../review.ts'
import { isOrderUnlisted } from '../performance/ended.ts'
import { hasOpenDuties } from '../performance/settle-duties.ts'
import type { Review, ReviewEvent } from '../review.ts'

/** 起诉期限过了没有起诉的，要履行的履行了，办结；之后又起诉的，登记诉讼时照样连得上。 */
export const closeReview: CaseStep<Review, ReviewEvent> = {
  label: '办结',
  article: '条例第四十五条（内部的收尾，没有法定期限）',
  permit: 'review.handle',
  done: '已办结',
  // 要照办的，先登记办什么
  side: isOrderUnlisted,
  when: ({ status }) => status === 'decided' || status === 'sued',
  fields: (_review, { today }) => [dayField(today, '办结之日')],
  decide: async (review, given, { tx, bodyId }) => {
    if (given('on') < (review.decidedOn ?? '')) return { ok: false, refusal: 'out-of-order' }
    return (await hasOpenDuties(tx, bodyId, review.duties)) ? { ok: false, refusal: 'duties-open' } : rule(review, { on: given('on') })
  },
}
