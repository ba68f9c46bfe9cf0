import type { Delivery, DeliveryMethod } from '../statute/delivery.ts'
import type { FeeMode } from '../statute/fees.ts'
import { reportRowOf } from '../statute/outcomes.ts'
import type { Outcome } from '../statute/outcomes.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Consultation } from '../statute/reply-clock.ts'
import { applyChanges } from './corrections.ts'
import type { ApplicationEvent, ConsultationReply, DecisionRecord, EventKind, Particulars, VoidReason } from './events.ts'

/** 办到了哪一步；办成什么样是另一个字段（`decision`）。 */
export const STATUSES = {
  draft: '填写中',
  'received-unconfirmed': '待确认收到',
  registered: '已登记',
  examining: '审查中',
  'correction-requested': '待补正',
  consulting: '征求意见中',
  'reason-requested': '待说明理由',
  deferred: '延迟答复',
  'fee-noticed': '待缴费',
  merged: '已并案',
  deciding: '待审批',
  approved: '已作出决定',
  dispatched: '已发出',
  served: '已送达',
  closed: '不再处理',
  withdrawn: '已撤回',
  split: '已拆分',
  voided: '已作废',
  archived: '已归档',
} as const

export type Status = keyof typeof STATUSES

export interface Supplement {
  askedOn: PlainDate
  /** 申请人补正的期限；台账没有记的为 null */
  by: PlainDate | null
  /** 超过七个工作日才告知的，不停表也不重新起算，办到哪一步也不变：仍照原期限答复 */
  late: boolean
  suppliedOn: PlainDate | null
  /** 补正后的申请内容，没有改变所求的不写 */
  content?: string
}

export interface ConsultationRecord extends Consultation {
  reply: ConsultationReply | null
  reasonable: boolean | null
}

export interface Fee {
  mode: FeeMode | null
  /** 分 */
  amount: number
  noticedOn: PlainDate | null
  payBy: PlainDate | null
  paidOn: PlainDate | null
  ticketNo: string | null
}

/** 请科室、其他机关协办的一项，内部期限按工作日；答复期限不因它停计。 */
export interface CoHandling {
  id: string
  unit: string
  /** 指定到人的，其账号 */
  account: string | null
  matter: string
  askedOn: PlainDate
  days: number
  returnedOn: PlainDate | null
  result: string | null
}

export interface FinalDecision extends DecisionRecord {
  decidedOn: PlainDate
  /** 年度报告的行 */
  row: string
}

export interface Application extends Particulars {
  status: Status
  submittedOn: PlainDate | null
  receivedOn: PlainDate | null
  supplements: readonly Supplement[]
  consultations: readonly ConsultationRecord[]
  extensions: readonly { on: PlainDate; days: number }[]
  reason: { askedOn: PlainDate; by: PlainDate; givenOn: PlainDate | null; reasonable: boolean | null } | null
  deferral: { on: PlainDate; until: PlainDate } | null
  fee: Fee | null
  /** 承办人的账号；没有分派的为 null */
  handler: string | null
  /** 拟定的决定；`on` 为拟定之日，`endorsed` 为已审核同意的级数 */
  proposal: { on: PlainDate; outcome: Outcome; evidence: Readonly<Record<string, string>>; endorsed: number } | null
  decision: FinalDecision | null
  delivery: (Omit<Delivery, 'method'> & { method: DeliveryMethod | null }) | null
  archivedOn: PlainDate | null
  /** 申请人撤回之日；归档之后仍看得出是撤回的 */
  withdrawnOn: PlainDate | null
  splitInto: readonly string[]
  coHandlings: readonly CoHandling[]
  /** 并入的前案；没有并案、已另行办理的为 null */
  mergedInto: string | null
  voided: { on: PlainDate; why: VoidReason; reason: string } | null
  /** 由台账导入：没有收到之日的凭据 */
  fromLedger: boolean
}

type From = Status | 'new'

const OPEN: readonly From[] = ['registered', 'examining', 'correction-requested', 'consulting', 'reason-requested', 'deferred', 'fee-noticed', 'merged', 'deciding']
const WORKING: readonly From[] = ['registered', 'examining', 'deferred']

