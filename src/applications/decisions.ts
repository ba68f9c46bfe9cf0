import type { Calendar } from '../statute/calendar.ts'
import { accept, refuse } from '../statute/decision.ts'
import type { Decision } from '../statute/decision.ts'
import { isPostalEnterprise } from '../statute/delivery.ts'
import type { DeliveryMethod } from '../statute/delivery.ts'
import { feePayBy, refuseFeeMode } from '../statute/fees.ts'
import type { FeeMode } from '../statute/fees.ts'
import { missingEvidence, outcomeRemedy } from '../statute/outcomes.ts'
import type { Outcome, OutcomeSettings } from '../statute/outcomes.ts'
import { isPlainDate } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { receivedOn as receiptDay } from '../statute/receipt.ts'
import {
  CLOCK_SETTINGS,
  consultationExpiresOn,
  isPast,
  refuseExtension,
  supplementDeadline,
  supplementNoticeDue,
} from '../statute/reply-clock.ts'
import type { ClockSettings, ConsultationKind } from '../statute/reply-clock.ts'
import { awaitsLateSupplement, canHappen, evolve, isOpen } from './application.ts'
import type { Application, FinalDecision } from './application.ts'
import { clockOf, termOf } from './clock.ts'
import { correctable, differences } from './corrections.ts'
import type { CorrectableValues } from './corrections.ts'
import type { ApplicationEvent, EventKind, Particulars, VoidReason } from './events.ts'
import type { ApplicationRefusal } from './refusals.ts'
import { isLastStep } from './sign-off.ts'
import type { SignOffChain } from './sign-off.ts'

export interface ApplicationSettings extends ClockSettings, OutcomeSettings {
  /** 申请人补正的合理期限，工作日〔待核〕 */
  correctionDays: number
  /** 撤回计入的行〔待核〕 */
  withdrawRow: 'R3.6.3' | 'R3.6.1'
  /** 提交行政复议申请的互联网渠道；没有则不得电子送达 */
  reviewOnlineUrl: string
  /** 处理决定逐级审批，末级批准即作出决定 */
  signOffChain: SignOffChain
}

export const APPLICATION_SETTINGS: ApplicationSettings = {
  ...CLOCK_SETTINGS,
  adminQueryRemedy: 'EITHER',
  correctionDays: 15,
  withdrawRow: 'R3.6.3',
  reviewOnlineUrl: '',
  signOffChain: 'HEAD',
}

/** 作决定所依据的：今日、日历、机构的设置。 */
export interface Ground {
  today: PlainDate
  calendar: Calendar
  settings: ApplicationSettings
}

export type Answer = Decision<ApplicationEvent, ApplicationRefusal>

// 共同的门槛：此时可以、日期真实、不在将来、不早于收到之日
function guard(a: Application | null, kind: EventKind, on: PlainDate, ground: Ground): ApplicationRefusal | null {
  if (!canHappen(a, kind)) return 'not-now'
  if (!isPlainDate(on)) return 'date-invalid'
  if (on > ground.today) return 'in-the-future'
  return a !== null && a.receivedOn !== null && on < a.receivedOn ? 'before-received' : null
}

function when(
  a: Application | null,
  event: ApplicationEvent,
  ground: Ground,
  further: () => ApplicationRefusal | null = () => null,
): Answer {
  const refusal = guard(a, event.kind, event.on, ground) ?? further()
  return refusal === null ? accept(event) : refuse(refusal)
}

const incomplete = (p: Particulars): ApplicationRefusal | null =>
  p.regNo.trim() === '' || p.content.trim() === '' ? 'particulars-missing' : null

export const draft = (a: Application | null, on: PlainDate, particulars: Particulars, ground: Ground): Answer =>
  when(a, { kind: 'drafted', on, particulars }, ground)

export const submit = (a: Application | null, on: PlainDate, particulars: Particulars, ground: Ground): Answer =>
  when(a, { kind: 'submitted', on, particulars }, ground, () => incomplete(particulars))

