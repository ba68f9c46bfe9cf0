import type { TimelineEntry } from '../../platform/html/index.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { awaitsLateSupplement } from '../application.ts'
import type { Application, Status } from '../application.ts'
import { CONSULTED, isLateSupplied, yuan } from '../case-words.ts'
import { VOID_REASONS } from '../events.ts'
import type { ApplicationEvent } from '../events.ts'
import { redoWords } from '../redo.ts'

/** 给申请人看的状态：一句话说清办到哪里、等谁。 */
const STATES: Readonly<Record<Status, string>> = {
  draft: '还没有提交。',
  'received-unconfirmed': '已提交，机关还没有与您确认收到；确认之后期限才开始计算。',
  registered: '机关已收到，即将审查。',
  examining: '机关正在审查、查找。',
  'correction-requested': '请您补正。补正之前期限暂停，机关收到补正之日起重新计算。',
  consulting: '机关正在征求有关方面的意见，所需时间不计入答复期限。',
  'reason-requested': '申请的数量、频次较多，机关请您说明理由。',
  deferred: '机关已告知延迟答复的期限。',
  'fee-noticed': '机关已通知收取信息处理费，请按通知书缴纳。',
  deciding: '机关正在审批答复。',
  approved: '已作出答复，即将送达。',
  dispatched: '答复已发出，请注意查收。',
  served: '答复已送达，办理完毕。',
  closed: '本件不再处理，缘由见告知书。',
  withdrawn: '您已撤回，本件办结。',
  split: '本件含多项，机关已拆为几件分别办理，各件办到哪里见下。',
  merged: '本件与您先提的一件所求相同，机关并案一并答复。',
  voided: '本件的登记已作废，缘由见经过。有疑问的，请与机关联系。',
  archived: '办理完毕，已归档。',
}

/** 期限暂停时等谁、等到哪天。 */
export function pausedWords(a: Application): string {
  const by = a.status === 'correction-requested' ? a.supplements.at(-1)?.by : null
  if (by != null) return `请您在 ${by} 前补正（含当日）`
  if (a.status === 'fee-noticed' && a.fee?.payBy != null) return `请您在 ${a.fee.payBy} 前缴费（含当日）`
  return a.status === 'consulting' ? '机关在征求意见，所需的时间不计' : ''
}

export const statusWords = (status: Status): string => STATES[status]
export const stateWords = (a: Application): string => `${statusWords(a.status)}${awaitsLateSupplement(a) ? '另请您补正；答复期限不因补正停止。' : ''}`

/** 给申请人看的经过：只说对外的事，不写经办人与内部意见。 */
export const publicHistory = (a: Application, events: readonly RecordedEvent<ApplicationEvent>[]): TimelineEntry[] =>
  events.flatMap(({ event }) => {
    const words = wordsOf(event, a)
    return words === null ? [] : [{ on: event.on, text: words[0], note: words[1] }]
  })

function wordsOf(event: ApplicationEvent, a: Application): [text: string, note?: string] | null {
  const consulted = (id: string): string => CONSULTED[a.consultations.find((each) => each.id === id)?.with ?? 'OTHER_AGENCY']
  switch (event.kind) {
    case 'submitted':
      return ['您提交了申请']
    case 'received':
      if (event.particulars.redo !== undefined) return ['机关照复议决定、裁判重新答复', `${redoWords(event.particulars.redo)}；这一日不计`]
      return ['机关确认收到申请', '这一日不计，自次日起算（条例第三十一条、第三十三条）']
    case 'examined':
      return ['机关开始审查']
    case 'supplement-asked':
      return ['机关告知补正', `${event.items ?? ''}${event.by === null ? '' : `（请在 ${event.by} 前补正，含当日）`}${event.late ? '答复期限不因此停止' : ''}`]
    case 'supplement-postponed':
      return [`补正期限延至 ${event.by}`]
    case 'supplemented':
      return ['机关收到补正', isLateSupplied(a, event.on) ? '答复期限照旧，不重新计算' : '答复期限自此重新计算（条例第三十条）']
    case 'consultation-sent':
      return [`机关书面征求${consulted(event.id)}的意见`, '所需时间不计入答复期限（条例第三十三条第三款）']
    case 'consultation-returned':
      return [`机关收到${consulted(event.id)}的意见`]
    case 'consultation-expired':
      return [`${consulted(event.id)}期满没有提出意见`]
    case 'reason-asked':
      return ['机关请您说明理由', `请在 ${event.by} 前（含当日）说明（条例第三十五条）`]
    case 'reason-given':
      return ['机关收到您的说明']
    case 'deferred':
      return [`机关告知延迟至 ${event.until} 答复`, '条例第三十五条']
    case 'extended':
      return [`机关告知延长答复期限 ${event.days} 个工作日`, '条例第三十三条第二款']
    case 'fee-noticed':
      return [`机关通知收取信息处理费 ${yuan(event.amount)}`, `请在 ${event.by} 前（含当日）缴纳（条例第四十二条）`]
    case 'fee-paid':
      return ['机关收到信息处理费']
    case 'decided': // 结果以送达的文书为准，发出之前不写
      return ['机关作出答复', a.delivery === null ? undefined : outcomeRule(event.outcome).label]
    case 'closed':
      return ['机关决定不再处理', outcomeRule(event.outcome).label]
    case 'withdrawn':
      return ['您撤回了申请']
    case 'dispatched':
      return ['答复已发出']
    case 'served':
      return ['答复已送达', '申请行政复议、提起诉讼的期限自此起算，见答复书所写']
    case 'split':
      return [`机关把本件拆为 ${event.into.length} 件，分别办理`]
    case 'merged':
      return ['机关把本件与您先提的一件并案', `一并答复，先提的登记号 ${event.regNo}；本件的答复期限仍照本件计算`]
    case 'unmerged':
      return ['机关把本件另行办理，不再并案']
    case 'voided':
      return ['机关作废了本件的登记', `${VOID_REASONS[event.why]}：${event.reason}`]
    case 'archived':
      return ['办结归档']
    default: // 起草、拟定、审核、退回、送达征求意见书、更正记录等，是机关内部的事
      return null
  }
}
