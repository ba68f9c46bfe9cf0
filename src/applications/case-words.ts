import { DELIVERY_METHODS } from '../statute/delivery.ts'
import { FEE_MODES } from '../statute/fees.ts'
import { isPast } from '../statute/reply-clock.ts'
import type { ConsultationKind } from '../statute/reply-clock.ts'
import { isOutcome, outcomeRule } from '../statute/outcomes.ts'
import { CHANNELS } from '../statute/receipt.ts'
import { awaitsLateSupplement, canHappen } from './application.ts'
import type { Application } from './application.ts'
import { CORRECTABLE } from './corrections.ts'
import { VOID_REASONS } from './events.ts'
import type { ApplicationEvent, Change, EventKind } from './events.ts'
import { redoTermWords, redoWords } from './redo.ts'

/** 申请上发生的每种事怎样称呼。 */
export const APPLICATION_EVENTS: Readonly<Record<EventKind, string>> = {
  drafted: '起草申请',
  submitted: '提交申请',
  received: '收到申请',
  assigned: '分派承办人',
  examined: '开始审查',
  'supplement-asked': '告知补正',
  'supplement-postponed': '补正期限顺延',
  supplemented: '收到补正',
  'consultation-sent': '发出征求意见书',
  'consultation-delivered': '征求意见书送达',
  'consultation-returned': '收到意见',
  'consultation-expired': '征求意见期满未回',
  'reason-asked': '要求说明理由',
  'reason-given': '收到理由说明',
  deferred: '确定延迟答复期限',
  extended: '延长答复期限',
  'fee-noticed': '发出收费通知',
  'fee-paid': '收到信息处理费',
  'fee-recorded': '登记信息处理费',
  'decision-proposed': '拟定处理决定',
  'decision-endorsed': '审核同意',
  'decision-returned': '退回处理决定',
  decided: '作出处理决定',
  closed: '不再处理',
  withdrawn: '申请人撤回',
  dispatched: '交邮或发出',
  served: '送达',
  archived: '归档',
  split: '一事一申请拆分',
  merged: '并案',
  unmerged: '另行办理，不再并案',
  voided: '作废',
  'co-handling-asked': '请协办',
  'co-handling-returned': '协办有了结果',
  corrected: '更正记录',
}

export const CONSULTED: Readonly<Record<ConsultationKind, string>> = { THIRD_PARTY: '第三方', CO_AGENCY: '共同制作机关', OTHER_AGENCY: '其他机关' }
export const yuan = (fen: number): string => `${(fen / 100).toFixed(2)} 元`

/** 第几次征求、征求谁，如「第三方（第 2 次）」；不写其姓名名称。 */
export function consultationName(a: Application, id: string): string {
  const at = a.consultations.findIndex((c) => c.id === id)
  const found = a.consultations[at]
  if (found === undefined) return '征求意见'
  return `${CONSULTED[found.with]}${a.consultations.length > 1 ? `（第 ${at + 1} 次）` : ''}`
}

