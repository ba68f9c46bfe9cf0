import { accept, refuse, type Decision as Decided } from '../../statute/decision.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { CellCode } from '../../statute/report-form.ts'
import type { FilingBar } from '../report.ts'

/**
 * 一个机关一个年度的报送：列入名单 → 报来（第 n 次）→ 受理，或退回改了再报 → 锁定。
 * 退回之后改的是记录，重新冻结、签发，作为下一次报送；以前各次照存。
 */
export const FILING_STATUSES = {
  none: '未报送',
  filed: '待审核',
  returned: '已退回',
  accepted: '已受理',
  locked: '已锁定',
} as const

export type FilingStatus = keyof typeof FILING_STATUSES

/** 报来的是本系统签发的报告，还是上传的文件。 */
export const SOURCES = { system: '本系统', upload: '上传文件' } as const
export type FilingSource = keyof typeof SOURCES

/** 主管部门另定的：依法应报而免报，或者不在名单里而加报。 */
export const EXCEPTIONS = { exempt: '免报', added: '加报' } as const
export type Exception = keyof typeof EXCEPTIONS

/** 退回时在一格或一句旁写的话。 */
export interface Remark {
  cell: CellCode | null
  /** 所指的一段原文；在格旁的为 null */
  sentence: string | null
  text: string
}

/** 报来的一份：内容的 SM3，校核所得的件数，报送人的话。 */
export interface FiledRound {
  round: number
  source: FilingSource
  /** 来自本系统的，报告的版次 */
  edition: number | null
  contentHash: string
  errors: number
  warnings: number
  /** 对上次退回的答复；第一次报送的为空 */
  reply: string
  filer: string
}

export type FilingEvent =
  | { kind: 'expected'; on: PlainDate; year: number }
  | { kind: 'exempted'; on: PlainDate; reason: string }
  | { kind: 'added'; on: PlainDate; reason: string }
  | { kind: 'exception-ended'; on: PlainDate; reason: string }
  | { kind: 'assigned'; on: PlainDate; reviewer: string | null }
  | { kind: 'reminded'; on: PlainDate }
  | { kind: 'errors-allowed'; on: PlainDate; reason: string }
  | ({ kind: 'filed'; on: PlainDate } & FiledRound)
  | { kind: 'published-elsewhere'; on: PlainDate; publishedOn: PlainDate; url: string }
  | { kind: 'returned'; on: PlainDate; round: number; words: string; remarks: readonly Remark[]; reviewer: string }
  | { kind: 'accepted'; on: PlainDate; round: number; words: string; reviewer: string }
  | { kind: 'locked'; on: PlainDate }
  | { kind: 'unlocked'; on: PlainDate; reason: string }

export interface Filing {
  status: FilingStatus
  year: number
  round: number
  source: FilingSource | null
  exception: { kind: Exception; reason: string } | null
  reviewer: string | null
  errorsAllowed: string | null
  /** 最近一次报送的人与内容 */
  filer: string | null
  contentHash: string | null
  edition: number | null
  filedOn: PlainDate | null
  lastFiledOn: PlainDate | null
  returnedOn: PlainDate | null
  acceptedOn: PlainDate | null
  lockedOn: PlainDate | null
  remindedOn: PlainDate | null
  publishedOn: PlainDate | null
  publishedUrl: string | null
}

export type FilingState = { status: 'new' } | Filing

const EXPECTED: Omit<Filing, 'year'> = {
  status: 'none',
  round: 0,
  source: null,
  exception: null,
  reviewer: null,
  errorsAllowed: null,
  filer: null,
  contentHash: null,
  edition: null,
  filedOn: null,
  lastFiledOn: null,
  returnedOn: null,
  acceptedOn: null,
  lockedOn: null,
  remindedOn: null,
  publishedOn: null,
  publishedUrl: null,
}

export function evolve(state: FilingState, event: FilingEvent): FilingState {
  if (event.kind === 'expected') return { ...EXPECTED, year: event.year }
  if (state.status === 'new') throw new Error('报送没有列入名单')
  return change(state, event)
}