/** 何种事在哪些状态下可以发生，之后到哪一步；`same` 为不变，另有规则的写在 `evolve`。 */
export const APPLICATION_TRANSITIONS = {
  drafted: { from: ['new', 'draft'], to: 'draft' },
  submitted: { from: ['new', 'draft'], to: 'received-unconfirmed' },
  received: { from: ['new', 'draft', 'received-unconfirmed'], to: 'registered' },
  assigned: { from: ['received-unconfirmed', ...OPEN, 'approved', 'dispatched'], to: 'same' },
  examined: { from: ['registered'], to: 'examining' },
  'supplement-asked': { from: WORKING, to: 'correction-requested' },
  'supplement-postponed': { from: ['correction-requested'], to: 'same' },
  supplemented: { from: ['correction-requested'], to: 'examining' },
  'consultation-sent': { from: [...WORKING, 'consulting'], to: 'consulting' },
  'consultation-delivered': { from: ['consulting'], to: 'same' },
  'consultation-returned': { from: ['consulting'], to: 'examining' },
  'consultation-expired': { from: ['consulting'], to: 'examining' },
  'reason-asked': { from: WORKING, to: 'reason-requested' },
  'reason-given': { from: ['reason-requested'], to: 'examining' },
  deferred: { from: ['examining'], to: 'deferred' },
  extended: { from: [...WORKING, 'consulting', 'reason-requested', 'merged', 'deciding'], to: 'same' },
  'fee-noticed': { from: WORKING, to: 'fee-noticed' },
  'fee-paid': { from: ['fee-noticed'], to: 'examining' },
  'fee-recorded': { from: [...OPEN, 'approved', 'dispatched', 'served', 'closed'], to: 'same' },
  'decision-proposed': { from: [...WORKING, 'reason-requested'], to: 'deciding' },
  'decision-endorsed': { from: ['deciding'], to: 'same' },
  'decision-returned': { from: ['deciding'], to: 'examining' },
  decided: { from: ['deciding', 'merged'], to: 'approved' },
  closed: { from: ['correction-requested', 'fee-noticed'], to: 'closed' },
  withdrawn: { from: ['received-unconfirmed', ...OPEN], to: 'withdrawn' },
  dispatched: { from: ['approved', 'closed'], to: 'dispatched' },
  served: { from: ['approved', 'dispatched'], to: 'served' },
  archived: { from: ['served', 'closed', 'withdrawn'], to: 'archived' },
  split: { from: ['registered', 'examining'], to: 'split' },
  merged: { from: WORKING, to: 'merged' },
  unmerged: { from: ['merged'], to: 'examining' },
  voided: { from: ['received-unconfirmed', ...OPEN, 'approved', 'dispatched', 'served', 'closed', 'withdrawn', 'archived'], to: 'voided' },
  'co-handling-asked': { from: OPEN, to: 'same' },
  'co-handling-returned': { from: [...OPEN, 'approved', 'dispatched', 'served', 'closed', 'withdrawn'], to: 'same' },
  corrected: { from: [...OPEN, 'approved', 'dispatched', 'served', 'closed', 'withdrawn', 'archived'], to: 'same' },
} as const satisfies Record<EventKind, { from: readonly From[]; to: Status | 'same' }>

const TRANSITIONS: Readonly<Record<EventKind, { from: readonly From[]; to: Status | 'same' }>> = APPLICATION_TRANSITIONS

/** 重新答复的一件：不拆、不并入别的；决定、裁判定了期限的，不停、不延长。 */
const NEVER_IN_REDO: readonly EventKind[] = ['split', 'merged']
const NOT_UNDER_ORDER: readonly EventKind[] = ['supplement-asked', 'reason-asked', 'deferred', 'extended', 'fee-noticed']

const barredByRedo = (redo: Application['redo'], kind: EventKind): boolean =>
  redo !== undefined && (NEVER_IN_REDO.includes(kind) || (redo.term !== null && NOT_UNDER_ORDER.includes(kind)))

/** 此时可否发生某种事。 */
export const canHappen = (application: Application | null, kind: EventKind): boolean => !barredByRedo(application?.redo, kind) && isInTurn(application, kind)

