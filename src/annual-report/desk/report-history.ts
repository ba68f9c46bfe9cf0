import type { TimelineEntry } from '../../platform/html/index.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { whoIs } from '../collection/filing-history.ts'
import type { ReportEvent } from '../report.ts'

type History = readonly RecordedEvent<ReportEvent>[]

/** 报告的经过：每一步何日、何人、说了什么。 */
export const toReportHistory = (history: History, people: ReadonlyMap<string, string>): TimelineEntry[] =>
  history.map(({ event, actor }) => {
    const { text, note = '', tone } = wordsOf(event)
    return { on: event.on, text, note: [whoIs(actor, people), note].filter((one) => one !== '').join('：'), ...(tone !== undefined && { tone }) }
  })

export interface SentBack {
  on: string
  /** 退回的人 */
  by: string
  reason: string
}

/** 退回起草之后还没有再提交校核的：谁、何日、为什么；不在这一步的为 null。 */
export function sentBackOf(history: History, people: ReadonlyMap<string, string>): SentBack | null {
  const last = history.findLast(({ event }) => event.kind === 'returned' || event.kind === 'secrecy-reviewed' || event.kind === 'checked' || event.kind === 'correction-opened')
  if (last === undefined) return null
  const { event, actor } = last
  const by = whoIs(actor, people)
  if (event.kind === 'returned') return { on: event.on, by, reason: event.reason }
  return event.kind === 'secrecy-reviewed' && !event.passed ? { on: event.on, by, reason: event.opinion } : null
}

function wordsOf(event: ReportEvent): { text: string; note?: string; tone?: 'late' | 'ok' } {
  switch (event.kind) {
    case 'opened':
      return { text: '开始编制' }
    case 'frozen':
      return { text: `冻结${event.snapshot.summed === undefined ? '台账' : '汇总'}的数，统计截至 ${event.snapshot.asOf}` }
    case 'drafted':
      return { text: '保存正文' }
    case 'warning-waived':
      return { text: '说明一条提醒', note: event.waiver.reason }
    case 'checked':
      return { text: '校核通过' }
    case 'returned':
      return { text: '退回起草', note: event.reason, tone: 'late' }
    case 'secrecy-reviewed':
      return event.passed ? { text: '保密审查：可以公开', note: event.opinion } : { text: '保密审查：退回修改', note: event.opinion, tone: 'late' }
    case 'signed':
      return { text: '签发' }
    case 'filed':
      return { text: '报送', tone: 'ok' }
    case 'filing-returned':
      return { text: `主管部门退回第 ${event.round} 次报送`, tone: 'late' }
    case 'published':
      return { text: '向社会公布', tone: 'ok' }
    case 'correction-opened':
      return { text: '另起更正版', note: event.reason }
  }
}