function change(filing: Filing, event: Exclude<FilingEvent, { kind: 'expected' }>): Filing {
  switch (event.kind) {
    case 'exempted':
      return { ...filing, exception: { kind: 'exempt', reason: event.reason } }
    case 'added':
      return { ...filing, exception: { kind: 'added', reason: event.reason } }
    case 'exception-ended':
      return { ...filing, exception: null }
    case 'assigned':
      return { ...filing, reviewer: event.reviewer }
    case 'reminded':
      return { ...filing, remindedOn: event.on }
    case 'errors-allowed':
      return { ...filing, errorsAllowed: event.reason }
    case 'filed':
      return {
        ...filing,
        status: 'filed',
        round: event.round,
        source: event.source,
        edition: event.edition,
        contentHash: event.contentHash,
        filer: event.filer,
        errorsAllowed: null,
        filedOn: filing.filedOn ?? event.on,
        lastFiledOn: event.on,
        acceptedOn: null,
      }
    case 'published-elsewhere':
      return { ...filing, publishedOn: event.publishedOn, publishedUrl: event.url }
    case 'returned':
      return { ...filing, status: 'returned', returnedOn: event.on, acceptedOn: null }
    case 'accepted':
      return { ...filing, status: 'accepted', acceptedOn: event.on }
    case 'locked':
      return { ...filing, status: 'locked', lockedOn: event.on }
    case 'unlocked':
      return { ...filing, status: 'accepted', lockedOn: null }
  }
}

export type FilingRefusal =
  | FilingBar
  | 'not-filed'
  | 'not-accepted'
  | 'not-locked'
  | 'already-accepted'
  | 'already-filed-once'
  | 'reviewer-is-filer'
  | 'words-required'
  | 'remark-required'
  | 'round-changed'
  | 'already-allowed'
  | 'already-excepted'
  | 'not-excepted'
  | 'owes-by-law'
  | 'owes-nothing'
  | 'nothing-to-remind'

export type FilingDecision = Decided<FilingEvent, FilingRefusal>

/** 报来的内容与校核所得。 */
export interface Incoming {
  on: PlainDate
  source: FilingSource
  edition: number | null
  contentHash: string
  errors: number
  warnings: number
  /** 还没有人说明的提醒 */
  openWarnings: number
  reply: string
  filer: string
}

/**
 * 报送（条例第四十九条）：有错误的不收，主管部门准许带错报送的除外；提醒都须有人说明。
 * 与上次一字不差的，须写明为何不改。
 */
export function fileRound(filing: Filing, { openWarnings, on, ...sent }: Incoming): Decided<FilingEvent, FilingBar> {
  if (filing.status === 'locked') return refuse('filing-locked')
  if (sent.errors > 0 && filing.errorsAllowed === null) return refuse('filing-errors')
  if (openWarnings > 0) return refuse('filing-warnings')
  if (filing.contentHash === sent.contentHash && (filing.status !== 'returned' || sent.reply.trim() === '')) return refuse('filing-unchanged')
  return accept({ kind: 'filed', on, round: filing.round + 1, ...sent })
}

export const MIN_WORDS = 5
const tooShort = (text: string): boolean => text.trim().length < MIN_WORDS

// 自己报来的不能自己审，经受托人也不行
const isFiler = (filing: Filing, { reviewer, onBehalfOf }: Reviewing): boolean =>
  filing.filer !== null && (filing.filer === reviewer || filing.filer === onBehalfOf)

/** 谁在审、看的是第几次、凭谁的岗位。 */
export interface Reviewing {
  on: PlainDate
  round: number
  reviewer: string
  onBehalfOf?: string | null
}

/** 此时为何退不得；可以退的为 null。 */
export const returnBar = ({ status }: Filing): 'filing-locked' | 'not-filed' | null =>
  status === 'locked' ? 'filing-locked' : status === 'filed' || status === 'accepted' ? null : 'not-filed'

/** 退回：写明总的意见，或在格旁、句旁写明；受理之后发现有误的也可以退回。 */
export function returnFiling(filing: Filing, { words, remarks, ...by }: Reviewing & { words: string; remarks: readonly Remark[] }): FilingDecision {
  const bar = returnBar(filing)
  if (bar !== null) return refuse(bar)
  if (filing.round !== by.round) return refuse('round-changed')
  if (isFiler(filing, by)) return refuse('reviewer-is-filer')
  if (remarks.length === 0 && tooShort(words)) return refuse('words-required')
  if (remarks.some(({ text }) => text.trim() === '')) return refuse('remark-required')
  return accept({ kind: 'returned', on: by.on, round: by.round, words: words.trim(), remarks, reviewer: by.reviewer })
}

