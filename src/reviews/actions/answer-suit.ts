import type { CaseStep } from '../case-step.ts'
import { answerLitigation as rule } from '../litigation.ts'
import type { Litigation, LitigationEvent } from '../litigation.ts'
import { answeredFields, isPosted, PAPER, sendAnswer } from './answered-fields.ts'

/** 提出答辩状，并提交作出行政行为的证据和所依据的规范性文件。 */
export const answerSuit: CaseStep<Litigation, LitigationEvent> = {
  label: '答辩已提交',
  article: '行政诉讼法第六十七条',
  permit: 'review.handle',
  done: '已记答辩',
  when: ({ status }) => status === 'filed',
  fields: (_suit, help) => answeredFields(help, '提交之日'),
  decide: async (suit, given, context) => {
    const letter = given('letter')
    const answer = rule(suit, { on: given('on'), letterId: letter === PAPER ? null : letter, posted: isPosted(given('method')) })
    if (!answer.ok) return answer
    return (await sendAnswer(context, letter, given('on'))) ? answer : { ok: false, refusal: 'letter-unknown' }
  },
}
