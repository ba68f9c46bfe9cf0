import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  addWorkingDays,
  BUILT_IN_CALENDAR as calendar,
  CalendarYearMissing,
  countWorkingDays,
  isWorkingDay,
  lastWorkingDayOnOrBefore,
  rollForward,
  withYears,
} from './calendar.ts'
import { addCalendarDays, nextDay } from './plain-date.ts'

// G01–G18：触发日、工作日数、第 n 个工作日；由独立的手工日历得出
const GOLDEN: [string, string, number, string][] = [
  ['G01', '2024-01-15', 20, '2024-02-09'],
  ['G02', '2024-02-04', 20, '2024-03-07'],
  ['G03', '2024-02-08', 20, '2024-03-13'],
  ['G03', '2024-02-08', 7, '2024-02-23'],
  ['G04', '2024-04-03', 20, '2024-05-06'],
  ['G05', '2024-09-13', 20, '2024-10-17'],
  ['G06', '2024-09-27', 7, '2024-10-12'],
  ['G07', '2024-09-30', 20, '2024-11-01'],
  ['G08', '2024-12-20', 20, '2025-01-20'],
  ['G09', '2025-01-10', 20, '2025-02-13'],
  ['G09 再延 20', '2025-01-10', 40, '2025-03-13'],
  ['G10', '2025-01-25', 20, '2025-02-27'],
  ['G11', '2025-01-22', 7, '2025-02-07'],
  ['G12', '2025-04-25', 20, '2025-05-27'],
  ['G13', '2025-09-26', 20, '2025-10-30'],
  ['G14', '2025-12-15', 20, '2026-01-13'],
  ['G14', '2025-12-31', 20, '2026-01-29'],
  ['G15', '2026-02-13', 20, '2026-03-19'],
  ['G15', '2026-02-13', 7, '2026-03-02'],
  ['G16', '2026-02-27', 20, '2026-03-26'],
  ['G17', '2026-04-30', 20, '2026-06-01'],
  ['G18', '2026-09-18', 20, '2026-10-22'],
  ['G18 再延 20', '2026-09-18', 40, '2026-11-19'],
]

test.each(GOLDEN)('%s: %s + %i 个工作日 = %s', (_, from, n, expected) => {
  expect(addWorkingDays(from, n, calendar)).toBe(expected)
  expect(countWorkingDays(from, expected, calendar)).toBe(n)
})

test.each([
  [2024, 251],
  [2025, 248],
  [2026, 248],
])('%i 年全年 %i 个工作日', (year, total) => {
  expect(countWorkingDays(`${year - 1}-12-31`, `${year}-12-31`, calendar)).toBe(total)
})

test('2024 年除夕是工作日，2025 年除夕放假', () => {
  expect(isWorkingDay('2024-02-09', calendar)).toBe(true)
  expect(isWorkingDay('2025-01-28', calendar)).toBe(false)
})

test('各年与 chinese-days 逐日一致', () => {
  const data = JSON.parse(readFileSync('node_modules/chinese-days/dist/chinese-days.json', 'utf8')) as {
    holidays: Record<string, string>
    workdays: Record<string, string>
  }
  for (let day = '2011-01-01'; day <= '2026-12-31'; day = addCalendarDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    const expected = day in data.workdays || (!(day in data.holidays) && weekday % 6 !== 0)
    expect(isWorkingDay(day, calendar), day).toBe(expected)
  }
})

test('没有数据的年份是写明年份的错误，不推定', () => {
  expect(() => addWorkingDays('2026-12-25', 20, calendar)).toThrow(CalendarYearMissing)
  expect(() => addWorkingDays('2026-12-25', 20, calendar)).toThrow('2027')
  expect(() => isWorkingDay('2010-12-31', calendar)).toThrow('2010')
  expect(() => addWorkingDays('2026-01-05', -1, calendar)).toThrow(RangeError)
})

test('录入新的一年之后即可计算，原日历不变', () => {
  const longer = withYears(calendar, [{ year: 2027, docNo: null, off: ['2027-01-01'], work: [], provisional: true }])
  expect(addWorkingDays('2026-12-31', 1, longer)).toBe('2027-01-04')
  expect(longer.years.get(2027)?.provisional).toBe(true)
  expect(calendar.years.has(2027)).toBe(false)
})

const aDay = fc.integer({ min: 0, max: 5400 }).map((n) => addCalendarDays('2011-06-01', n))

test('次日与加一日相同', () => {
  for (let day = '2019-12-01'; day < '2024-04-01'; day = addCalendarDays(day, 1)) expect(nextDay(day)).toBe(addCalendarDays(day, 1))
})

test('加 n 个工作日所得之日是工作日，且区间内恰有 n 个工作日', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 1, max: 60 }), (from, n) => {
      const end = addWorkingDays(from, n, calendar)
      expect(isWorkingDay(end, calendar)).toBe(true)
      expect(countWorkingDays(from, end, calendar)).toBe(n)
      expect(addWorkingDays(addWorkingDays(from, 1, calendar), n - 1, calendar)).toBe(end)
    }),
  )
})

test('顺延与前推：所得是工作日，其间没有别的工作日', () => {
  fc.assert(
    fc.property(aDay, (day) => {
      const [next, last] = [rollForward(day, calendar), lastWorkingDayOnOrBefore(day, calendar)]
      expect([isWorkingDay(next, calendar), isWorkingDay(last, calendar)]).toEqual([true, true])
      expect(last <= day && day <= next).toBe(true)
      expect(countWorkingDays(last, addCalendarDays(next, -1), calendar)).toBe(0)
    }),
  )
})