/** 收到申请之日依渠道而定（条例第三十一条）；签收、确认尚未发生的不能登记，期限不走。 */
export function receive(
  a: Application | null,
  { particulars, proof, ...evidence }: { particulars: Particulars; submittedOn: PlainDate; signedOn?: PlainDate; confirmedOn?: PlainDate; proof?: string },
  ground: Ground,
): Answer {
  const channel = particulars.channel
  if (channel === null) return refuse('channel-missing')
  const on = receiptDay(channel, evidence)
  if (on === null) return refuse('not-confirmed')
  const receipt = proof === undefined ? {} : { receipt: { submittedOn: evidence.submittedOn, proof } }
  return when(a, { kind: 'received', on, particulars, ...receipt }, ground, () => (on < evidence.submittedOn ? 'before-submitted' : incomplete(particulars)))
}

/** 分派、转交承办人；人由边界核对在不在本机关。 */
export const assign = (a: Application, input: { on: PlainDate; to: string }, ground: Ground): Answer =>
  when(a, { kind: 'assigned', ...input }, ground, () => (a.handler === input.to ? 'nothing-changed' : null))

export const examine = (a: Application, on: PlainDate, ground: Ground): Answer => when(a, { kind: 'examined', on }, ground)

/**
 * 补正告知（条例第三十条）：自收到之日起七个工作日内，一次性告知；再次补正、逾七个工作日的须负责人批准。
 * 逾七个工作日的不得再以不明确停表，仍按原期限答复。
 */
export function askSupplement(
  a: Application,
  input: { servedOn: PlainDate; items: string; days?: number; approvedByHead: boolean },
  ground: Ground,
): Answer {
  const refusal = guard(a, 'supplement-asked', input.servedOn, ground)
  if (refusal !== null) return refuse(refusal)
  const { calendar, settings } = ground
  if (input.items.trim() === '') return refuse('items-missing')
  if (awaitsLateSupplement(a)) return refuse('supplement-waiting')
  if (a.supplements.length > 0 && !input.approvedByHead) return refuse('supplement-again')
  const from = termOf(a, settings)?.startedOn
  if (from === undefined) return refuse('not-now')
  if (input.servedOn < from) return refuse('before-term')
  const late = isPast(supplementNoticeDue(from, calendar), input.servedOn)
  if (late && !input.approvedByHead) return refuse('supplement-notice-late')
  const by = supplementDeadline(input.servedOn, calendar, input.days ?? settings.correctionDays)
  return accept({ kind: 'supplement-asked', on: input.servedOn, by, items: input.items, late })
}

/** 有正当理由的，补正期限可以延展。 */
export const postponeSupplement = (a: Application, input: { on: PlainDate; by: PlainDate; reason: string }, ground: Ground): Answer =>
  when(a, { kind: 'supplement-postponed', ...input }, ground, () => {
    if (input.reason.trim() === '') return 'reason-missing'
    const current = a.supplements.at(-1)?.by
    return !isPlainDate(input.by) || (current != null && input.by <= current) ? 'date-invalid' : null
  })

/** 收到补正；逾期而无正当理由的不收。逾七个工作日才告知的不因逾期视为放弃，交来即收。 */
export const supplement = (a: Application, input: { on: PlainDate; excused: boolean; content?: string }, ground: Ground): Answer =>
  when(a, { kind: 'supplemented', on: input.on, ...(input.content === undefined ? {} : { content: input.content }) }, ground, () => {
    const { askedOn, by, late } = a.supplements.at(-1) ?? { askedOn: input.on, by: null, late: false }
    if (input.on < askedOn) return 'date-invalid'
    return !late && by !== null && isPast(by, input.on) && !input.excused ? 'supplement-late' : null
  })

export const sendConsultation = (a: Application, input: { on: PlainDate; id: string; with: ConsultationKind }, ground: Ground): Answer =>
  when(a, { kind: 'consultation-sent', ...input }, ground, () => (a.consultations.some((c) => c.id === input.id) ? 'consultation-known' : null))

const waitedFor = (a: Application, id: string, on: PlainDate): ApplicationRefusal | null => {
  const found = a.consultations.find((c) => c.id === id)
  if (found === undefined) return 'consultation-unknown'
  if (found.returnedOn !== null) return 'consultation-over'
  return on < (found.deliveredOn ?? found.sentOn) ? 'date-invalid' : null
}

