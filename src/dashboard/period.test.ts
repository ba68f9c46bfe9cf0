import { expect, test } from 'vitest'
import { chosenYear, monthIn, periodOf } from './period.ts'

test('this year runs to today and is compared with the same day last year', () => {
  expect(periodOf(2026, '2026-01-12')).toEqual({ year: 2026, from: '2026-01-01', to: '2026-01-12', was: { from: '2025-01-01', to: '2025-01-12' }, current: true })
  expect(periodOf(2025, '2026-01-12')).toMatchObject({ to: '2025-12-31', was: { to: '2024-12-31' }, current: false })
  // 闰日没有上年的同日
  expect(periodOf(2028, '2028-02-29').was.to).toBe('2027-02-28')
})

test('a year not offered falls back to this one', () => {
  expect([chosenYear('2024', '2026-01-12'), chosenYear('2027', '2026-01-12'), chosenYear('1999', '2026-01-12'), chosenYear('x', '2026-01-12'), chosenYear(undefined, '2026-01-12')]).toEqual([2024, 2026, 2026, 2026, 2026])
})

test('a month stays within the period', () => {
  const period = periodOf(2024, '2024-02-29')
  expect(monthIn(period, 1)).toEqual({ from: '2024-01-01', to: '2024-01-31' })
  expect(monthIn(period, 2)).toEqual({ from: '2024-02-01', to: '2024-02-29' })
  expect(monthIn(period, 3)).toBeNull()
  expect(monthIn(periodOf(2023, '2024-02-29'), 2)).toEqual({ from: '2023-02-01', to: '2023-02-28' })
})
