import { REDO_REFUSALS } from '../applications/index.ts'
import type { StepRefusal } from './case-step.ts'
import { HEARING_REFUSALS } from './hearing-rules.ts'
import { LITIGATION_REFUSALS } from './litigation.ts'
import { DUTY_REFUSALS } from './performance/duty.ts'
import { REVIEW_REFUSALS } from './review.ts'

/** 不可以的缘故，一处措辞。 */
export const REFUSED = {
  ...LITIGATION_REFUSALS,
  ...REVIEW_REFUSALS,
  ...HEARING_REFUSALS,
  ...REDO_REFUSALS,
  ...DUTY_REFUSALS,
  'out-of-order': '日期先后颠倒，或早于收到副本之日',
  'letter-unknown': '所选的文书没有签发，或者已经送出，请重选',
  'head-why': '请写明缘故',
  'application-unknown': '没有这个文号、登记号的申请，请核对',
  'person-unknown': '请从所列的人中选择',
} as const satisfies Record<StepRefusal, string>
