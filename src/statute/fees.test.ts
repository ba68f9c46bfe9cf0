import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR as calendar } from './calendar.ts'
import { countInMonth, feeByCount, feeByPages, feePayBy, refuseFeeMode } from './fees.ts'

const yuan = (fen: number) => fen / 100

test.each([
  [10, 0],
  [11, 100],
  [30, 2000],
  [31, 2200],
  [40, 4000],
  [41, 4300],
  [45, 5500],
  [50, 7000],
  [51, 7400],
])('G32 同月累计 %i 件，共 %i 元', (n, expected) => {
  expect(yuan(feeByCount(n).amount)).toBe(expected)
})

test.each([
  [30, 0],
  [31, 10],
  [100, 700],
  [101, 720],
  [200, 2700],
  [201, 2740],
  [250, 4700],
])('G33 单件 %i 页，%i 元', (pages, expected) => {
  expect(yuan(feeByPages(pages).amount)).toBe(expected)
})

test('G34 同一件不得又按件又按量', () => {
  expect(refuseFeeMode('COUNT', 'PAGES')).toBe('fee-mode-taken')
  expect(refuseFeeMode('COUNT', 'COUNT')).toBeNull()
  expect(refuseFeeMode(null, 'PAGES')).toBeNull()
})

test('G35 缴费截止为收到通知后第二十个工作日', () => {
  expect(feePayBy('2025-04-18', calendar)).toBe('2025-05-20')
})

test('G36 按自然月累计，不跨月', () => {
  const days = [...Array.from({ length: 8 }, () => '2025-03-20'), ...Array.from({ length: 8 }, () => '2025-04-02')]
  expect(countInMonth(days, '2025-03')).toBe(8)
  expect(feeByCount(countInMonth(days, '2025-03')).amount + feeByCount(countInMonth(days, '2025-04')).amount).toBe(0)
})

test('逐件收取之和等于累计；逐档小计之和等于应收', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      expect(feeByCount(low).amount + feeByCount(high, low).amount).toBe(feeByCount(high).amount)
      for (const account of [feeByCount(high, low), feeByPages(high)]) {
        expect(account.tiers.reduce((sum, t) => sum + t.quantity * t.unit, 0)).toBe(account.amount)
      }
      expect(feeByPages(high).tiers.reduce((sum, t) => sum + t.quantity, 0)).toBe(high)
    }),
  )
})

test('负数、小数不算', () => {
  expect(() => feeByCount(-1)).toThrow(RangeError)
  expect(() => feeByPages(1.5)).toThrow(RangeError)
})