/** 一件事在「经过」里的细节与依据；`a` 为案件现状。没有可说的为空。 */
export function detailOf(event: ApplicationEvent, a: Application): string {
  switch (event.kind) {
    case 'received': {
      if (event.particulars.redo !== undefined) return `照${redoWords(event.particulars.redo)}，重新答复；${redoTermWords(event.particulars.redo)}`
      const channel = event.particulars.channel
      const basis = channel === null ? '' : `${CHANNELS[channel].label}，${CHANNELS[channel].basis}（条例第三十一条）`
      const proof = event.receipt?.proof ?? ''
      return proof === '' ? basis : `${basis}；凭据：${proof}`
    }
    case 'submitted':
      return '尚未与申请人确认，期限不走（条例第三十一条）'
    case 'supplement-asked':
      return `${event.by === null ? '' : `补正期限至 ${event.by}。`}${event.items ?? ''}${event.late ? '（逾七个工作日告知，答复期限不停）' : '（条例第三十条，答复期限暂停）'}`
    case 'supplement-postponed':
      return `至 ${event.by}：${event.reason}`
    case 'supplemented':
      return `${isLateSupplied(a, event.on) ? '逾七个工作日告知的，答复期限照旧，不重新起算' : '答复期限自此重新起算（条例第三十条）'}${event.content === undefined ? '' : '；写明了所求'}`
    case 'consultation-sent':
      return `${consultationName(a, event.id)}，所需时间不计入答复期限（条例第三十三条第三款）`
    case 'consultation-delivered':
      return `${consultationName(a, event.id)}，自此十五个工作日内提出意见`
    case 'consultation-returned':
      return `${consultationName(a, event.id)}：${event.reply === null ? '有意见' : event.reply === 'AGREE' ? '同意公开' : `不同意公开${event.reasonable === null ? '' : event.reasonable ? '，理由合理' : '，理由不合理'}`}`
    case 'consultation-expired':
      return `${consultationName(a, event.id)}：${silenceOf(a, event.id)}`
    case 'reason-asked':
      return `期限至 ${event.by}，答复期限不停计（条例第三十五条）`
    case 'reason-given':
      return event.reasonable ? '理由合理' : '理由不合理，可以不予处理（条例第三十五条）'
    case 'deferred':
      return `延迟至 ${event.until} 答复（条例第三十五条）`
    case 'extended':
      return `延长 ${event.days} 个工作日，经负责人同意并告知申请人（条例第三十三条第二款）`
    case 'fee-noticed':
      return `${FEE_MODES[event.mode]}，${yuan(event.amount)}，缴费期限至 ${event.by}（国办函〔2020〕109号）`
    case 'fee-paid':
      return event.ticketNo === null ? '' : `票据 ${event.ticketNo}`
    case 'fee-recorded':
      return yuan(event.amount)
    case 'decision-proposed':
      return outcomeRule(event.outcome).label
    case 'decision-endorsed':
      return event.remark
    case 'decision-returned':
      return event.reason
    case 'decided':
      return `${outcomeRule(event.outcome).label}${event.docNo === null ? '' : `，${event.docNo}`}`
    case 'closed':
      return `${outcomeRule(event.outcome).label}${event.docNo === null ? '' : `，${event.docNo}`}`
    case 'dispatched':
      return [event.method === null ? '' : DELIVERY_METHODS[event.method].label, event.carrier ?? ''].filter((each) => each !== '').join('，')
    case 'served':
      return '救济期限自此起算'
    case 'split':
      return `拆为 ${event.into.length} 件，各自计件、各自答复`
    case 'merged':
      return `并入 ${event.regNo}，一并答复；本件的答复期限仍照本件计算`
    case 'unmerged':
      return event.reason
    case 'voided':
      return `${VOID_REASONS[event.why]}：${event.reason}。不计入年度报告`
    case 'co-handling-asked':
      return `${event.unit}，${event.days} 个工作日内：${event.matter}（答复期限不停）`
    case 'co-handling-returned':
      return `${a.coHandlings.find((c) => c.id === event.id)?.unit ?? ''}：${event.result}`
    case 'withdrawn':
      return event.row === null ? '尚未确认收到，不计入年度报告' : ''
    case 'corrected':
      return `${event.changes.map(changedWords).join('、')}：${event.reason}`
    default:
      return ''
  }
}

// 处理结果、收到日期写明前后；别的只写改了哪一项
function changedWords({ field, before, after }: Change): string {
  const [from, to] = [shortOf(field, before), shortOf(field, after)]
  return `${correctedLabel(field)}${from === null || to === null || from === to ? '' : `由「${from}」改为「${to}」`}`
}

function shortOf(field: string, value: unknown): string | null {
  if (field === 'receivedOn') return typeof value === 'string' ? value : null
  if (field !== 'decision' || typeof value !== 'object' || value === null) return null
  const outcome: unknown = Reflect.get(value, 'outcome')
  return typeof outcome === 'string' && isOutcome(outcome) ? outcomeRule(outcome).label : null
}

