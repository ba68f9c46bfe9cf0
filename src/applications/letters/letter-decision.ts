import { isPast } from '../../statute/reply-clock.ts'
import { letterOf, outcomeRemedy, outcomeRule } from '../../statute/outcomes.ts'
import type { Remedy } from '../../statute/remedies.ts'
import type { Application } from '../application.ts'
import type { LetterDecision, LetterInput } from './letter-input.ts'
import { isLetterId, letterRule } from './letters.ts'
import type { LetterId } from './letters.ts'

/** 案件的处理决定：已作出的、拟作出的，或期限已满可以不再处理的；没有则 null。 */
export function decisionOf(application: Application, on: string): LetterDecision | null {
  const { decision, proposal, status } = application
  if (decision !== null) return decision
  if (proposal !== null) return { ...proposal, decidedOn: null, remedy: null }
  const supplementBy = application.supplements.at(-1)?.by ?? null
  const payBy = application.fee?.payBy ?? null
  if (status === 'correction-requested' && supplementBy !== null && isPast(supplementBy, on)) return closing('CLOSED_NO_CORRECTION')
  if (status === 'fee-noticed' && payBy !== null && isPast(payBy, on)) return closing('CLOSED_NO_PAYMENT')
  return null
}

const closing = (outcome: LetterDecision['outcome']): LetterDecision => ({ outcome, evidence: {}, decidedOn: null, remedy: null })

/** 处理决定用哪一种文书。 */
export function letterFor({ outcome, evidence }: Pick<LetterDecision, 'outcome' | 'evidence'>): LetterId {
  const id = letterOf(outcome, evidence)
  if (!isLetterId(id)) throw new Error(`没有文书 ${id}`)
  return id
}

/** 应附的救济，由结果与作出之日而定，不能选：程序性文书不附；行政查询事项已作出的从其记录。 */
export function remedyFor(input: Pick<LetterInput, 'id' | 'on' | 'settings'>, decision: LetterDecision | null): Remedy {
  const rule = letterRule(input.id)
  if (rule.procedural) return 'NONE'
  if (rule.outcomes === undefined || decision === null) return 'EITHER'
  const adminQueryRemedy = decision.remedy ?? input.settings.adminQueryRemedy
  return outcomeRemedy(decision.outcome, decision.decidedOn ?? input.on, { adminQueryRemedy })
}

/** 须引用的条例条款。 */
export function articlesFor(id: LetterId, decision: LetterDecision | null): readonly string[] {
  const { articles } = letterRule(id)
  if (articles !== 'outcome') return articles
  const article = decision === null ? null : outcomeRule(decision.outcome).article
  if (article === null) return []
  // 第三十二条只在征求过意见时引用，不必有
  return decision?.outcome === 'DENY_THIRD_PARTY' ? ['第十五条'] : article.split('、')
}
