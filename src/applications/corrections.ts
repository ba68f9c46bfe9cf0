import { outcomeRemedy, reportRowOf } from '../statute/outcomes.ts'
import type { Outcome } from '../statute/outcomes.ts'
import type { DeliveryMethod } from '../statute/delivery.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Remedy } from '../statute/remedies.ts'
import type { Channel } from '../statute/receipt.ts'
import type { Application, ConsultationRecord, FinalDecision, Supplement } from './application.ts'
import type { ApplicantKind, Change } from './events.ts'

/** 决定中可以更正的部分；`decidedOn` 为空即更正为尚未作出决定。 */
export interface DecisionFacts {
  outcome: Outcome
  decidedOn: PlainDate
  docNo: string | null
  /** 在工作台更正结果的，一并写明新的依据与救济；台账没有的不写 */
  evidence?: Readonly<Record<string, string>>
  remedy?: Remedy
}

/** 送达中可以更正的部分。 */
export interface DeliveryFacts {
  method: DeliveryMethod | null
  dispatchedOn: PlainDate
  servedOn: PlainDate | null
  /** 在工作台改了承运者的才写；台账没有 */
  carrier?: string | null
}

/** 可以更正的项目及其值。申请人的姓名等不在此列：只记更正过，不记内容。 */
export interface CorrectableValues {
  channel: Channel | null
  applicantKind: ApplicantKind
  applicantId: string | null
  content: string
  note: string | null
  receivedOn: PlainDate
  supplements: readonly Supplement[]
  consultations: readonly ConsultationRecord[]
  extensionDays: number
  decision: DecisionFacts | null
  delivery: DeliveryFacts | null
  feeAmount: number
}

export type CorrectableField = keyof CorrectableValues

export const CORRECTABLE: Readonly<Record<CorrectableField, string>> = {
  channel: '收到渠道',
  applicantKind: '申请人类型',
  applicantId: '申请人',
  content: '申请内容',
  note: '备注',
  receivedOn: '收到日期',
  supplements: '补正',
  consultations: '征求意见',
  extensionDays: '延期工作日数',
  decision: '处理结果',
  delivery: '送达',
  feeAmount: '信息处理费',
}

/** 现值。 */
export function correctable(a: Application): CorrectableValues {
  return {
    channel: a.channel,
    applicantKind: a.applicantKind,
    applicantId: a.applicantId,
    content: a.content,
    note: a.note,
    receivedOn: a.receivedOn ?? '',
    supplements: a.supplements,
    consultations: a.consultations,
    extensionDays: a.extensions.reduce((sum, e) => sum + e.days, 0),
    decision: a.decision && { outcome: a.decision.outcome, decidedOn: a.decision.decidedOn, docNo: a.decision.docNo },
    delivery: a.delivery && {
      method: a.delivery.method,
      dispatchedOn: a.delivery.dispatchedOn,
      servedOn: a.delivery.servedOn,
    },
    feeAmount: a.fee?.amount ?? 0,
  }
}

const FIELDS = Object.keys(CORRECTABLE).filter((key): key is CorrectableField => Object.hasOwn(CORRECTABLE, key))

/** 两份值之间的差异，逐项前后；没有差异为空。 */
export function differences(before: CorrectableValues, after: Partial<CorrectableValues>): Change<CorrectableField>[] {
  return FIELDS.filter((field) => field in after && !same(before[field], after[field])).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }))
}

const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => same(Reflect.get(a, key), Reflect.get(b, key)))
}

/** 把更正折进一件申请。决定有了或没了，办到哪一步随之而变。 */
export function applyChanges(a: Application, changes: readonly Change[]): Application {
  // 事件由 differences 生成，其值即 CorrectableValues 的值
  const to = Object.fromEntries(changes.map(({ field, after }) => [field, after])) as Partial<CorrectableValues>
  const next: Application = {
    ...a,
    ...pick(to, ['channel', 'applicantKind', 'applicantId', 'content', 'note', 'receivedOn', 'supplements', 'consultations']),
  }
  if (to.extensionDays !== undefined) {
    const on = a.extensions[0]?.on ?? next.receivedOn ?? ''
    next.extensions = to.extensionDays === 0 ? [] : [{ on, days: to.extensionDays }]
  }
  if (to.feeAmount !== undefined) next.fee = withAmount(a, to.feeAmount)
  if (to.decision !== undefined) next.decision = to.decision === null ? null : decided(a.decision, to.decision)
  if (to.delivery !== undefined) next.delivery = to.delivery && { carrier: null, ...a.delivery, ...to.delivery }
  return { ...next, status: statusAfter(a, next) }
}

function pick<K extends CorrectableField>(values: Partial<CorrectableValues>, keys: readonly K[]): Partial<Pick<CorrectableValues, K>> {
  const picked: Partial<Pick<CorrectableValues, K>> = {}
  for (const key of keys) if (key in values) picked[key] = values[key]
  return picked
}

const withAmount = (a: Application, amount: number): Application['fee'] =>
  amount === 0
    ? null
    : { mode: null, noticedOn: null, payBy: null, paidOn: null, ticketNo: null, ...a.fee, amount }

function decided(before: FinalDecision | null, to: DecisionFacts): FinalDecision {
  const kept = before?.outcome === to.outcome
  return {
    ...to,
    evidence: to.evidence ?? (kept ? before.evidence : {}),
    row: kept ? before.row : reportRowOf(to.outcome),
    remedy: to.remedy ?? outcomeRemedy(to.outcome, to.decidedOn),
  }
}

function statusAfter(before: Application, after: Application): Application['status'] {
  if (before.status === 'archived' && after.decision !== null) return 'archived'
  if (after.decision === null) {
    if (after.consultations.some((c) => c.returnedOn === null)) return 'consulting'
    const last = after.supplements.at(-1)
    if (last !== undefined && last.suppliedOn === null && !last.late) return 'correction-requested'
    if (before.receivedOn === null && after.receivedOn !== null) return 'registered'
    return before.decision === null ? quiet(before.status) : 'examining'
  }
  const closed = after.decision.outcome === 'CLOSED_NO_CORRECTION' || after.decision.outcome === 'CLOSED_NO_PAYMENT'
  if (after.delivery !== null) return after.delivery.servedOn === null ? 'dispatched' : 'served'
  if (before.status === 'withdrawn' && after.decision.outcome === 'OTHER') return 'withdrawn'
  return closed ? 'closed' : 'approved'
}

// 更正去掉了未了的补正、征求意见，便不再等它
const quiet = (status: Application['status']): Application['status'] =>
  status === 'consulting' || status === 'correction-requested' ? 'examining' : status