const correctedLabel = (field: string): string => Object.entries(CORRECTABLE).find(([key]) => key === field)?.[1] ?? field

const silenceOf = (a: Application, id: string): string => {
  const kind = a.consultations.find((c) => c.id === id)?.with
  return kind === 'CO_AGENCY' ? '逾期未回，视为同意公开（条例第三十四条）' : '逾期未回，由本机关依法决定是否公开，不是同意（条例第三十二条）'
}

/** 某日收到的补正，是不是逾七个工作日才告知的。 */
export const isLateSupplied = (a: Application, on: string): boolean => a.supplements.some((each) => each.late && each.suppliedOn === on)

/** 下一步该做什么：一句话，写明依据。 */
export function nextStepOf(a: Application, { today, noticeDue }: { today: string; noticeDue: string | null }): string {
  const next = usualStepOf(a, { today, noticeDue })
  return awaitsLateSupplement(a) ? `${next}告知的补正还没有收到；告知逾七个工作日，答复期限不停，收不到的按现有的内容答复。` : next
}

function usualStepOf(a: Application, { today, noticeDue }: { today: string; noticeDue: string | null }): string {
  switch (a.status) {
    case 'received-unconfirmed':
      return '当日与申请人联系确认；确认之日为收到之日，期限自其次日起算（条例第三十一条）。'
    case 'registered':
      return `审查申请内容。能当场答复的当场答复（条例第三十三条）${noticeDue === null || isPast(noticeDue, today) || !canHappen(a, 'supplement-asked') ? '。' : `；内容不明确的，${noticeDue} 前一次性告知补正（条例第三十条）。`}`
    case 'correction-requested': {
      const by = a.supplements.at(-1)?.by ?? null
      if (by === null) return '等申请人补正。'
      return isPast(by, today) ? '补正期限已满：无正当理由的，视为放弃申请，由负责人办理不再处理（条例第三十条）；有正当理由的，延展期限。' : `等申请人在 ${by} 前补正；收到补正之日起重新计算答复期限。`
    }
    case 'consulting':
      return '等意见。第三方自收到征求意见书起十五个工作日内提出，逾期由本机关决定；共同制作机关逾期视为同意（条例第三十二条、第三十四条）。'
    case 'reason-requested':
      return `等申请人说明理由，期限至 ${a.reason?.by ?? ''}；逾期不说明或理由不合理的，可以不予处理（条例第三十五条）。`
    case 'fee-noticed': {
      const by = a.fee?.payBy ?? null
      return by !== null && isPast(by, today) ? '缴费期限已满：视为放弃申请，由负责人办理不再处理。' : `等申请人在 ${by ?? ''} 前缴费。`
    }
    case 'deciding':
      return '处理决定已拟定，等审批；拟定的人不能审批自己的。'
    case 'approved':
      return '出决定书，送达申请人：直接送达、委托送达按签收日，邮寄按交邮日判断是否按期（国办公开办函〔2016〕235号）。'
    case 'dispatched':
      return '等送达回证；申请人签收之日为救济期限的起点。'
    case 'served':
    case 'withdrawn':
      return '归档（条例第四十五条）。'
    case 'closed':
      return '告知申请人，归档。'
    case 'split':
      return '已拆为几件，分别办理。'
    case 'merged':
      return '与前一件一并答复：前一件作出决定，本件随之作出。本件的答复期限照走，将到期而前一件不能答复的，延期或者另行办理。'
    case 'voided':
      return '已作废，不再办理，留着可查。'
    case 'archived':
      return '已办结归档。'
    default:
      return refused(a) ? '第三方不同意且理由合理：由本机关决定。可以区分处理的部分公开（条例第三十七条），否则不公开（第三十二条）。' : '查找、审查所申请的信息，拟定处理决定。'
  }
}

const refused = (a: Application): boolean => a.consultations.some((c) => c.with === 'THIRD_PARTY' && c.reply === 'REFUSE' && c.reasonable !== false)
