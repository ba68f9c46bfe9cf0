import { acceptReview } from './actions/accept-review.ts'
import { answerReview } from './actions/answer-review.ts'
import { answerSuit } from './actions/answer-suit.ts'
import { appealSuit } from './actions/appeal-suit.ts'
import { assignCase } from './actions/assign-case.ts'
import { changeProcedure } from './actions/change-procedure.ts'
import { closeReview } from './actions/close-review.ts'
import { correctReview, correctSuit } from './actions/correct-case.ts'
import { decideReview } from './actions/decide-review.ts'
import { docketSuit } from './actions/docket-suit.ts'
import { extendDecision } from './actions/extend-decision.ts'
import { cancelHearing, holdHearing } from './actions/hold-hearing.ts'
import { judgeSuit, serveJudgment } from './actions/judge-suit.ts'
import { linkApplication, relinkApplication } from './actions/link-application.ts'
import { receiveReceipt } from './actions/receive-receipt.ts'
import { serveDecision } from './actions/serve-decision.ts'
import { setHearing } from './actions/set-hearing.ts'
import { resumeReview, suspendReview } from './actions/suspend-review.ts'
import { takeEffect } from './actions/take-effect.ts'
import type { CaseStep } from './case-step.ts'
import type { Litigation, LitigationEvent } from './litigation.ts'
import { noteLesson } from './lessons/note-lesson.ts'
import { dropStep, finishStep } from './performance/finish-steps.ts'
import { orderAct, orderAnswer, receiveOpinion } from './performance/order-steps.ts'
import type { Review, ReviewEvent } from './review.ts'

const isOneOf = (...statuses: readonly string[]) => (status: string): boolean => statuses.includes(status)

/** 复议案件上可以办的各步，键即地址的末段；在前的为主要的下一步。 */
export const REVIEW_STEPS: Readonly<Record<string, CaseStep<Review, ReviewEvent>>> = {
  answer: answerReview,
  resume: resumeReview,
  receipt: receiveReceipt,
  'hold-hearing': holdHearing,
  decide: decideReview,
  'serve-decision': serveDecision,
  'order-answer': orderAnswer,
  'order-act': orderAct,
  finish: finishStep,
  'note-lesson': noteLesson,
  close: closeReview,
  accept: acceptReview,
  'set-hearing': setHearing(['hearing', 'opinion'], '行政复议法第四十九条至第五十一条', isOneOf('received', 'answered')),
  'cancel-hearing': cancelHearing,
  'receive-opinion': receiveOpinion,
  'drop-duty': dropStep,
  'change-procedure': changeProcedure,
  'extend-decision': extendDecision,
  suspend: suspendReview,
  assign: assignCase,
  link: linkApplication,
  relink: relinkApplication,
  correct: correctReview,
}

/** 诉讼案件上可以办的各步。 */
export const SUIT_STEPS: Readonly<Record<string, CaseStep<Litigation, LitigationEvent>>> = {
  answer: answerSuit,
  receipt: receiveReceipt,
  'hold-hearing': holdHearing,
  judge: judgeSuit,
  'serve-judgment': serveJudgment,
  appeal: appealSuit,
  'take-effect': takeEffect,
  'order-answer': orderAnswer,
  'order-act': orderAct,
  finish: finishStep,
  'note-lesson': noteLesson,
  docket: docketSuit,
  'set-hearing': setHearing(['trial'], '行政诉讼法第三条、第六十八条', isOneOf('filed', 'answered', 'appeal', 'first-instance')),
  'cancel-hearing': cancelHearing,
  'receive-opinion': receiveOpinion,
  'drop-duty': dropStep,
  assign: assignCase,
  link: linkApplication,
  relink: relinkApplication,
  correct: correctSuit,
}