export const deliverConsultation = (a: Application, input: { on: PlainDate; id: string }, ground: Ground): Answer =>
  when(a, { kind: 'consultation-delivered', ...input }, ground, () => waitedFor(a, input.id, input.on))

export const returnConsultation = (
  a: Application,
  input: { on: PlainDate; id: string; reply: 'AGREE' | 'REFUSE'; reasonable: boolean | null },
  ground: Ground,
): Answer => when(a, { kind: 'consultation-returned', ...input }, ground, () => waitedFor(a, input.id, input.on))

/** 期满未回：须已送达且十五个工作日已过；只记沉默，不记同意。所记之日为期满之日。 */
export function expireConsultation(a: Application, id: string, ground: Ground): Answer {
  const found = a.consultations.find((c) => c.id === id)
  const on = found === undefined ? null : consultationExpiresOn(found, ground.calendar)
  if (found === undefined) return refuse('consultation-unknown')
  if (on === null || !isPast(on, ground.today)) return refuse('too-early')
  return when(a, { kind: 'consultation-expired', on, id }, ground, () => waitedFor(a, id, on))
}

/** 数量、频次明显超过合理范围的，可要求说明理由（条例第三十五条）；不停表。 */
export const askReason = (a: Application, input: { on: PlainDate; by: PlainDate }, ground: Ground): Answer =>
  when(a, { kind: 'reason-asked', ...input }, ground, () => (!isPlainDate(input.by) || input.by < input.on ? 'date-invalid' : null))

export const giveReason = (a: Application, input: { on: PlainDate; reasonable: boolean }, ground: Ground): Answer =>
  when(a, { kind: 'reason-given', ...input }, ground, () => (a.reason !== null && input.on < a.reason.askedOn ? 'date-invalid' : null))

/** 理由合理而无法按期答复的，确定并告知延迟答复的合理期限（条例第三十五条）。 */
export const defer = (a: Application, input: { on: PlainDate; until: PlainDate }, ground: Ground): Answer =>
  when(a, { kind: 'deferred', ...input }, ground, () => {
    if (a.reason?.reasonable !== true) return 'reason-not-accepted'
    if (!isPlainDate(input.until)) return 'date-invalid'
    const outside = outsideTerm(a, input.on, ground)
    if (outside !== null) return outside === 'after' ? 'deferral-after-due' : 'before-term'
    const current = clockOf(a, ground.calendar, ground.settings)?.dueOn ?? input.on
    return input.until <= current ? 'deferral-not-later' : null
  })

// 须在答复期限之内办的：早于起算之日、晚于到期日的各为一种
function outsideTerm(a: Application, on: PlainDate, { calendar, settings }: Ground): 'before' | 'after' | null {
  const term = termOf(a, settings)
  if (term !== null && on < term.startedOn) return 'before'
  const dueOn = clockOf(a, calendar, settings)?.dueOn ?? null
  return dueOn !== null && isPast(dueOn, on) ? 'after' : null
}

/** 延长答复期限（条例第三十三条第二款）；`on` 为告知之日。 */
export const extend = (a: Application, input: { on: PlainDate; days: number; approvedBy: string | null }, ground: Ground): Answer =>
  when(a, { kind: 'extended', ...input }, ground, () => {
    const term = termOf(a, ground.settings)
    if (term === null) return 'not-now'
    return refuseExtension(term, { days: input.days, approved: input.approvedBy !== null, notifiedOn: input.on }, ground.calendar, ground.settings)
  })

/** 收费通知送达，须在答复期限之内；一件只能按一种方式计收，只通知一次。 */
export function noticeFee(a: Application, input: { servedOn: PlainDate; mode: FeeMode; amount: number; approvedByHead: boolean }, ground: Ground): Answer {
  const refusal = guard(a, 'fee-noticed', input.servedOn, ground) ?? refuseFeeMode(a.fee?.mode ?? null, input.mode)
  if (refusal !== null) return refuse(refusal)
  if (a.fee !== null) return refuse('fee-noticed-already')
  if (!input.approvedByHead) return refuse('not-approved')
  if (!Number.isSafeInteger(input.amount) || input.amount <= 0) return refuse('amount-invalid')
  const outside = outsideTerm(a, input.servedOn, ground)
  if (outside !== null) return refuse(outside === 'after' ? 'fee-after-due' : 'before-term')
  const by = feePayBy(input.servedOn, ground.calendar)
  return accept({ kind: 'fee-noticed', on: input.servedOn, by, mode: input.mode, amount: input.amount })
}

