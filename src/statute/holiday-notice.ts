import type { CalendarYear } from './calendar.ts'
import { addCalendarDays, daysBetween, isPlainDate, weekdayOf, yearOf } from './plain-date.ts'
import type { PlainDate } from './plain-date.ts'

/** 通知中一个节日的安排，读成了什么。 */
export interface NoticeLine {
  holiday: string
  text: string
  off: PlainDate[]
  work: PlainDate[]
}

export type NoticeReading =
  | {
      ok: true
      year: CalendarYear
      /** 通知里落在相邻年份的日子，如元旦连着上年 12 月 31 日 */
      neighbours: { year: number; off: PlainDate[]; work: PlainDate[] }[]
      lines: NoticeLine[]
    }
  | { ok: false; problems: string[]; lines: NoticeLine[] }

const HOLIDAYS = ['元旦', '春节', '清明', '劳动', '端午', '中秋', '国庆'] as const
const NAME = '(?:元旦|春节|清明节|清明|劳动节|端午节|中秋节|国庆节)'
const HEADING = new RegExp(`(${NAME}(?:[、和]${NAME})*):`, 'g')
const DATE = '(?:(\\d{4})年)?(?:(\\d{1,2})月)?(\\d{1,2})日(?:\\(([^()]{1,30})\\))?'
const OFF = new RegExp(`${DATE}(?:至${DATE})?放假`, 'g')
const WORK = new RegExp(`(?:${DATE}、?)+(?:正常)?上班`, 'g')
const WEEKDAYS = '日一二三四五六'
const LONGEST_TEXT = 50_000
const LONGEST_HOLIDAY = 15

/**
 * 读国务院办公厅“部分节假日安排的通知”全文，成为 `year` 年的日历，并逐条说明读成了什么。
 * 天数、星期与历法不符，或缺了节日的，一律不采，列明问题。
 */
export function parseHolidayNotice(text: string, year: number): NoticeReading {
  if (text.length > LONGEST_TEXT) return { ok: false, problems: [`文字过长（上限 ${LONGEST_TEXT} 字），请只粘贴通知正文`], lines: [] }
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  const problems: string[] = []
  const titled = /(\d{4})年部分节假日安排/.exec(plain)?.[1]
  if (titled !== undefined && Number(titled) !== year) problems.push(`这是 ${titled} 年的通知，不是 ${year} 年的`)

  const lines = splitByHoliday(plain).map((clause) => readClause(clause, year, problems))
  for (const name of HOLIDAYS) {
    const found = lines.filter((line) => line.holiday.includes(name)).length
    if (found === 0) problems.push(`没有找到${fullName(name)}的安排`)
    if (found > 1) problems.push(`${fullName(name)}的安排出现了 ${found} 次`)
  }
  const off = lines.flatMap((line) => line.off)
  const work = lines.flatMap((line) => line.work)
  for (const twice of off.filter((day, i) => off.indexOf(day) !== i)) problems.push(`${twice} 放假写了两次`)
  for (const day of work) {
    if (off.includes(day)) problems.push(`${day} 既放假又上班`)
    if (!isWeekend(day)) problems.push(`${day} 是星期${WEEKDAYS[weekdayOf(day)]}，本来就上班，不应写作调休上班`)
  }
  if (problems.length > 0) return { ok: false, problems, lines }

  const docNo = /国办发明电[〔[(](\d{4})[〕\])](\d{1,3})号/.exec(plain)
  const inYear = (days: readonly PlainDate[], y: number): PlainDate[] => days.filter((day) => yearOf(day) === y).toSorted()
  const weekdaysOff = off.filter((day) => !isWeekend(day))
  return {
    ok: true,
    year: {
      year,
      docNo: docNo === null ? null : `国办发明电〔${docNo[1]}〕${docNo[2]}号`,
      off: inYear(weekdaysOff, year),
      work: inYear(work, year),
      provisional: false,
    },
    neighbours: [year - 1, year + 1]
      .map((y) => ({ year: y, off: inYear(weekdaysOff, y), work: inYear(work, y) }))
      .filter((n) => n.off.length + n.work.length > 0),
    lines,
  }
}

const fullName = (name: string): string => (name === '元旦' || name === '春节' ? name : `${name}节`)
const isWeekend = (day: PlainDate): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6

function splitByHoliday(plain: string): { holiday: string; text: string }[] {
  const headings = [...plain.matchAll(HEADING)]
  return headings.map((heading, i) => {
    const from = heading.index + heading[0].length
    const whole = plain.slice(from, headings[i + 1]?.index ?? plain.length)
    // 通知正文之后的勉励、落款与网页余文不属于安排；条末的序号属于下一条
    const body = whole.split(/鼓励|节假日期间|国务院办公厅/)[0] ?? ''
    return { holiday: heading[1] ?? '', text: body.replace(/[一二三四五六七八九十]+、$/, '') }
  })
}

function readClause({ holiday, text }: { holiday: string; text: string }, year: number, problems: string[]): NoticeLine {
  const line: NoticeLine = { holiday, text, off: [], work: [] }
  const said = (problem: string): void => void problems.push(`${holiday}：${problem}`)
  const spans = [...text.matchAll(OFF)]
  if (spans.length !== 1) said(spans.length === 0 ? `读不出放假的日期（“${text.slice(0, 60)}”）` : '写了不止一段放假日期')
  for (const m of spans) {
    const from = toDay(m.slice(1, 5), { year, month: null }, said)
    const to = m[7] === undefined ? from : toDay(m.slice(5, 9), { year: yearIn(m[1], year), month: m[2] ?? null }, said)
    if (from === null || to === null) continue
    const length = daysBetween(from, to) + 1
    if (length < 1 || length > LONGEST_HOLIDAY) {
      said(`${from} 至 ${to} 不成一个假期`)
      continue
    }
    for (let i = 0; i < length; i++) line.off.push(addCalendarDays(from, i))
    const total = /共(\d{1,2})天/.exec(text)?.[1] ?? /放假(\d{1,2})天/.exec(text)?.[1]
    if (total !== undefined && Number(total) !== length) said(`写明共 ${total} 天，${from} 至 ${to} 实为 ${length} 天`)
  }
  for (const m of text.matchAll(WORK)) {
    let month: string | null = null
    for (const date of m[0].matchAll(new RegExp(DATE, 'g'))) {
      const day = toDay(date.slice(1, 5), { year, month }, said)
      month = date[2] ?? month
      if (day !== null) line.work.push(day)
    }
  }
  if (text.includes('上班') && line.work.length === 0) said('写有上班，但读不出日期')
  return line
}

const yearIn = (written: string | undefined, year: number): number => (written === undefined ? year : Number(written))

function toDay(
  [y, m, d, note]: (string | undefined)[],
  context: { year: number; month: string | null },
  said: (problem: string) => void,
): PlainDate | null {
  const month = m ?? context.month
  if (month === null || d === undefined) {
    said(`“${d}日”没有写明月份`)
    return null
  }
  const day = `${yearIn(y, context.year)}-${month.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (!isPlainDate(day)) {
    said(`没有 ${day} 这一天`)
    return null
  }
  const weekday = /(?:周|星期)([日一二三四五六])/.exec(note ?? '')?.[1]
  const actual = WEEKDAYS[weekdayOf(day)]
  if (weekday !== undefined && weekday !== actual) said(`${day} 写作周${weekday}，实为周${actual}`)
  return day
}
