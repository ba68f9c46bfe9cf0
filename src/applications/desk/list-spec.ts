import { isId } from '../../platform/id.ts'
import { parseListQuery } from '../../platform/html/index.ts'
import type { ListQuery, ListSpec } from '../../platform/html/index.ts'
import { addWorkingDays, CalendarYearMissing } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { addCalendarDays, nextDay } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { STATUSES } from '../application.ts'
import type { Status } from '../application.ts'
import { APPLICANT_KINDS, isApplicantKind } from '../events.ts'
import type { ApplicationFilter, ApplicationSort } from '../queries.ts'

/** 列表的几面：在办、待确认收到、已办结、不计件。 */
export const VIEWS = {
  open: { href: '/desk/applications', title: '在办申请', empty: '没有在办的申请' },
  unconfirmed: { href: '/desk/applications/unconfirmed', title: '待确认收到的申请', empty: '没有待确认收到的申请' },
  closed: { href: '/desk/applications/closed', title: '已办结的申请', empty: '还没有办结的申请' },
  uncounted: { href: '/desk/applications/uncounted', title: '不计件的申请', empty: '没有不计件的申请' },
} as const

export type View = keyof typeof VIEWS
export const isView = (text: string): text is View => Object.hasOwn(VIEWS, text)

/** 到期的范围，只在在办的一面。 */
export const DUE_RANGES = { overdue: '已逾期', today: '今天到期', three: '三个工作日内到期' } as const
type DueRange = keyof typeof DUE_RANGES
const isDueRange = (text: string | undefined): text is DueRange => text !== undefined && Object.hasOwn(DUE_RANGES, text)

/** 办到哪一步之外，另可选「在等人」：待补正、征求意见、待说明理由、待缴费的合为一项。 */
export const AWAITING = 'awaiting'
const AWAITED = ['correction-requested', 'consulting', 'reason-requested', 'fee-noticed'] as const satisfies readonly Status[]
export const STATUS_OPTIONS: Readonly<Record<string, string>> = { [AWAITING]: '在等人（补正、意见、说明、缴费）', ...STATUSES }

const FILTERS = { status: Object.keys(STATUS_OPTIONS), kind: Object.keys(APPLICANT_KINDS), due: Object.keys(DUE_RANGES), handler: 'text', from: 'date', to: 'date' } as const
const SORTS: Readonly<Record<View, { sorts: readonly ApplicationSort[]; defaultSort: string }>> = {
  open: { sorts: ['dueOn', 'receivedOn', 'regNo'], defaultSort: 'dueOn' },
  unconfirmed: { sorts: ['regNo'], defaultSort: 'regNo' },
  closed: { sorts: ['decidedOn', 'receivedOn', 'regNo'], defaultSort: '-decidedOn' },
  uncounted: { sorts: ['regNo'], defaultSort: 'regNo' },
}

const specOf = (view: View): ListSpec => ({ ...SORTS[view], filters: FILTERS })

/** 地址里的条件；认不得的当作没写，存下的筛选也由此读回。 */
export const parseList = (view: View, url: string): ListQuery => parseListQuery(url, specOf(view))

const isStatus = (text: string | undefined): text is Status => text !== undefined && Object.hasOwn(STATUSES, text)

/** 条件所指的申请；`calendar` 只在数三个工作日时用。 */
export function filterOf(view: View, { q, filters }: ListQuery, ground: { bodyId: string; today: PlainDate; calendar: Calendar }): ApplicationFilter {
  const { status, kind, due, handler, from, to } = filters
  return {
    bodyId: ground.bodyId,
    // 检索的，不分在办、办结
    ...(q !== '' ? { said: q } : view === 'open' ? { open: true } : view === 'closed' ? { open: false } : view === 'uncounted' ? { uncounted: true } : { status: 'received-unconfirmed' as const }),
    ...(view === 'unconfirmed' ? {} : isStatus(status) ? { status } : status === AWAITING ? { statuses: AWAITED } : {}),
    ...(kind !== undefined && isApplicantKind(kind) ? { applicantKind: kind } : {}),
    ...(handler === 'none' ? { handler: null } : isId(handler) ? { handler } : {}),
    ...(view === 'open' && isDueRange(due) ? dueDays(due, ground) : {}),
    ...(from === undefined ? {} : { receivedFrom: from }),
    ...(to === undefined ? {} : { receivedTo: to }),
  }
}

/** 数工作日的几日之内，今日在内。 */
const NEAR = 3

function dueDays(range: DueRange, { today, calendar }: { today: PlainDate; calendar: Calendar }): Pick<ApplicationFilter, 'dueFrom' | 'dueBefore'> {
  if (range === 'overdue') return { dueBefore: today }
  return { dueFrom: today, dueBefore: nextDay(range === 'today' ? today : lastNear(today, calendar)) }
}

// 没有该年节假日安排的，往宽里看
function lastNear(today: PlainDate, calendar: Calendar): PlainDate {
  try {
    return addWorkingDays(today, NEAR, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return addCalendarDays(today, NEAR * 2)
    throw error
  }
}

export const sortOf = (view: View, { q, sort }: ListQuery): ApplicationSort => (q !== '' ? 'regNo' : (SORTS[view].sorts.find((each) => each === sort) ?? 'regNo'))

/** 一页的次序与翻页。 */
export const pageOf = (view: View, query: ListQuery) => ({ sort: sortOf(view, query), descending: query.q === '' && query.descending })