export const payFee = (a: Application, input: { on: PlainDate; ticketNo: string | null }, ground: Ground): Answer =>
  when(a, { kind: 'fee-paid', ...input }, ground, () => {
    if (a.fee?.payBy == null || a.fee.noticedOn === null) return 'not-now'
    if (input.on < a.fee.noticedOn) return 'date-invalid'
    return isPast(a.fee.payBy, input.on) ? 'fee-late' : null
  })

/** 拟作出处理决定：依据材料须齐备，前置的程序须走过。 */
export const propose = (
  a: Application,
  input: { on: PlainDate; outcome: Outcome; evidence: Readonly<Record<string, string>> },
  ground: Ground,
): Answer => when(a, { kind: 'decision-proposed', ...input }, ground, () => outcomeRefusal(a, input.outcome, input.evidence, ground))

function outcomeRefusal(a: Application, outcome: Outcome, evidence: Readonly<Record<string, string>>, ground: Ground): ApplicationRefusal | null {
  if (outcome === 'CLOSED_NO_CORRECTION' || outcome === 'CLOSED_NO_PAYMENT') return 'closing-not-decided'
  if (outcome === 'UNABLE_UNCLEAR' && a.supplements.at(-1)?.suppliedOn == null) return 'unclear-not-supplemented'
  if (outcome === 'NP_EXCESSIVE' && !unreasonable(a, ground.today)) return 'excessive-not-asked'
  if (a.status === 'reason-requested' && outcome !== 'NP_EXCESSIVE') return 'reason-awaited'
  return missingEvidence(outcome, evidence).length > 0 ? 'evidence-missing' : null
}

// 已要求说明理由，而理由不合理，或逾期不说明
const unreasonable = (a: Application, today: PlainDate): boolean =>
  a.reason !== null && (a.reason.givenOn === null ? isPast(a.reason.by, today) : a.reason.reasonable === false)

export const returnProposal = (a: Application, input: { on: PlainDate; reason: string }, ground: Ground): Answer =>
  when(a, { kind: 'decision-returned', ...input }, ground, () => (input.reason.trim() === '' ? 'reason-missing' : null))

/** 末级之前各级的审核同意。 */
export const endorse = (a: Application, input: { on: PlainDate; remark: string }, ground: Ground): Answer =>
  when(a, { kind: 'decision-endorsed', ...input }, ground, () => (a.proposal === null || endorsedBy(a, ground) ? 'not-now' : null))

// 只差末级的批准
const endorsedBy = (a: Application, { settings }: Ground): boolean => isLastStep(settings.signOffChain, a.proposal?.endorsed ?? 0)

/** 批准并作出处理决定；`on` 为成文之日，救济依当日有效的法律。 */
export function decide(a: Application, input: { on: PlainDate; docNo: string | null }, ground: Ground): Answer {
  if (a.proposal === null) return refuse('not-now')
  const { outcome, evidence, on: proposedOn } = a.proposal
  const remedy = outcomeRemedy(outcome, input.on, ground.settings)
  return when(a, { kind: 'decided', on: input.on, docNo: input.docNo, remedy, outcome, evidence }, ground, () => {
    if (input.on < proposedOn) return 'before-proposed' // 不得倒签
    return endorsedBy(a, ground) ? null : 'sign-off-incomplete'
  })
}

/** 并案的一件随前案一并决定：同一结果、同一文号、同一日，自计一行。 */
export const decideMerged = (a: Application, { outcome, evidence, remedy, docNo, decidedOn }: FinalDecision, ground: Ground): Answer =>
  when(a, { kind: 'decided', on: decidedOn, outcome, evidence, remedy, docNo }, ground, () => (a.mergedInto === null ? 'not-now' : null))

