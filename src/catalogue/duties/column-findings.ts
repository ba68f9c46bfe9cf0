import { addCalendarMonths } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { PARTS } from '../column/column-parts.ts'
import type { ColumnState } from '../column/column-states.ts'
import type { Finding } from './finding.ts'

/** 渠道多久没有核实即提示，月〔待核〕 */
export const CHANNEL_MONTHS = 6

const WANTED = ['guide', 'institution', 'channels'] as const

/** 指南、机构信息、渠道的问题：没有公布、缺要素、公布之后情况变了、渠道久未核实。 */
export function toColumnFindings({ publishedOn, guideMissing, guideOutdated, channels }: ColumnState, today: PlainDate): Finding[] {
  const at = (part: (typeof WANTED)[number]): string => `/desk/column/${part}`
  const none = WANTED.filter((part) => publishedOn[part] === null)
  const stale = channels.filter(({ checkedOn }) => checkedOn === null || addCalendarMonths(checkedOn, CHANNEL_MONTHS) < today)
  return [
    ...none.map((part) => ({ key: `column:${part}`, kind: 'column' as const, title: PARTS[part].title, note: '没有公布过', href: at(part) })),
    ...(publishedOn.guide === null || guideMissing.length === 0
      ? []
      : [{ key: 'column:guide-missing', kind: 'column' as const, title: PARTS.guide.title, note: `缺 ${guideMissing.length} 项要素：${guideMissing.join('、')}`.slice(0, 400), href: at('guide') }]),
    ...(guideOutdated.length === 0
      ? []
      : [{ key: 'column:guide-outdated', kind: 'column' as const, title: PARTS.guide.title, note: `${guideOutdated.map(({ label }) => label).join('、')}变了，指南须及时更新`, href: at('guide') }]),
    ...stale.map(({ name, checkedOn }, i) => ({
      key: `column:channel:${name.slice(0, 60) || i}`, kind: 'column' as const, title: `渠道「${name.slice(0, 60)}」`, note: checkedOn === null ? '没有核实过' : `最近核实 ${checkedOn}，超过 ${CHANNEL_MONTHS} 个月（本区设定）`, href: at('channels'),
    })),
  ]
}
