import type { CaseStep } from '../case-step.ts'
import { answerReview as rule } from '../review.ts'
import type { Review, ReviewEvent } from '../review.ts'
import { answeredFields, isPosted, PAPER, sendAnswer } from './answered-fields.ts'

/** 向复议机关提出书面答复，并提交当初作出行政行为的证据、依据。 */
export const answerReview: CaseStep<Review, ReviewEvent> = {
  label: '答复已提交',
  article: '行政复议法第四十八条、第五十四条',
  permit: 'review.handle',
  done: '已记答复',
  when: ({ status }) => status === 'received',
  fields: (_review, help) => answeredFields(help, '提交之日'),
  decide: async (review, given, context) => {
    const letter = given('letter')
    const answer = rule(review, { on: given('on'), letterId: letter === PAPER ? null : letter, posted: isPosted(given('method')) })
    if (!answer.ok) return answer
    return (await sendAnswer(context, letter, given('on'))) ? answer : { ok: false, refusal: 'letter-unknown' }
  },
}