/** 逾期不补正、不缴费的不再处理：期限届满的次日起。 */
export function close(a: Application, { on, docNo }: { on: PlainDate; docNo: string | null }, ground: Ground): Answer {
  const waiting = a.status === 'correction-requested' ? a.supplements.at(-1)?.by : a.fee?.payBy
  const outcome = a.status === 'correction-requested' ? 'CLOSED_NO_CORRECTION' : 'CLOSED_NO_PAYMENT'
  return when(a, { kind: 'closed', on, outcome, docNo }, ground, () => (waiting != null && isPast(waiting, on) ? null : 'too-early'))
}

/** 申请人撤回；确认收到之前就撤回的，从未收到，不计入任何一格。 */
export const withdraw = (a: Application, on: PlainDate, ground: Ground): Answer =>
  when(a, { kind: 'withdrawn', on, row: a.receivedOn === null ? null : ground.settings.withdrawRow }, ground, () =>
    a.receivedOn === null && a.submittedOn !== null && on < a.submittedOn ? 'date-invalid' : null,
  )

/** 发出决定书：邮寄只能经邮政企业；电子送达须申请人同意，并能提供互联网复议渠道。 */
export const dispatch = (
  a: Application,
  input: { on: PlainDate; method: DeliveryMethod; carrier: string | null; consented: boolean },
  ground: Ground,
): Answer =>
  when(a, { kind: 'dispatched', on: input.on, method: input.method, carrier: input.carrier }, ground, () => {
    if (a.decision !== null && input.on < a.decision.decidedOn) return 'before-decided'
    if (input.method === 'POST' && !isPostalEnterprise(input.carrier ?? '')) return 'carrier-not-postal'
    if (input.method !== 'ELECTRONIC') return null
    if (!input.consented) return 'electronic-not-consented'
    return ground.settings.reviewOnlineUrl === '' ? 'review-url-missing' : null
  })

export const serve = (a: Application, on: PlainDate, ground: Ground): Answer =>
  when(a, { kind: 'served', on }, ground, () => {
    if (a.decision !== null && on < a.decision.decidedOn) return 'before-decided'
    return a.delivery !== null && on < a.delivery.dispatchedOn ? 'date-invalid' : null
  })

export const archive = (a: Application, on: PlainDate, ground: Ground): Answer => when(a, { kind: 'archived', on }, ground)

/** 一份申请含多项的拆为几件：原件不再计，拆出的各件自原收到之日起各自计。 */
export function split(
  a: Application,
  input: { on: PlainDate; caseId: string; into: readonly { caseId: string; particulars: Particulars }[] },
  ground: Ground,
): { ok: true; parent: ApplicationEvent; children: { caseId: string; events: ApplicationEvent[] }[] } | { ok: false; refusal: ApplicationRefusal } {
  const refusal = guard(a, 'split', input.on, ground)
  if (refusal !== null || a.receivedOn === null) return refuse(refusal ?? 'not-now')
  if (input.into.length < 2 || input.into.length > 100) return refuse('split-count')
  const on = a.receivedOn
  return {
    ok: true,
    parent: { kind: 'split', on: input.on, into: input.into.map((child) => child.caseId) },
    children: input.into.map(({ caseId, particulars }) => ({
      caseId,
      events: [{ kind: 'received', on, particulars: { ...particulars, splitFrom: input.caseId } }],
    })),
  }
}

/**
 * 并案（领域参考 4.1）：同一申请人又问同样的，前一件尚未答复，不得以重复申请答复，并入前案一并答复。
 * 两件仍各计一件，本件的答复期限照走。`leads` 为已有别的申请并入本件。
 */
export const merge = (
  a: Application,
  input: { on: PlainDate; caseId: string; into: { caseId: string; state: Application }; sameApplicant: boolean; leads: boolean },
  ground: Ground,
): Answer => {
  const { caseId, state: lead } = input.into
  return when(a, { kind: 'merged', on: input.on, into: caseId, regNo: lead.regNo }, ground, () => {
    if (caseId === input.caseId) return 'merge-itself'
    if (!input.sameApplicant) return 'merge-other-applicant'
    if (input.leads || lead.mergedInto !== null) return 'merge-chain'
    if (!isOpen(lead) || lead.receivedOn === null) return 'merge-answered'
    if (lead.status === 'deciding') return 'merge-deciding'
    return a.receivedOn !== null && lead.receivedOn > a.receivedOn ? 'merge-into-later' : null
  })
}

