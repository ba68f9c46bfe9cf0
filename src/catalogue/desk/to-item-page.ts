import type { DueDateProps, TimelineEntry } from '../../platform/html/index.ts'
import { momentText } from '../../platform/html/index.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { CalendarYearMissing, countWorkingDays } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { EXEMPTIONS } from '../exemptions.ts'
import { A19_REASONS, COLUMN_BLOCKS, GENRES, TOPICS } from '../item-details.ts'
import { ATTRIBUTES, ORIGINS } from '../item.ts'
import type { Item, ItemEvent } from '../item.ts'
import { articleOf, PUBLICATION_CODES, SUMMARY_KINDS, summaryKindOf } from '../publication-codes.ts'
import { explainDue } from './explain-due.ts'

const SOON = 3

/** 最大的一行：应当公开之日；已公开、已撤回、不主动公开的各有说法。 */
export function dueOfItem(item: Item, calendar: Calendar, today: PlainDate): DueDateProps | null {
  if (item.withdrawnOn !== null && item.status === 'withdrawn') return { label: '已撤回于', on: item.withdrawnOn, state: 'met', note: item.withdrawReason ?? '' }
  const due = explainDue(item, calendar)
  if (item.status === 'published' || item.status === 'expired') return { label: item.editions > 1 ? `第 ${item.editions} 版公开于` : '公开于', on: item.publishedOn, state: 'met', note: due === null ? undefined : lateNote(item.publishedOn, due.nominal) }
  if (due === null) return null
  const left = due.nominal < today ? null : workingDaysLeft(today, due.nominal, calendar)
  return {
    label: '应当公开于',
    on: due.nominal,
    state: due.nominal < today ? 'late' : left !== null && left <= SOON ? 'soon' : 'ahead',
    note: `${due.nominal < today ? '已过期限，请尽快公开' : left === null ? '' : left === 0 ? '今天到期' : `还有 ${left} 个工作日`}${due.nominal < today || left !== null ? '。' : ''}${due.words}`,
  }
}

const lateNote = (on: PlainDate | null, nominal: PlainDate): string => (on !== null && on > nominal ? `应当公开于 ${nominal}，迟了` : `应当公开于 ${nominal}，没有迟`)

function workingDaysLeft(today: PlainDate, due: PlainDate, calendar: Calendar): number | null {
  try {
    return countWorkingDays(today, due, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

/** 元数据，有的才列。 */
export function factsOfItem({ content, classification, indexNo, url, channel }: Item): (readonly [string, string])[] {
  const { details } = content
  const kind = classification === null ? null : summaryKindOf(classification.codes, classification.summaryKind)
  const facts: (readonly [string, string | null | undefined])[] = [
    ['索引号', indexNo],
    ['发文字号', content.docNo],
    ['发文机关', details?.issuer],
    ['成文日期', content.formedOn],
    ['生效日期', details?.effectiveOn],
    ['体裁', details?.genre == null ? null : GENRES[details.genre]],
    ['主题分类', details?.topic == null ? null : TOPICS[details.topic]],
    ['主题词', details?.keywords.join('、')],
    ['来源', ORIGINS[content.origin]],
    ['公开属性', classification === null ? '还没有定' : ATTRIBUTES[classification.attribute]],
    ['事项', classification?.codes.map((code) => `${articleOf(code)}${code.startsWith('A20') ? ` ${PUBLICATION_CODES[code].label}` : ''}`).join('\n')],
    ['缘由', details?.a19.map((reason) => A19_REASONS[reason]).join('、')],
    ['专栏', details === undefined ? null : COLUMN_BLOCKS[details.block]],
    ['年报综述', classification?.attribute !== 'proactive' || kind === null ? null : SUMMARY_KINDS[kind]],
    ['不予公开', classification?.exemption == null ? null : `条例${EXEMPTIONS[classification.exemption.code].article}：${EXEMPTIONS[classification.exemption.code].label}。${classification.exemption.reason}`],
    ['公开渠道', channel],
    ['原网址', url],
  ]
  return facts.flatMap(([label, value]) => (value == null || value === '' ? [] : [[label, value] as const]))
}

/** 登记与修改的经过；审查、公开的各步另在「审查与公开」里。 */
export function toLifeLines(history: readonly RecordedEvent<ItemEvent>[], names: ReadonlyMap<string, string>): TimelineEntry[] {
  return history.flatMap(({ event, actor, at }) => {
    const text = wordsOf(event)
    if (text === null) return []
    const behalf = event.onBehalfOf === undefined ? '' : `，代${names.get(event.onBehalfOf) ?? '他人'}`
    return [{ on: event.on, text, note: `${names.get(actor) ?? (actor.startsWith('import') || actor.startsWith('system') ? '系统' : '')}${behalf} ${momentText(at)}`.trim() }]
  })
}

function wordsOf(event: ItemEvent): string | null {
  switch (event.kind) {
    case 'formed':
      return '登记'
    case 'attribute-determined':
      return `定为${ATTRIBUTES[event.classification.attribute]}`
    case 'content-changed':
      return '修改内容'
    case 'exported':
      return `导出给${event.target}`
    case 'exemption-reassessed':
      return event.result === 'keep' ? '评估：仍不公开' : '评估：可以公开，转入公开程序'
    case 'recorded':
      return '由台账记入'
    case 'corrected':
      return `更正记载：${event.reason}`
    default:
      return null
  }
}
