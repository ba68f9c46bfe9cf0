import { dayField } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import { isPending, openPause, resumeReview as resumeRule, suspendReview as suspendRule } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'

const ARTICLE = '照复议机关的通知；中止的日子不计入它的审理期限（本区设定）'

/** 复议机关告知中止：它的审理期限停着，本机关的答复期限照算。 */
export const suspendReview: CaseStep<Review, ReviewEvent> = {
  label: '收到中止的通知',
  article: ARTICLE,
  permit: 'review.handle',
  done: '已记中止；恢复的通知来了再记',
  side: true,
  when: (review) => isPending(review) && openPause(review) === undefined,
  fields: (_review, { today }) => [
    dayField(today, '中止之日', '通知书上写的；本机关的答复期限照算，通知另有说明的照通知'),
    { name: 'reason', label: '缘故', kind: 'text', required: true, maxLength: 200, hint: '照通知写，不写当事人的姓名' },
  ],
  decide: (review, given) => suspendRule(review, { on: given('on'), reason: given('reason') }),
}

/** 复议机关告知恢复审理：它的期限接着算。 */
export const resumeReview: CaseStep<Review, ReviewEvent> = {
  label: '收到恢复审理的通知',
  article: ARTICLE,
  permit: 'review.handle',
  done: '已记恢复，复议决定的期限接着算',
  when: (review) => isPending(review) && openPause(review) !== undefined,
  fields: (_review, { today }) => [dayField(today, '恢复审理之日', '通知书上写的')],
  decide: (review, given) => resumeRule(review, { on: given('on') }),
}