export function acceptFiling(filing: Filing, { words, ...by }: Reviewing & { words: string }): FilingDecision {
  if (filing.status === 'accepted') return refuse('already-accepted')
  if (filing.status === 'locked') return refuse('filing-locked')
  if (filing.status !== 'filed') return refuse('not-filed')
  if (filing.round !== by.round) return refuse('round-changed')
  if (isFiler(filing, by)) return refuse('reviewer-is-filer')
  return accept({ kind: 'accepted', on: by.on, round: by.round, words: words.trim(), reviewer: by.reviewer })
}

/** 锁定：此后不收这一年度的再报，须先解锁。 */
export function lockFiling(filing: Filing, on: PlainDate): FilingDecision {
  if (filing.status === 'locked') return refuse('filing-locked')
  return filing.status === 'accepted' ? accept({ kind: 'locked', on }) : refuse('not-accepted')
}

export function unlockFiling(filing: Filing, { on, reason }: { on: PlainDate; reason: string }): FilingDecision {
  if (filing.status !== 'locked') return refuse('not-locked')
  if (tooShort(reason)) return refuse('words-required')
  return accept({ kind: 'unlocked', on, reason: reason.trim() })
}

/** 准许带错报送一次：如系统启用以前的差错，一时改不了。 */
export function allowErrors(filing: Filing, { on, reason }: { on: PlainDate; reason: string }): FilingDecision {
  if (filing.status === 'locked') return refuse('filing-locked')
  if (filing.errorsAllowed !== null) return refuse('already-allowed')
  if (tooShort(reason)) return refuse('words-required')
  return accept({ kind: 'errors-allowed', on, reason: reason.trim() })
}

/** 交谁审核；null 为不指定。没有变的不记。 */
export function assign(filing: Filing, { on, reviewer }: { on: PlainDate; reviewer: string | null }): FilingDecision {
  if (filing.status === 'locked') return refuse('filing-locked')
  return filing.reviewer === reviewer ? { ok: true, events: [] } : accept({ kind: 'assigned', on, reviewer })
}

/** 催报：还没有报的、退回没有再报的。 */
export function remind(filing: Filing, on: PlainDate): FilingDecision {
  const waiting = filing.status === 'returned' || (filing.status === 'none' && filing.exception?.kind !== 'exempt')
  if (!waiting) return refuse('nothing-to-remind')
  return accept({ kind: 'reminded', on })
}

/** @param owes 依法是否应报（条例第四十九条） */
export function except(filing: Filing, { on, kind, reason, owes }: { on: PlainDate; kind: Exception; reason: string; owes: boolean }): FilingDecision {
  if (filing.exception !== null) return refuse('already-excepted')
  if (filing.round > 0) return refuse('already-filed-once')
  if (kind === 'added' && owes) return refuse('owes-by-law')
  if (kind === 'exempt' && !owes) return refuse('owes-nothing')
  if (tooShort(reason)) return refuse('words-required')
  return accept(kind === 'exempt' ? { kind: 'exempted', on, reason: reason.trim() } : { kind: 'added', on, reason: reason.trim() })
}

export function endException(filing: Filing, { on, reason }: { on: PlainDate; reason: string }): FilingDecision {
  if (filing.exception === null) return refuse('not-excepted')
  if (filing.round > 0) return refuse('already-filed-once')
  if (tooShort(reason)) return refuse('words-required')
  return accept({ kind: 'exception-ended', on, reason: reason.trim() })
}

/** 在别处公布的，补记网址；本系统公布的由报告得出，不必记。 */
export function tellPublication(filing: Filing, { on, publishedOn, url }: { on: PlainDate; publishedOn: PlainDate; url: string }): FilingDecision {
  if (filing.round === 0) return refuse('not-filed')
  return accept({ kind: 'published-elsewhere', on, publishedOn, url })
}
