import type { RecordedEvent } from '../../platform/timeline.ts'
import type { TimelineEntry } from '../../platform/html/index.ts'
import { SOURCES, type FilingEvent } from './filing.ts'

/** 经过：每一步何日、何人、说了什么。 */
export function toHistory(history: readonly RecordedEvent<FilingEvent>[], people: ReadonlyMap<string, string>): TimelineEntry[] {
  return history.map(({ event, actor }) => {
    const who = whoIs(actor, people)
    const { text, note = '', tone } = wordsOf(event, people)
    return { on: event.on, text, note: [who, note].filter((one) => one !== '').join('：'), ...(tone !== undefined && { tone }) }
  })
}

/** 办这一步的人的姓名；系统办的为「系统」。 */
export const whoIs = (actor: string, people: ReadonlyMap<string, string>): string => people.get(actor) ?? (actor.startsWith('system:') ? '系统' : '')

function wordsOf(event: FilingEvent, people: ReadonlyMap<string, string>): { text: string; note?: string; tone?: 'late' | 'ok' | 'wait' } {
  switch (event.kind) {
    case 'expected':
      return { text: '列入应报名单' }
    case 'exempted':
      return { text: '定为免报', note: event.reason }
    case 'added':
      return { text: '定为加报', note: event.reason }
    case 'exception-ended':
      return { text: '撤销免报、加报', note: event.reason }
    case 'assigned':
      return { text: event.reviewer === null ? '不再指定审核的人' : `由${people.get(event.reviewer) ?? '指定的人'}审核` }
    case 'reminded':
      return { text: '催报', tone: 'wait' }
    case 'errors-allowed':
      return { text: '准许带错报送一次', note: event.reason, tone: 'wait' }
    case 'filed':
      return {
        text: `第 ${event.round} 次报送（${SOURCES[event.source]}${event.edition !== null && event.edition > 1 ? `，更正第 ${event.edition} 版` : ''}）：${event.errors} 处错误，${event.warnings} 处提醒`,
        note: event.reply,
      }
    case 'published-elsewhere':
      return { text: `补记公布：${event.publishedOn}`, note: event.url }
    case 'returned':
      return { text: `退回第 ${event.round} 次报送${event.remarks.length > 0 ? `，标出 ${event.remarks.length} 处` : ''}`, note: event.words, tone: 'late' }
    case 'accepted':
      return { text: `受理第 ${event.round} 次报送`, note: event.words, tone: 'ok' }
    case 'locked':
      return { text: '锁定' }
    case 'unlocked':
      return { text: '解锁', note: event.reason }
  }
}
