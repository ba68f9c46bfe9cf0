import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addCalendarDays } from './plain-date.ts'
import { UPKEEP, updateBy, upkeepOn, upkeepVeto } from './publication-upkeep.ts'

// 最近更新 → 今日 → 情形；边界各一行
test.each([
  ['HOME', '2026-01-01', '2026-01-15', 'soon'],
  ['HOME', '2026-01-01', '2026-01-16', 'stale'],
  ['HOME', '2026-01-14', '2026-01-15', 'fresh'],
  ['NEWS', '2025-12-31', '2026-01-15', 'stale'],
  ['POLICY', '2025-07-15', '2026-01-15', 'soon'],
  ['POLICY', '2025-07-15', '2026-01-16', 'stale'],
  ['POLICY', '2025-08-31', '2026-02-28', 'soon'],
  ['POLICY', '2025-08-31', '2026-03-01', 'stale'],
  ['POLICY', '2026-01-10', '2026-01-15', 'fresh'],
  ['POLICY', null, '2026-01-15', 'empty'],
] as const)('国办秘函〔2019〕19号: %s last updated %s, on %s is %s', (rule, lastOn, today, wanted) => {
  expect(upkeepOn(lastOn, UPKEEP[rule].period, today)).toBe(wanted)
})

test('the veto is reached at five timely, ten stale, five empty, not one before', () => {
  expect(upkeepVeto({ timely: 4, stale: 9, empty: 4 })).toEqual([])
  expect(upkeepVeto({ timely: 5, stale: 9, empty: 4 })).toHaveLength(1)
  expect(upkeepVeto({ timely: 5, stale: 10, empty: 5 })).toHaveLength(3)
})

test('never fresh again without an update: the state only worsens as days pass', () => {
  const order = ['fresh', 'soon', 'stale']
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 36 }), (start, wait, n) => {
      const lastOn = addCalendarDays('2019-05-15', start)
      const period = { n, unit: 'MONTH' } as const
      const [now, next] = [addCalendarDays(lastOn, wait), addCalendarDays(lastOn, wait + 1)]
      const [a, b] = [upkeepOn(lastOn, period, now), upkeepOn(lastOn, period, next)]
      expect(order.indexOf(b)).toBeGreaterThanOrEqual(order.indexOf(a))
      expect(a === 'stale').toBe(now > updateBy(lastOn, period))
    }),
  )
})
