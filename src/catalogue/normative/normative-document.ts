import type { PlainDate } from '../../statute/plain-date.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { Topic } from '../item-details.ts'

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

/** 怎样制定出来的；台账没有记的为空。 */
export interface Making {
  topic: Topic | null
  /** 合法性审核意见 */
  legalReview: string | null
  /** 征求意见记录 */
  consultation: string | null
  /** 集体审议 */
  deliberation: string | null
}

/** 清理的结论；废止、修改另行办理，结论本身不改效力。 */
export const CLEAN_UP_RESULTS = { keep: '继续有效', revise: '应予修改', repeal: '应予废止' } as const
export type CleanUpResult = keyof typeof CLEAN_UP_RESULTS

export interface CleanUpFinding {
  cleanUpId: string
  result: CleanUpResult
  note: string
  on: PlainDate
}

/** 发生的一事；凭委托办的写明代谁。 */
export type NormativeEvent = Happening & { onBehalfOf?: string }

type Happening =
  /** `desk`：在工作台登记的，经批准才列入政策文件库；台账记的是已经公布的事实 */
  | { kind: 'made'; on: PlainDate; facts: NormativeFacts; source: string; making?: Making; desk?: true }
  | { kind: 'corrected'; on: PlainDate; facts: NormativeFacts; source: string; reason: string; making?: Making; desk?: true }
  | { kind: 'repealed'; on: PlainDate; basis: string; by?: string }
  | { kind: 'extended'; on: PlainDate; expiresOn: PlainDate; basis: string }
  /** 修改若干条款，仍是这一件；另以新文号公布的，新的登记为另一件，废止这一件 */
  | { kind: 'amended'; on: PlainDate; basis: string; note: string }
  | { kind: 'linked'; on: PlainDate; itemId: string }
  | { kind: 'unlinked'; on: PlainDate }
  | { kind: 'listed'; on: PlainDate }
  | ({ kind: 'cleaned' } & CleanUpFinding)

export type NormativeDocument = { status: 'made' } & NormativeFacts & {
    making: Making
    /** 载有正文的信息条目 */
    itemId: string | null
    /** 没有连正文的，是否列入政策文件库 */
    listed: boolean
    /** 在工作台登记、更正的人：列入政策文件库须由另一人批准 */
    registrars: readonly string[]
    /** 由本机关的哪一件废止 */
    repealedBy: string | null
    /** 在工作台废止、延续、更正过效力：台账不得悄悄改回 */
    settled: boolean
    amendments: readonly { on: PlainDate; basis: string; note: string }[]
    cleanUps: readonly CleanUpFinding[]
  }
export type NormativeState = { status: 'new' } | NormativeDocument

export const NEW_DOCUMENT: NormativeState = { status: 'new' }
export const NO_MAKING: Making = { topic: null, legalReview: null, consultation: null, deliberation: null }

export function evolveDocument(state: NormativeState, event: NormativeEvent): NormativeState {
  if (event.kind === 'made') {
    const { facts, making = NO_MAKING, desk, source } = event
    return { status: 'made', ...facts, making, itemId: null, listed: desk !== true, registrars: desk === true ? [source] : [], repealedBy: null, settled: false, amendments: [], cleanUps: [] }
  }
  if (state.status === 'new') throw new Error(`规范性文件的第一件事不能是 ${event.kind}`)
  switch (event.kind) {
    case 'corrected':
      return corrected(state, event)
    case 'repealed':
      return { ...state, repealedOn: event.on, repealBasis: event.basis, repealedBy: event.by ?? null, settled: true }
    case 'extended':
      return { ...state, expiresOn: event.expiresOn, settled: true }
    case 'amended': {
      const { on, basis, note } = event
      return { ...state, amendments: [...state.amendments, { on, basis, note }] }
    }
    case 'linked':
      // 换过正文的，原来的可能撤回了：新的没有公开之前，名称也不再列
      return { ...state, itemId: event.itemId, listed: state.listed && state.itemId === null }
    case 'unlinked':
      return { ...state, itemId: null, listed: false }
    case 'listed':
      return { ...state, listed: true }
    case 'cleaned': {
      const { cleanUpId, result, note, on } = event
      return { ...state, cleanUps: [...state.cleanUps.filter((each) => each.cleanUpId !== cleanUpId), { cleanUpId, result, note, on }] }
    }
  }
}

function corrected(state: NormativeDocument, { facts, making = state.making, desk, source }: Extract<NormativeEvent, { kind: 'corrected' }>): NormativeDocument {
  // 公众所见的名称、文号、网址一个人改了的，须重新批准才列入
  const seen = state.title === facts.title && state.docNo === facts.docNo && state.url === facts.url && state.registrationNo === facts.registrationNo
  const listed = state.listed && (desk !== true || seen)
  const registrars = desk === true && !state.registrars.includes(source) ? [...state.registrars, source] : state.registrars
  const settled = state.settled || (desk === true && (state.repealedOn !== facts.repealedOn || state.expiresOn !== facts.expiresOn))
  return { ...state, ...facts, making, listed, registrars, settled, repealedBy: facts.repealedOn === null ? null : state.repealedBy }
}

export const VALIDITIES = {
  unmade: '尚未公布',
  valid: '现行有效',
  repealed: '已废止',
  expired: '有效期届满',
} as const
export type Validity = keyof typeof VALIDITIES

type Term = Pick<NormativeFacts, 'madeOn' | 'expiresOn' | 'repealedOn'>

/** 某日的效力。公布而尚未施行的算现行有效，这样「上年有效 + 制发 − 废止 = 本年有效」恒成立。 */
export function validityOn(facts: Term, day: PlainDate): Validity {
  if (day < facts.madeOn) return 'unmade'
  if (facts.repealedOn !== null && facts.repealedOn <= day) return 'repealed'
  if (facts.expiresOn !== null && facts.expiresOn < day) return 'expired'
  return 'valid'
}

/** 自哪一日起不再有效；没有则为 null。落在哪一年，就计入哪一年的「废止」，有效期届满的亦计〔待核〕。 */
export function invalidFrom({ repealedOn, expiresOn }: Pick<NormativeFacts, 'repealedOn' | 'expiresOn'>): PlainDate | null {
  const lapsed = expiresOn === null ? null : addCalendarDays(expiresOn, 1)
  if (repealedOn === null || lapsed === null) return repealedOn ?? lapsed
  return repealedOn < lapsed ? repealedOn : lapsed
}