const isInTurn = (application: Application | null, kind: EventKind): boolean =>
  TRANSITIONS[kind].from.includes(application?.status ?? 'new') || (kind === 'supplemented' && application !== null && application.status !== 'deciding' && awaitsLateSupplement(application))

/** 还等着逾七个工作日才告知的补正：照常办理，交来了随时可以收。 */
export const awaitsLateSupplement = (a: Application): boolean => {
  const last = a.supplements.at(-1)
  return isOpen(a) && last !== undefined && last.late && last.suppliedOn === null
}

/** 已收到而尚未作出处理决定。 */
export const isOpen = (application: Application): boolean => OPEN.includes(application.status)

const blank = (particulars: Particulars): Application => ({
  ...particulars,
  status: 'draft',
  submittedOn: null,
  receivedOn: null,
  supplements: [],
  consultations: [],
  extensions: [],
  reason: null,
  deferral: null,
  fee: null,
  handler: null,
  proposal: null,
  decision: null,
  delivery: null,
  archivedOn: null,
  withdrawnOn: null,
  splitInto: [],
  coHandlings: [],
  mergedInto: null,
  voided: null,
  fromLedger: false,
})

/** 把一件事折进一件申请。不判断可否，可否在 `decisions.ts`。 */
export function evolve(before: Application | null, event: ApplicationEvent): Application {
  const { to } = TRANSITIONS[event.kind]
  switch (event.kind) {
    case 'drafted':
      return blank(event.particulars)
    case 'submitted':
      return { ...blank(event.particulars), status: 'received-unconfirmed', submittedOn: event.on }
    case 'received':
      return { ...blank(event.particulars), status: 'registered', submittedOn: event.receipt?.submittedOn ?? before?.submittedOn ?? null, receivedOn: event.on, handler: before?.handler ?? null, fromLedger: event.receipt === undefined && event.particulars.splitFrom === null && event.particulars.redo === undefined }
    default:
      if (before === null) throw new Error(`申请的第一件事不能是 ${event.kind}`)
      return change({ ...before, status: to === 'same' || ofLateSupplement(before, event) ? before.status : to }, event)
  }
}

/** 补正后的申请内容，几次补正的取最后写明的；没有则 null。 */
export const clarifiedContent = (a: Application): string | null => a.supplements.findLast(({ content }) => content !== undefined)?.content ?? null

const ofLateSupplement = (before: Application, event: ApplicationEvent): boolean =>
  (event.kind === 'supplement-asked' && event.late) || (event.kind === 'supplemented' && before.supplements.at(-1)?.late === true)

type LaterEvent = Exclude<ApplicationEvent, { kind: 'drafted' | 'submitted' | 'received' }>

