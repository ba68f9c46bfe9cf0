import { expect, test } from 'vitest'
import { governmentReportDeadline, internalReportLine, reportDeadline } from './annual-deadlines.ts'
import { BUILT_IN_CALENDAR as calendar, CalendarYearMissing, withYears } from './calendar.ts'

test.each([
  [2023, '2024-01-31', '2024-01-31'],
  [2024, '2025-01-31', '2025-01-27'],
  [2025, '2026-01-31', '2026-01-30'],
])('%i 年度报告：%s 前，不顺延；内部线 %s', (year, dueOn, internalOn) => {
  expect(reportDeadline(year, calendar)).toMatchObject({ dueOn, internalOn })
  expect(internalReportLine(year, calendar)).toBe(internalOn)
})

test('没有数据的年份没有内部线，录入后才有', () => {
  expect(reportDeadline(2026, calendar)).toMatchObject({ dueOn: '2027-01-31', internalOn: null })
  expect(() => internalReportLine(2026, calendar)).toThrow(CalendarYearMissing)
  const longer = withYears(calendar, [{ year: 2027, docNo: null, off: ['2027-01-01'], work: [], provisional: true }])
  expect(internalReportLine(2026, longer)).toBe('2027-01-29')
})

test('本级政府报告 3 月 31 日前', () => {
  expect(governmentReportDeadline(2025, calendar).dueOn).toBe('2026-03-31')
})
