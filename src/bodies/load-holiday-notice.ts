import { WHOLE_DISTRICT, record } from '../audit/index.ts'
import { actorKey, requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { enqueue } from '../platform/jobs.ts'
import type { Calendar, CalendarYear } from '../statute/calendar.ts'
import { parseHolidayNotice } from '../statute/holiday-notice.ts'
import type { NoticeReading } from '../statute/holiday-notice.ts'
import { getCalendar } from './calendar-queries.ts'

/** 一年里因这份通知而变的日子。 */
export interface YearChange {
  next: CalendarYear
  /** 原来没有这一年的数据 */
  isNew: boolean
  /** 原来上班而今放假，或者原来放假而今上班 */
  changed: { day: string; becomes: 'off' | 'work' | 'ordinary' }[]
}

export type NoticePreview =
  | { ok: true; reading: NoticeReading & { ok: true }; changes: YearChange[] }
  | { ok: false; reading: NoticeReading & { ok: false } }

/** 读一份通知，看会改动哪些年、哪些日子；不存。 */
export async function previewHolidayNotice(tx: Tx, text: string, year: number): Promise<NoticePreview> {
  const reading = parseHolidayNotice(text, year)
  if (!reading.ok) return { ok: false, reading }
  return { ok: true, reading, changes: toChanges(reading, await getCalendar(tx)) }
}

function toChanges(reading: NoticeReading & { ok: true }, calendar: Calendar): YearChange[] {
  const own = mergeKept(reading.year, calendar.years.get(reading.year.year))
  // 通知里连到邻年的日子并入该年；该年还没有数据的不记：由它自己的通知载明
  const neighbours = reading.neighbours.flatMap(({ year, off, work }) => {
    const known = calendar.years.get(year)
    if (!known) return []
    const overruled = new Set([...off, ...work])
    const keep = (days: readonly string[]) => days.filter((day) => !overruled.has(day))
    return [{ ...known, off: sorted([...keep(known.off), ...off]), work: sorted([...keep(known.work), ...work]) }]
  })
  return [own, ...neighbours]
    .map((next) => toChange(next, calendar.years.get(next.year)))
    .filter((change) => change.isNew || change.changed.length > 0 || change.next.year === reading.year.year)
}

// 上一年的通知可能已把本年岁首、次年的通知可能已把本年岁末的日子写入；新通知没有提到的元旦前后照旧
function mergeKept(next: CalendarYear, known: CalendarYear | undefined): CalendarYear {
  const written = new Set([...next.off, ...next.work])
  const edge = (day: string) => day.endsWith('-12-31') || day.endsWith('-12-30') || day.endsWith('-12-29')
  const kept = (days: readonly string[] = []) => days.filter((day) => edge(day) && !written.has(day))
  return { ...next, off: sorted([...next.off, ...kept(known?.off)]), work: sorted([...next.work, ...kept(known?.work)]) }
}

const sorted = (days: readonly string[]): string[] => [...new Set(days)].toSorted()

function toChange(next: CalendarYear, known: CalendarYear | undefined): YearChange {
  const was = kinds(known)
  const is = kinds(next)
  const days = sorted([...was.keys(), ...is.keys()]).filter((day) => was.get(day) !== is.get(day))
  return {
    next,
    isNew: known === undefined,
    changed: days.map((day) => ({ day, becomes: is.get(day) ?? 'ordinary' })),
  }
}

const kinds = (year: CalendarYear | undefined): Map<string, 'off' | 'work'> =>
  new Map([
    ...(year?.off ?? []).map((day) => [day, 'off'] as const),
    ...(year?.work ?? []).map((day) => [day, 'work'] as const),
  ])

/** 载入国务院办公厅的节假日安排通知，存为该年的新一版；旧版留存。读不成的一律不存。 */
export function loadHolidayNotice(
  deps: Deps,
  actor: Actor,
  input: { text: string; year: number; docNo?: string | null; issuedOn?: string | null },
): Promise<NoticePreview> {
  requirePermission(actor, 'calendar.load')
  return transaction(deps.db, async (tx) => {
    const preview = await previewHolidayNotice(tx, input.text, input.year)
    if (!preview.ok) return preview
    for (const { next } of preview.changes) {
      const isOwn = next.year === input.year
      await saveYear(tx, {
        year: { ...next, docNo: isOwn ? (input.docNo ?? next.docNo) : next.docNo },
        title: `国务院办公厅关于${input.year}年部分节假日安排的通知`,
        issuedOn: input.issuedOn ?? null,
        notice: input.text,
        by: actorKey(actor),
        at: deps.clock.now(),
      })
    }
    // 日历变了，未办完的各种期限随之重算
    for (const task of ['applications.recompute-due', 'catalogue.recompute-due', 'reviews.recompute-due']) await enqueue(tx, task, {}, { key: task })
    await record(tx, actor, 'calendar.loaded', { bodyId: WHOLE_DISTRICT, target: String(input.year) })
    return preview
  })
}

async function saveYear(
  tx: Tx,
  entry: { year: CalendarYear; title: string; issuedOn: string | null; notice: string; by: string; at: Date },
): Promise<void> {
  const { year } = entry
  const last = await tx
    .selectFrom('calendar_year')
    .select((eb) => eb.fn.max('revision').as('revision'))
    .where('year', '=', year.year)
    .executeTakeFirst()
  await tx
    .insertInto('calendar_year')
    .values({
      year: year.year,
      // 两人同时载入同一年，后到的撞主键而失败
      revision: (last?.revision ?? 0) + 1,
      doc_no: year.docNo,
      title: entry.title,
      issued_on: entry.issuedOn,
      off_days: JSON.stringify(year.off),
      work_days: JSON.stringify(year.work),
      notice: entry.notice,
      loaded_by: entry.by,
      loaded_at: entry.at,
    })
    .execute()
}
