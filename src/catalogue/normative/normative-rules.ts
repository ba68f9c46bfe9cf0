import { accept, refuse } from '../../statute/decision.ts'
import type { Decision } from '../../statute/decision.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { addCalendarDays, addCalendarMonths } from '../../statute/plain-date.ts'
import { validityOn } from './normative-document.ts'
import type { CleanUpFinding, Making, NormativeEvent, NormativeFacts, NormativeState } from './normative-document.ts'

export const DOCUMENT_REFUSALS = {
  'already-made': '该文件已经登记',
  'not-made': '没有登记该文件',
  'not-valid': '该文件到这一日已不再有效',
  'future-date': '公布日期晚于今日',
  'out-of-order': '日期先后不合：公布不晚于施行，有效期与废止不早于公布',
  'not-later': '须晚于现在的有效期',
  'basis-missing': '须写明依据',
  'nothing-changed': '没有改动',
  'ledger-behind': '该文件在工作台废止或延续过，台账所记的效力与之不符；请照工作台改台账，确有错误的在工作台更正',
  'repeals-itself': '不能由自己废止',
  'same-item': '已经连着这一条信息',
  'no-item': '没有连着信息',
  'already-listed': '已经列入政策文件库',
  'own-registration': '您（或者委托您的人）登记、更正过这一件，须由另一位负责人批准',
} as const
export type DocumentRefusal = keyof typeof DOCUMENT_REFUSALS
type DocumentDecision = Decision<NormativeEvent, DocumentRefusal>

interface FactsInput {
  on: PlainDate
  facts: NormativeFacts
  source: string
}

/** 登记一件，或照台账更新已登记的；没有不同则没有事发生。 */
export function recordDocument(state: NormativeState, { on, facts, source }: FactsInput): DocumentDecision {
  const refusal = wrongFacts(facts, on)
  if (refusal) return refuse(refusal)
  if (state.status === 'new') return accept({ kind: 'made', on, facts, source })
  if (sameFacts(state, facts)) return accept()
  if (state.settled && (facts.repealedOn !== state.repealedOn || facts.expiresOn !== state.expiresOn)) return refuse('ledger-behind')
  return accept({ kind: 'corrected', on, facts, source, reason: '台账更新' })
}

/** 在工作台登记；连上正文并公开，或者经批准，才列入政策文件库。 */
export function registerDocument(state: NormativeState, input: FactsInput & { making: Making }): DocumentDecision {
  if (state.status !== 'new') return refuse('already-made')
  const refusal = wrongFacts(input.facts, input.on)
  return refusal ? refuse(refusal) : accept({ kind: 'made', ...input, desk: true })
}

/** 登记有误的更正：写明缘故，旧的留在时间线里。 */
export function correctDocument(state: NormativeState, input: FactsInput & { making: Making; reason: string }): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  const refusal = wrongFacts(input.facts, input.on)
  if (refusal) return refuse(refusal)
  if (sameFacts(state, input.facts) && sameMaking(state.making, input.making)) return refuse('nothing-changed')
  return input.reason.trim() === '' ? refuse('basis-missing') : accept({ kind: 'corrected', ...input, desk: true })
}

/** 废止，自 `on` 起不再有效，可以是将来的一日；`by` 为本机关用来废止它的那一件。 */
export function repealDocument(state: NormativeState, { on, basis, by }: { on: PlainDate; basis: string; by?: string }, documentId?: string): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  if (validityOn(state, on) !== 'valid') return refuse('not-valid')
  if (by !== undefined && by === documentId) return refuse('repeals-itself')
  return basis.trim() === '' ? refuse('basis-missing') : accept({ kind: 'repealed', on, basis, ...(by === undefined ? {} : { by }) })
}

/** 有效期届满前评估后延续。 */
export function extendDocument(
  state: NormativeState,
  { on, expiresOn, basis }: { on: PlainDate; expiresOn: PlainDate; basis: string },
): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  if (validityOn(state, on) !== 'valid') return refuse('not-valid')
  if (state.expiresOn === null || expiresOn <= state.expiresOn) return refuse('not-later')
  return basis.trim() === '' ? refuse('basis-missing') : accept({ kind: 'extended', on, expiresOn, basis })
}

/** 修改若干条款，文号与效力不变；新的文本在所连的信息里改。 */
export function amendDocument(state: NormativeState, input: { on: PlainDate; basis: string; note: string }): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  if (validityOn(state, input.on) !== 'valid') return refuse('not-valid')
  return input.basis.trim() === '' ? refuse('basis-missing') : accept({ kind: 'amended', ...input })
}

export function linkItem(state: NormativeState, { on, itemId }: { on: PlainDate; itemId: string }): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  return state.itemId === itemId ? refuse('same-item') : accept({ kind: 'linked', on, itemId })
}

export function unlinkItem(state: NormativeState, { on }: { on: PlainDate }): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  return state.itemId === null ? refuse('no-item') : accept({ kind: 'unlinked', on })
}

/** 经批准，名称、文号与效力列入政策文件库：正文在别处公布的。 */
export function listDocument(state: NormativeState, { on, approver }: { on: PlainDate; approver: string }): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  if (state.listed) return refuse('already-listed')
  return state.registrars.includes(approver) ? refuse('own-registration') : accept({ kind: 'listed', on })
}

/** 一轮清理中的结论；同一轮里改结论的，后一次为准，没有不同则没有事发生。 */
export function judgeDocument(state: NormativeState, finding: CleanUpFinding): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  if (finding.result !== 'keep' && finding.note.trim() === '') return refuse('basis-missing')
  const known = state.cleanUps.find(({ cleanUpId }) => cleanUpId === finding.cleanUpId)
  if (known?.result === finding.result && known.note === finding.note) return accept()
  return accept({ kind: 'cleaned', ...finding })
}

/** 暂行、试行的。 */
export const isTrial = (title: string): boolean => /暂行|试行/.test(title)

/** 没有另行写明的，有效期的最后一日〔待核〕：自施行（没有写施行的自公布）之日起若干年，暂行、试行的较短。 */
export function defaultExpiry({ title, madeOn, effectiveOn }: Pick<NormativeFacts, 'title' | 'madeOn' | 'effectiveOn'>, { years, trialYears }: { years: number; trialYears: number }): PlainDate {
  return addCalendarDays(addCalendarMonths(effectiveOn ?? madeOn, 12 * (isTrial(title) ? trialYears : years)), -1)
}

function wrongFacts(facts: NormativeFacts, today: PlainDate): DocumentRefusal | null {
  const { madeOn, effectiveOn, expiresOn, repealedOn } = facts
  if (madeOn > today) return 'future-date'
  const late = [effectiveOn, expiresOn, repealedOn].some((day) => day !== null && day < madeOn)
  if (late || (effectiveOn !== null && expiresOn !== null && expiresOn < effectiveOn)) return 'out-of-order'
  return null
}

const sameFacts = (known: NormativeFacts, facts: NormativeFacts): boolean => Object.entries(facts).every(([key, value]) => known[key as keyof NormativeFacts] === value)
const sameMaking = (known: Making, making: Making): boolean => Object.entries(making).every(([key, value]) => known[key as keyof Making] === value)
