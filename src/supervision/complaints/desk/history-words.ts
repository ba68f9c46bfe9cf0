import type { RecordedEvent } from '../../../platform/timeline.ts'
import { BASES, CHANNELS, MATTERS, OUTCOMES, RATINGS, ROUTES, WAYS } from '../complaint.ts'
import type { ComplaintEvent } from '../complaint.ts'

/** 一件事写成的话；`note` 为小字，工作人员写的。 */
export interface HistoryWords {
  text: string
  note?: string
}

/** 给工作人员看的经过；`bodies`、`people` 为名称、姓名。 */
export function historyWords(event: ComplaintEvent, { bodies, people }: { bodies: ReadonlyMap<string, string>; people: ReadonlyMap<string, string> }): HistoryWords {
  const names = (accounts: readonly string[]): string => accounts.map((account) => people.get(account) ?? '一人').join('、')
  switch (event.kind) {
    case 'registered': {
      const { facts } = event
      const barred = facts.barred.length === 0 ? '' : `须回避 ${facts.barred.length} 人`
      return { text: `${CHANNELS[facts.channel]}收到，登记。${ROUTES[facts.route]}`, note: [BASES[facts.basis], facts.from === null ? '' : `由别的机关转来，最初于 ${facts.firstOn} 提出`, facts.workOrderNo === null ? '' : `工单号 ${facts.workOrderNo}`, barred, facts.answered === undefined ? '' : `已于 ${facts.answered.answer.on} 答复`].filter((part) => part !== '').join('；') }
    }
    case 'accepted':
      return { text: event.handler === null ? '受理' : `受理，由${people.get(event.handler) ?? '一人'}承办` }
    case 'declined':
      return { text: '不予受理', note: event.reason }
    case 'transferred':
      return { text: `转${event.toName}办`, note: event.reason }
    case 'merged':
      return { text: '并入同一件', note: event.reason }
    case 'asked':
      return { text: `请反映人补充${event.by === null ? '' : `，在 ${event.by} 之前`}`, note: event.question }
    case 'supplied':
      return { text: '反映人补充' }
    case 'barred':
      return { text: `定回避：${names(event.accounts)}`, note: event.reason }
    case 'classified':
      return { text: `定为${BASES[event.basis]}，${MATTERS[event.matter]}，反映${bodies.get(event.aboutBodyId) ?? ''}`, ...(event.accounts.length === 0 ? {} : { note: `须回避 ${event.accounts.length} 人` }) }
    case 'linked':
      return { text: `所涉：${event.link.label}`, ...(event.note === '' ? {} : { note: event.note }) }
    case 'investigated':
      return { text: '查办', note: event.findings }
    case 'extended':
      return { text: `延长 ${event.days} 个工作日`, note: event.reason }
    case 'drafted':
      return { text: `拟结论：${OUTCOMES[event.outcome]}`, note: groundsAndMeasures(event) }
    case 'draft-returned':
      return { text: '结论退回重拟', note: event.reason }
    case 'reopened':
      return { text: '反映人不满意，再办一次；期限另起', ...(event.reason === '' ? {} : { note: event.reason }) }
    case 'decided':
      return { text: `结论：${OUTCOMES[event.outcome]}`, note: groundsAndMeasures(event) }
    case 'answered':
      return { text: `答复（${WAYS[event.way]}）${event.docNo ?? ''}` }
    case 'fed-back':
      return { text: `反馈：${RATINGS[event.rating]}` }
    case 'closed':
      return { text: '办结', ...(event.note === '' ? {} : { note: event.note }) }
    case 'withdrawn':
      return { text: '反映人撤回', note: event.reason }
    case 'stripped':
      return { text: '保存期满，已去标识化：反映人、所写的话与文件已删去' }
  }
}

/** 给反映人看的经过：不写谁办的、谁回避、查办的细节。 */
export function publicHistory(history: readonly RecordedEvent<ComplaintEvent>[]): { on: string; text: string; note?: string }[] {
  return history.flatMap(({ event }) => {
    const words = publicWords(event)
    return words === null ? [] : [{ on: event.on, ...words }]
  })
}

function publicWords(event: ComplaintEvent): HistoryWords | null {
  switch (event.kind) {
    case 'registered':
      return event.facts.from === null ? { text: '收到，登记', note: ROUTES[event.facts.route] } : { text: '收到转来的，登记' }
    case 'accepted':
      return { text: '受理' }
    case 'declined':
      return { text: '不予受理', note: event.reason }
    case 'transferred':
      return { text: `转${event.toName}办` }
    case 'merged':
      return { text: '与同一事情的另一件一并办' }
    case 'asked':
      return { text: `请您补充${event.by === null ? '' : `，在 ${event.by} 前`}`, note: event.question }
    case 'supplied':
      return { text: '收到您的补充' }
    case 'extended':
      return { text: `延长 ${event.days} 个工作日`, note: event.reason }
    case 'decided':
      return { text: '已作结论，正在答复您' }
    case 'answered':
      return { text: `答复您${event.docNo ?? ''}` }
    case 'fed-back':
      return { text: `您的评价：${RATINGS[event.rating]}` }
    case 'reopened':
      return { text: '您不满意，请求再办一次；期限另起' }
    case 'closed':
      return { text: '办结' }
    case 'withdrawn':
      return { text: '撤回' }
    case 'stripped':
      return { text: '保存期满，您的资料、所写的话与文件已删去' }
    case 'barred':
    case 'classified':
    case 'linked':
    case 'investigated':
    case 'drafted':
    case 'draft-returned':
      return null
  }
}

// 理由自带句号的，不再接分号
const groundsAndMeasures = ({ grounds, measures }: { grounds: string; measures: string }): string =>
  measures === '' ? grounds : `${grounds.replace(/[。；，]$/, '')}；整改：${measures}`
