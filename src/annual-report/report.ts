import { accept, refuse, type Decision as Decided } from '../statute/decision.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Cells, Edition } from '../statute/report-form.ts'
import type { Figures } from './tally/figures.ts'
import type { Narrative } from './narrative/narrative.ts'
import type { Summed } from './roll-up/summed.ts'

/**
 * 年度报告的一生：收集 → 冻结 → 起草 → 校核 → 保密审查 → 签发 → 报送、公布 → 更正（新版本，旧版本照存）。
 * 数字只来自冻结时的台账；改一处正文或重新冻结，其后的校核、审查、签发一律失效。
 */
export const STATUSES = {
  collecting: '收集',
  frozen: '冻结',
  drafting: '起草',
  checked: '校核',
  reviewed: '保密审查',
  signed: '签发',
  released: '报送公布',
} as const

export type Status = keyof typeof STATUSES

export const isStatus = (text: string): text is Status => Object.hasOwn(STATUSES, text)

/** 冻结时台账的样子：截至哪一日，哪一刻取的数。 */
export interface Snapshot {
  form: Edition
  /** 统计截止日：当年 12-31，或年内取数之日 */
  asOf: PlainDate
  cells: Cells
  figures: Figures
  /** 汇总的由哪些报告加成；一个机关的没有 */
  summed?: Summed
}

/** 有名有姓的人，为一条提醒作出的说明。 */
export interface Waiver {
  findingKey: string
  person: string
  reason: string
}

export type ReportEvent =
  | { kind: 'opened'; on: PlainDate; year: number }
  | { kind: 'frozen'; on: PlainDate; snapshot: Snapshot }
  | { kind: 'drafted'; on: PlainDate; narrative: Narrative; drafter: string }
  | { kind: 'warning-waived'; on: PlainDate; waiver: Waiver }
  | { kind: 'checked'; on: PlainDate; contentHash: string }
  | { kind: 'returned'; on: PlainDate; reason: string }
  | { kind: 'secrecy-reviewed'; on: PlainDate; passed: boolean; opinion: string; contentHash: string; reviewer: string }
  | { kind: 'signed'; on: PlainDate; contentHash: string; signer: string }
  | { kind: 'filed'; on: PlainDate }
  | { kind: 'filing-returned'; on: PlainDate; round: number }
  | { kind: 'published'; on: PlainDate }
  | { kind: 'correction-opened'; on: PlainDate; reason: string; keepWaivers?: boolean }

export interface Report {
  year: number | null
  status: Status
  /** 第几版；更正一次加一 */
  edition: number
  snapshot: Snapshot | null
  narrative: Narrative | null
  drafter: string | null
  waivers: readonly Waiver[]
  contentHash: string | null
  filedOn: PlainDate | null
  publishedOn: PlainDate | null
  correctionReason: string | null
}

export const NEW_REPORT: Report = {
  year: null,
  status: 'collecting',
  edition: 1,
  snapshot: null,
  narrative: null,
  drafter: null,
  waivers: [],
  contentHash: null,
  filedOn: null,
  publishedOn: null,
  correctionReason: null,
}

export function evolve(report: Report, event: ReportEvent): Report {
  switch (event.kind) {
    case 'opened':
      return { ...report, year: event.year }
    case 'frozen':
      return {
        ...report,
        status: report.narrative === null ? 'frozen' : 'drafting',
        snapshot: event.snapshot,
        contentHash: null,
      }
    case 'drafted':
      return { ...report, status: 'drafting', narrative: event.narrative, drafter: event.drafter, contentHash: null }
    case 'warning-waived':
      return {
        ...report,
        waivers: [...report.waivers.filter((one) => one.findingKey !== event.waiver.findingKey), event.waiver],
      }
    case 'checked':
      return { ...report, status: 'checked', contentHash: event.contentHash }
    case 'returned':
      return { ...report, status: 'drafting', contentHash: null }
    case 'secrecy-reviewed':
      return event.passed
        ? { ...report, status: 'reviewed' }
        : { ...report, status: 'drafting', contentHash: null }
    case 'signed':
      return { ...report, status: 'signed' }
    case 'filed':
      return { ...report, status: 'released', filedOn: event.on }
    case 'filing-returned':
      return { ...report, status: 'drafting', contentHash: null, filedOn: null }
    case 'published':
      return { ...report, status: 'released', publishedOn: event.on }
    case 'correction-opened':
      return {
        ...report,
        status: 'drafting',
        edition: report.edition + 1,
        waivers: event.keepWaivers === true ? report.waivers : [],
        contentHash: null,
        filedOn: null,
        publishedOn: null,
        correctionReason: event.reason,
      }
  }
}

export const fold = (events: readonly ReportEvent[]): Report => events.reduce(evolve, NEW_REPORT)

export type Decision = Decided<ReportEvent, Refusal>

/** 报送被收集的一方拒绝：已锁定、与上次相同、有错误、提醒没有说明。 */
export type FilingBar = 'filing-locked' | 'filing-unchanged' | 'filing-errors' | 'filing-warnings'

export type Refusal =
  | 'already-released'
  | 'year-not-over'
  | 'not-frozen'
  | 'not-drafted'
  | 'errors-left'
  | 'warnings-left'
  | 'nothing-to-waive'
  | 'reason-required'
  | 'already-checked'
  | 'not-checked'
  | 'content-changed'
  | 'reviewer-is-drafter'
  | 'not-reviewed'
  | 'signer-is-drafter'
  | 'not-signed'
  | 'already-filed'
  | 'already-published'
  | 'not-released'
  | 'roll-up-incomplete'
  | 'roll-up-changed'
  | FilingBar

