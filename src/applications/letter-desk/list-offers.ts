import { preconditions } from '../letters/letter-checks.ts'
import { letterFor } from '../letters/letter-decision.ts'
import { LETTER_IDS, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { toLetterInput } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import { stepOf, untoldVersion } from './letter-steps.ts'
import type { LetterEntry } from './letter-store.ts'

export interface LetterOffer {
  type: LetterId
  title: string
  /** 何时发 */
  when: string
  /** 现在不能出的缘故；能出则为 null */
  reason: string | null
  /** 案件正等着这一份：决定作出了、那一步记了，而文书还没有发出 */
  awaited: boolean
}

export const ANSWERED = '这件申请的处理决定已发过文书'

/** 二十八种文书现在能出哪些，不能出的写明缘故；先列案件等着的，再列答复处理决定、告知一步的。 */
export function listOffers(source: LetterSource, letters: readonly LetterEntry[]): LetterOffer[] {
  const answered = letters.some(({ type, status }) => status === 'issued' && letterRule(type).outcomes !== undefined)
  const { application: a } = source
  const answer = answered || a.decision === null || a.mergedInto !== null ? null : letterFor(a.decision)
  const offers = LETTER_IDS.map((type): LetterOffer => {
    const rule = letterRule(type)
    const [problem] = preconditions(toLetterInput(source, type, { recipient: '对方', fields: {} }), rule)
    const reason = problem?.message ?? (answered && rule.outcomes !== undefined ? ANSWERED : null)
    return { type, title: rule.title, when: rule.when, reason, awaited: reason === null && (type === answer || isStepUntold(type, source, letters)) }
  })
  return offers.toSorted((one, other) => rankOf(one) - rankOf(other))
}

function rankOf({ type, awaited }: LetterOffer): number {
  const { outcomes, step } = letterRule(type)
  return awaited ? 0 : outcomes !== undefined || step !== undefined ? 1 : 2
}

// 协办函不是必发的；还在征求意见的，同时须告知申请人（条例第三十三条第三款）
function isStepUntold(type: LetterId, { application: a, events }: LetterSource, letters: readonly LetterEntry[]): boolean {
  const asking = a.consultations.filter(({ returnedOn }) => returnedOn === null)
  if (type === 'L08') return asking.some(({ sentOn }) => !letters.some((letter) => letter.type === 'L08' && letter.issuedOn !== null && letter.issuedOn >= sentOn))
  const event = stepOf(type)?.event
  if (event === undefined || event === 'co-handling-asked') return false
  if (event === 'consultation-sent') return a.consultations.some(({ id }) => untoldVersion(type, a, events, letters, id) !== null)
  return untoldVersion(type, a, events, letters) !== null
}