/** 不再并案，另行办理；前案撤回、不再处理、拆分、作废的，随之另办。 */
export const unmerge = (a: Application, input: { on: PlainDate; reason: string }, ground: Ground): Answer =>
  when(a, { kind: 'unmerged', ...input }, ground, () => (input.reason.trim() === '' ? 'reason-missing' : null))

/**
 * 误登记的作废：留着可查，不计入任何一格。真实的申请不得作废：本系统里作出而已发出的决定说明确有其事；
 * 由台账导入的，重复导入、错行也会带着决定，故可以。`answerIssued` 为答复的文书已发出。
 */
export const voidRecord = (a: Application, input: { on: PlainDate; why: VoidReason; reason: string; answerIssued: boolean }, ground: Ground): Answer =>
  when(a, { kind: 'voided', on: input.on, why: input.why, reason: input.reason }, ground, () => {
    if (input.reason.trim() === '') return 'reason-missing'
    if (input.answerIssued) return 'void-letter-issued'
    if (a.delivery !== null && !decidedInLedger(a)) return 'void-dispatched'
    return a.fee?.paidOn != null ? 'void-fee-paid' : null
  })

const decidedInLedger = (a: Application): boolean => a.fromLedger && Object.keys(a.decision?.evidence ?? {}).length === 0

/** 请科室、其他机关协办：内部期限按工作日；答复期限不停（条例没有规定协办停计）。 */
export const askCoHandling = (
  a: Application,
  input: { on: PlainDate; id: string; unit: string; account: string | null; matter: string; days: number },
  ground: Ground,
): Answer =>
  when(a, { kind: 'co-handling-asked', ...input }, ground, () => {
    if (input.unit.trim() === '') return 'unit-missing'
    if (input.matter.trim() === '') return 'matter-missing'
    if (!Number.isInteger(input.days) || input.days < 1 || input.days > 60) return 'co-handling-days-invalid'
    return a.coHandlings.length >= MOST_CO_HANDLINGS ? 'too-many' : null
  })

const MOST_CO_HANDLINGS = 100

/** 协办单位回了，记下结果。 */
export const returnCoHandling = (a: Application, input: { on: PlainDate; id: string; result: string }, ground: Ground): Answer =>
  when(a, { kind: 'co-handling-returned', ...input }, ground, () => {
    const found = a.coHandlings.find((c) => c.id === input.id)
    if (found === undefined) return 'co-handling-unknown'
    if (found.returnedOn !== null) return 'co-handling-over'
    if (input.on < found.askedOn) return 'date-invalid'
    return input.result.trim() === '' ? 'result-missing' : null
  })

/** 更正登记：写明理由，前后并存。只改得了记录，改不了报告的数字。 */
export function correct(
  a: Application,
  input: { on: PlainDate; reason: string; values: Partial<CorrectableValues> },
  ground: Ground,
): Answer {
  const refusal = guard(a, 'corrected', input.on, ground)
  if (refusal !== null && refusal !== 'before-received') return refuse(refusal)
  if (a.receivedOn === null) return refuse('not-now')
  if (input.reason.trim() === '') return refuse('reason-missing')
  const changes = differences(correctable(a), input.values)
  if (changes.length === 0) return refuse('nothing-changed')
  const event: ApplicationEvent = { kind: 'corrected', on: input.on, reason: input.reason, changes }
  return inOrder(evolve(a, event), ground.today) ? accept(event) : refuse('dates-out-of-order')
}

function inOrder(a: Application, today: PlainDate): boolean {
  const received = a.receivedOn ?? ''
  const later = [a.decision?.decidedOn, a.delivery?.dispatchedOn, a.delivery?.servedOn, ...a.supplements.flatMap((s) => [s.askedOn, s.suppliedOn])]
  const days = later.filter((day): day is PlainDate => day != null)
  if (![received, ...days].every((day) => isPlainDate(day) && day <= today)) return false
  if (days.some((day) => day < received)) return false
  if (a.delivery?.servedOn != null && a.delivery.servedOn < a.delivery.dispatchedOn) return false
  return a.decision === null ? a.delivery === null : (a.delivery?.dispatchedOn ?? today) >= a.decision.decidedOn
}
