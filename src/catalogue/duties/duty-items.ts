import '../tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { getCalendar } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { CalendarYearMissing } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { PUBLICATION_TERMS, publicationDue } from '../../statute/publication.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { termOf } from '../item.ts'
import type { Item, ItemStatus } from '../item.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { itemStore } from '../store.ts'
import { PENDING, lateSince } from './board-queries.ts'

/** 看板上各数所指的信息。 */
export const DUTY_ITEM_STATES = { shown: '公开着的', 'this-year': '今年公开的', due: '待公开，没有到期', late: '逾期未公开', 'published-late': '今年公开得迟的' } as const
export type DutyItemState = keyof typeof DUTY_ITEM_STATES
export const isDutyItemState = (text: string | undefined): text is DutyItemState => text !== undefined && Object.hasOwn(DUTY_ITEM_STATES, text)

export interface DutyItem {
  itemId: string
  indexNo: string
  title: string
  status: ItemStatus
  dueOn: PlainDate | null
  /** 首次公开之日 */
  firstPublishedOn: PlainDate | null
  publishedOn: PlainDate | null
  /** 适用的期限，与内部完成线（不晚于法定之日的最后一个工作日）；算不出的为 null */
  term: string | null
  internalOn: PlainDate | null
}

export interface DutyItemFilter {
  bodyId: string
  today: PlainDate
  state: DutyItemState
  code?: PublicationCode
  text?: string
}

const SHOWN = sql`first_published_on is not null and withdrawn_on is null`
const STATES: Readonly<Record<DutyItemState, (today: PlainDate) => RawBuilder<unknown>>> = {
  shown: () => SHOWN,
  'this-year': (today) => sql`${SHOWN} and first_published_on >= ${`${yearOf(today)}-01-01`}::date`,
  due: (today) => sql`${PENDING} and due_on >= ${today}::date`,
  late: (today) => sql`${PENDING} and due_on < ${today}::date`,
  'published-late': (today) => lateSince(`${yearOf(today)}-01-01`),
}

function conditions({ bodyId, today, state, code, text }: DutyItemFilter): RawBuilder<unknown> {
  const like = text === undefined || text === '' ? null : `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const all = [
    sql`body_id = ${bodyId}`,
    STATES[state](today),
    ...(code === undefined ? [] : [sql`codes @> array[${code}]::text[]`]),
    ...(like === null ? [] : [sql`(title ilike ${like} or doc_no ilike ${like} or index_no ilike ${like})`]),
  ]
  return sql.join(all, sql` and `)
}

/** 一页；待公开的先到期的在前，公开了的近的在前。 */
export async function listDutyItems(tx: Tx, filter: DutyItemFilter, { limit, offset }: { limit: number; offset: number }): Promise<DutyItem[]> {
  const order = filter.state === 'due' || filter.state === 'late' ? sql`due_on, item_id` : sql`first_published_on desc, item_id desc`
  const { rows } = await sql<Omit<DutyItem, 'term' | 'internalOn'>>`
    select item_id as "itemId", index_no as "indexNo", title, status, due_on as "dueOn", first_published_on as "firstPublishedOn", published_on as "publishedOn"
    from info_item where ${conditions(filter)} order by ${order} limit ${Math.min(limit, 200)} offset ${offset}`.execute(tx)
  const [items, calendar] = [await itemStore.loadStates(tx, filter.bodyId, rows.map((row) => row.itemId)), await getCalendar(tx)]
  return rows.map((row) => {
    const item = items.get(row.itemId)
    return { ...row, ...(item === undefined || item.status === 'new' ? { term: null, internalOn: null } : termWords(item, calendar)) }
  })
}

export async function countDutyItems(tx: Tx, filter: DutyItemFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from info_item where ${conditions(filter)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 期限的说法，如「一般政府信息：自 2025-03-01 形成或者变更起 20 个工作日」。 */
function termWords(item: Item, calendar: Calendar): Pick<DutyItem, 'term' | 'internalOn'> {
  const found = termOf(item)
  if (found === null) return { term: null, internalOn: null }
  const { label, n, unit } = PUBLICATION_TERMS[found.term]
  const term = `${label}：自 ${found.from} 起 ${n} ${unit === 'WORKDAY' ? '个工作日' : '日'}内`
  try {
    return { term, internalOn: publicationDue(found.from, calendar, found.term).internal }
  } catch (error) {
    if (error instanceof CalendarYearMissing) return { term, internalOn: null }
    throw error
  }
}
