import { accept, refuse } from '../../statute/decision.ts'
import type { Decision } from '../../statute/decision.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 第二十条第（一）项的两行；规章只有国务院部门、省级和设区的市政府可以制定。 */
export const DOCUMENT_KINDS = { reg: '规章', norm: '行政规范性文件' } as const
export type DocumentKind = keyof typeof DOCUMENT_KINDS

export interface NormativeFacts {
  kind: DocumentKind
  title: string
  docNo: string
  /** 统一登记、备案的编号 */
  registrationNo: string | null
  /** 公布之日；按它计入「本年制发」 */
  madeOn: PlainDate
  effectiveOn: PlainDate | null
  /** 有效期的最后一日；没有有效期的为 null */
  expiresOn: PlainDate | null
  /** 废止（失效）之日，自该日起不再有效 */
  repealedOn: PlainDate | null
  repealBasis: string | null
  url: string | null
}

export type NormativeEvent =
  | { kind: 'made'; on: PlainDate; facts: NormativeFacts; source: string }
  | { kind: 'corrected'; on: PlainDate; facts: NormativeFacts; source: string; reason: string }
  | { kind: 'repealed'; on: PlainDate; basis: string }
  | { kind: 'extended'; on: PlainDate; expiresOn: PlainDate; basis: string }

export type NormativeDocument = { status: 'made' } & NormativeFacts
export type NormativeState = { status: 'new' } | NormativeDocument

export const NEW_DOCUMENT: NormativeState = { status: 'new' }

export function evolveDocument(state: NormativeState, event: NormativeEvent): NormativeState {
  if (event.kind === 'made' || event.kind === 'corrected') return { status: 'made', ...event.facts }
  if (state.status === 'new') throw new Error(`规范性文件的第一件事不能是 ${event.kind}`)
  return event.kind === 'repealed'
    ? { ...state, repealedOn: event.on, repealBasis: event.basis }
    : { ...state, expiresOn: event.expiresOn }
}

export const VALIDITIES = {
  unmade: '尚未公布',
  valid: '现行有效',
  repealed: '已废止',
  expired: '有效期届满',
} as const
export type Validity = keyof typeof VALIDITIES

/** 某日的效力。公布而尚未施行的算现行有效，这样「上年有效 + 制发 − 废止 = 本年有效」恒成立。 */
export function validityOn(facts: NormativeFacts, day: PlainDate): Validity {
  if (day < facts.madeOn) return 'unmade'
  if (facts.repealedOn !== null && facts.repealedOn <= day) return 'repealed'
  if (facts.expiresOn !== null && facts.expiresOn < day) return 'expired'
  return 'valid'
}

/** 自哪一日起不再有效；没有则为 null。落在哪一年，就计入哪一年的「废止」，有效期届满的亦计〔待核〕。 */
export function invalidFrom({ repealedOn, expiresOn }: NormativeFacts): PlainDate | null {
  const lapsed = expiresOn === null ? null : addCalendarDays(expiresOn, 1)
  if (repealedOn === null || lapsed === null) return repealedOn ?? lapsed
  return repealedOn < lapsed ? repealedOn : lapsed
}

export const DOCUMENT_REFUSALS = {
  'already-made': '该文件已经登记',
  'not-made': '没有登记该文件',
  'not-valid': '该文件已不再有效',
  'future-date': '公布日期晚于今日',
  'out-of-order': '日期先后不合：公布不晚于施行，有效期与废止不早于公布',
  'basis-missing': '须写明依据',
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
  const { status: _, ...known } = state
  const same = Object.entries(facts).every(([key, value]) => known[key as keyof NormativeFacts] === value)
  return same ? accept() : accept({ kind: 'corrected', on, facts, source, reason: '台账更新' })
}

export function repealDocument(state: NormativeState, { on, basis }: { on: PlainDate; basis: string }): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  if (validityOn(state, on) !== 'valid') return refuse('not-valid')
  return basis.trim() === '' ? refuse('basis-missing') : accept({ kind: 'repealed', on, basis })
}

/** 有效期届满前评估后延续。 */
export function extendDocument(
  state: NormativeState,
  { on, expiresOn, basis }: { on: PlainDate; expiresOn: PlainDate; basis: string },
): DocumentDecision {
  if (state.status === 'new') return refuse('not-made')
  if (validityOn(state, on) !== 'valid') return refuse('not-valid')
  if (state.expiresOn === null || expiresOn <= state.expiresOn) return refuse('out-of-order')
  return basis.trim() === '' ? refuse('basis-missing') : accept({ kind: 'extended', on, expiresOn, basis })
}

function wrongFacts(facts: NormativeFacts, today: PlainDate): DocumentRefusal | null {
  const { madeOn, effectiveOn, expiresOn, repealedOn } = facts
  if (madeOn > today) return 'future-date'
  const late = [effectiveOn, expiresOn, repealedOn].some((day) => day !== null && day < madeOn)
  if (late || (effectiveOn !== null && expiresOn !== null && expiresOn < effectiveOn)) return 'out-of-order'
  return null
}
