import { momentText } from '../../platform/html/index.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { REMARK_PARTS } from '../item.ts'
import type { ItemEvent } from '../item.ts'

/** 经过里的一行。 */
export interface ReviewLine {
  on: PlainDate
  text: string
  note: string | null
  tone: 'plain' | 'late' | 'ok' | 'wait'
}

const RESULTS = { pass: '保密审查：可以公开', fail: '保密审查：不能公开，退回', escalated: '保密审查：不能确定，报请确定' } as const

/** 审查与公开的经过，从早到晚；登记与改内容的另在信息的经过里。 */
export function toReviewLines(history: readonly RecordedEvent<ItemEvent>[], names: ReadonlyMap<string, string>): ReviewLine[] {
  return history.flatMap(({ event, actor, at }) => {
    const words = wordsOf(event)
    if (words === null) return []
    const behalf = event.onBehalfOf === undefined ? '' : `，代${names.get(event.onBehalfOf) ?? '他人'}`
    const by = event.kind === 'published' && actor.startsWith('system:') ? `系统到时发布，由${names.get(event.publisher) ?? '发布员'}所定` : (names.get(actor) ?? actor)
    return [{ on: event.on, text: words.text, note: [`${by}${behalf}，${momentText(at)}`, words.note].filter(Boolean).join('；'), tone: words.tone ?? 'plain' }]
  })
}

interface Words {
  text: string
  note?: string
  tone?: ReviewLine['tone']
}

function wordsOf(event: ItemEvent): Words | null {
  switch (event.kind) {
    case 'review-requested':
      return { text: '送审' }
    case 'checked':
      return { text: '审核同意', note: event.opinion }
    case 'reviewed':
      return { text: RESULTS[event.result], note: event.opinion, tone: event.result === 'pass' ? 'ok' : 'wait' }
    case 'approved':
      return { text: '批准公开', note: event.opinion ?? '', tone: 'ok' }
    case 'returned':
      return { text: '退回，此前的审查作废', note: event.remarks.map(({ part, words }) => `${REMARK_PARTS[part]}：${words}`).join('；'), tone: 'wait' }
    case 'scheduled':
      return { text: `定于 ${momentText(new Date(event.publishAt))} 发布` }
    case 'unscheduled':
      return { text: '取消定时发布', note: event.reason, tone: 'wait' }
    case 'published': {
      const late = event.dueOn != null && event.on > event.dueOn
      return { text: late ? `公开，迟于应当公开之日 ${event.dueOn}` : '公开', note: event.channel, tone: late ? 'late' : 'ok' }
    }
    case 'withdrawn':
      return { text: '撤回', note: `理由：${event.reason}${event.notice === undefined ? '' : `；说明：${event.notice}`}`, tone: 'late' }
    case 'expired':
      return { text: `标明失效，自 ${event.on} 起`, note: event.reason }
    case 'revived':
      return { text: '恢复有效', note: event.reason, tone: 'ok' }
    case 'editions-hidden':
      return { text: `隐去第 ${event.through} 版及以前的`, note: event.reason, tone: 'wait' }
    default:
      return null
  }
}