/** 冻结：年内亦可取数起草，但统计期满（次年 1 月 1 日起）才可往下走。 */
export function freeze(report: Report, { on, snapshot }: { on: PlainDate; snapshot: Snapshot }): Decision {
  if (report.status === 'released') return refuse('already-released')
  return accept({ kind: 'frozen', on, snapshot })
}

export function draft(
  report: Report,
  { on, narrative, drafter }: { on: PlainDate; narrative: Narrative; drafter: string },
): Decision {
  if (report.status === 'released') return refuse('already-released')
  if (report.snapshot === null) return refuse('not-frozen')
  return accept({ kind: 'drafted', on, narrative, drafter })
}

/** 提醒须由有名有姓的人说明理由；错误不能说明，只能改记录。 */
export function waive(
  report: Report,
  { on, waiver, warnings }: { on: PlainDate; waiver: Waiver; warnings: readonly string[] },
): Decision {
  if (report.status === 'released') return refuse('already-released')
  if (waiver.reason.trim().length < 5) return refuse('reason-required')
  if (!warnings.includes(waiver.findingKey)) return refuse('nothing-to-waive')
  return accept({ kind: 'warning-waived', on, waiver })
}

/** 校核通过：统计期满，没有错误，每条提醒都有人说明。 */
export function passCheck(
  report: Report,
  found: { on: PlainDate; errors: number; warnings: readonly string[]; contentHash: string },
): Decision {
  if (report.status === 'released') return refuse('already-released')
  // 同样的内容已经校核过：按了两下，或两人同时来校核；再记一次反而会使已过的保密审查作废
  if (report.contentHash !== null && report.contentHash === found.contentHash) return refuse('already-checked')
  if (report.snapshot === null) return refuse('not-frozen')
  if (report.narrative === null) return refuse('not-drafted')
  if (report.year === null || report.snapshot.asOf < `${report.year}-12-31`) return refuse('year-not-over')
  if (found.errors > 0) return refuse('errors-left')
  const waived = new Set(report.waivers.map((one) => one.findingKey))
  if (found.warnings.some((key) => !waived.has(key))) return refuse('warnings-left')
  return accept({ kind: 'checked', on: found.on, contentHash: found.contentHash })
}

// 起草的人也不得经受托人审查、签发
const isDrafter = (report: Report, account: string | null | undefined): boolean => typeof account === 'string' && report.drafter === account

/** 保密审查（条例第十七条）：审查人不得是起草人；绑定内容，改一字即失效。 */
export function reviewSecrecy(
  report: Report,
  { onBehalfOf, ...review }: { on: PlainDate; passed: boolean; opinion: string; contentHash: string; reviewer: string; onBehalfOf?: string | null },
): Decision {
  if (report.status !== 'checked') return refuse('not-checked')
  if (report.drafter === review.reviewer || isDrafter(report, onBehalfOf)) return refuse('reviewer-is-drafter')
  if (report.contentHash !== review.contentHash) return refuse('content-changed')
  if (!review.passed && review.opinion.trim() === '') return refuse('reason-required')
  return accept({ kind: 'secrecy-reviewed', ...review })
}

export function sign(
  report: Report,
  { on, signer, contentHash, onBehalfOf }: { on: PlainDate; signer: string; contentHash: string; onBehalfOf?: string | null },
): Decision {
  if (report.status !== 'reviewed') return refuse('not-reviewed')
  if (report.drafter === signer || isDrafter(report, onBehalfOf)) return refuse('signer-is-drafter')
  if (report.contentHash !== contentHash) return refuse('content-changed')
  return accept({ kind: 'signed', on, contentHash, signer })
}

/** 退回起草：校核之后、公布之前，任一环节都可退回，须说明理由。 */
export function sendBack(report: Report, { on, reason }: { on: PlainDate; reason: string }): Decision {
  if (report.status === 'released') return refuse('already-released')
  if (report.status !== 'checked' && report.status !== 'reviewed' && report.status !== 'signed') return refuse('not-checked')
  if (reason.trim() === '') return refuse('reason-required')
  return accept({ kind: 'returned', on, reason })
}

const isSigned = (report: Report): boolean => report.status === 'signed' || report.status === 'released'

/** 条例第四十九条：向本级主管部门提交。 */
export function file(report: Report, { on }: { on: PlainDate }): Decision {
  if (!isSigned(report)) return refuse('not-signed')
  if (report.filedOn !== null) return refuse('already-filed')
  return accept({ kind: 'filed', on })
}

/** 主管部门退回：没有公布的回到起草，说明照留；已公布的须另起更正版，报告不动。 */
export function takeBack(report: Report, { on, round }: { on: PlainDate; round: number }): readonly ReportEvent[] {
  const draftable = report.status === 'released' && report.filedOn !== null && report.publishedOn === null
  return draftable ? [{ kind: 'filing-returned', on, round }] : []
}

/** 条例第四十九条：向社会公布。 */
export function publish(report: Report, { on }: { on: PlainDate }): Decision {
  if (!isSigned(report)) return refuse('not-signed')
  if (report.publishedOn !== null) return refuse('already-published')
  return accept({ kind: 'published', on })
}

/** 更正：已报送并公布的报告另起新版本，旧版本照存并仍可查阅，至新版本公布为止。主管部门退回而更正的，说明照留。 */
export function openCorrection(report: Report, { on, reason, keepWaivers = false }: { on: PlainDate; reason: string; keepWaivers?: boolean }): Decision {
  if (report.status !== 'released') return refuse('not-released')
  if (reason.trim().length < 5) return refuse('reason-required')
  return accept({ kind: 'correction-opened', on, reason, ...(keepWaivers && { keepWaivers }) })
}
