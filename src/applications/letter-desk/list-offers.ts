import { preconditions } from '../letters/letter-checks.ts'
import { LETTER_IDS, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import { toLetterInput } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import type { LetterEntry } from './letter-store.ts'

export interface LetterOffer {
  type: LetterId
  title: string
  /** 何时发 */
  when: string
  /** 现在不能出的缘故；能出则为 null */
  reason: string | null
  /** 答复处理决定的、告知这一步的，列在前面 */
  main: boolean
}

export const ANSWERED = '这件申请的处理决定已发过文书'

/** 二十八种文书现在能出哪些，不能出的写明缘故；先列眼下要用的。 */
export function listOffers(source: LetterSource, letters: readonly LetterEntry[]): LetterOffer[] {
  const answered = letters.some(({ type, status }) => status === 'issued' && letterRule(type).outcomes !== undefined)
  const offers = LETTER_IDS.map((type): LetterOffer => {
    const rule = letterRule(type)
    const [problem] = preconditions(toLetterInput(source, type, { recipient: '对方', fields: {} }), rule)
    const reason = problem?.message ?? (answered && rule.outcomes !== undefined ? ANSWERED : null)
    return { type, title: rule.title, when: rule.when, reason, main: rule.outcomes !== undefined || rule.step !== undefined }
  })
  return offers.toSorted((a, b) => Number(b.main) - Number(a.main))
}