function change(a: Application, event: LaterEvent): Application {
  switch (event.kind) {
    case 'assigned':
      return { ...a, handler: event.to }
    case 'examined':
      return a
    case 'supplement-asked':
      return { ...a, supplements: [...a.supplements, { askedOn: event.on, by: event.by, late: event.late, suppliedOn: null }] }
    case 'supplement-postponed':
      return { ...a, supplements: replaceLast(a.supplements, (s) => ({ ...s, by: event.by })) }
    case 'supplemented':
      // 期限重新起算，此前所定的延迟之日随之作罢
      return { ...a, supplements: replaceLast(a.supplements, (s) => ({ ...s, suppliedOn: event.on, ...(event.content === undefined ? {} : { content: event.content }) })), deferral: a.supplements.at(-1)?.late === true ? a.deferral : null }
    case 'consultation-sent':
      return {
        ...a,
        consultations: [
          ...a.consultations,
          { id: event.id, with: event.with, sentOn: event.on, deliveredOn: null, returnedOn: null, reply: null, reasonable: null },
        ],
      }
    case 'consultation-delivered':
      return consulted(a, event.id, { deliveredOn: event.on })
    case 'consultation-returned':
      return consulted(a, event.id, { returnedOn: event.on, reply: event.reply, reasonable: event.reasonable })
    case 'consultation-expired': // 沉默只记为沉默
      return consulted(a, event.id, { returnedOn: event.on, reply: 'NONE' })
    case 'reason-asked':
      return { ...a, reason: { askedOn: event.on, by: event.by, givenOn: null, reasonable: null } }
    case 'reason-given':
      return { ...a, reason: a.reason && { ...a.reason, givenOn: event.on, reasonable: event.reasonable } }
    case 'deferred':
      return { ...a, deferral: { on: event.on, until: event.until } }
    case 'extended':
      return { ...a, extensions: [...a.extensions, { on: event.on, days: event.days }] }
    case 'fee-noticed':
      return { ...a, fee: { mode: event.mode, amount: event.amount, noticedOn: event.on, payBy: event.by, paidOn: null, ticketNo: null } }
    case 'fee-paid':
      return { ...a, fee: a.fee && { ...a.fee, paidOn: event.on, ticketNo: event.ticketNo } }
    case 'fee-recorded':
      return { ...a, fee: { mode: null, amount: event.amount, noticedOn: null, payBy: null, paidOn: null, ticketNo: null } }
    case 'decision-proposed':
      return { ...a, proposal: { on: event.on, outcome: event.outcome, evidence: event.evidence, endorsed: 0 } }
    case 'decision-endorsed':
      return { ...a, proposal: a.proposal && { ...a.proposal, endorsed: a.proposal.endorsed + 1 } }
    case 'decision-returned':
      return { ...a, proposal: null }
    case 'decided': {
      const { outcome, evidence, remedy, docNo } = event
      return { ...a, proposal: null, decision: { outcome, evidence, remedy, docNo, decidedOn: event.on, row: reportRowOf(outcome) } }
    }
    case 'closed':
      return { ...a, decision: ended(event.outcome, event.on, reportRowOf(event.outcome), { docNo: event.docNo, evidence: {} }) }
    case 'withdrawn': // 从未收到的，没有处理结果可言
      return { ...a, withdrawnOn: event.on, proposal: null, decision: event.row === null ? null : ended('OTHER', event.on, event.row, { docNo: null, evidence: { explanation: '申请人撤回' } }) }
    case 'dispatched':
      return { ...a, delivery: { method: event.method, carrier: event.carrier, dispatchedOn: event.on, servedOn: null } }
    case 'served':
      return { ...a, delivery: { method: null, carrier: null, dispatchedOn: event.on, ...a.delivery, servedOn: event.on } }
    case 'archived':
      return { ...a, archivedOn: event.on }
    case 'split':
      return { ...a, splitInto: event.into }
    case 'merged':
      return { ...a, mergedInto: event.into }
    case 'unmerged':
      return { ...a, mergedInto: null }
    case 'voided':
      return { ...a, proposal: null, voided: { on: event.on, why: event.why, reason: event.reason } }
    case 'co-handling-asked': {
      const { id, unit, account, matter, days } = event
      return { ...a, coHandlings: [...a.coHandlings, { id, unit, account, matter, askedOn: event.on, days, returnedOn: null, result: null }] }
    }
    case 'co-handling-returned':
      return { ...a, coHandlings: a.coHandlings.map((c) => (c.id === event.id ? { ...c, returnedOn: event.on, result: event.result } : c)) }
    case 'corrected':
      return applyChanges(a, event.changes)
  }
}

const replaceLast = <T>(list: readonly T[], by: (last: T) => T): T[] =>
  list.map((each, i) => (i === list.length - 1 ? by(each) : each))

function consulted(a: Application, id: string, to: Partial<ConsultationRecord>): Application {
  const consultations = a.consultations.map((c) => (c.id === id ? { ...c, ...to } : c))
  return { ...a, consultations, status: consultations.some((c) => c.returnedOn === null) ? 'consulting' : a.status }
}

const ended = (outcome: Outcome, decidedOn: PlainDate, row: string, rest: Pick<FinalDecision, 'docNo' | 'evidence'>): FinalDecision => ({
  outcome,
  decidedOn,
  row,
  remedy: 'EITHER',
  ...rest,
})

/** 由全部事件重建一件申请；没有事件则 null。 */
export const replay = (events: Iterable<ApplicationEvent>): Application | null => {
  let application: Application | null = null
  for (const event of events) application = evolve(application, event)
  return application
}
