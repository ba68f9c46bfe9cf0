import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feeByCount, feeByPages } from '../../statute/fees.ts'
import type { Application } from '../application.ts'
import { toFeeView } from './payment.ts'

const noticed = (mode: 'COUNT' | 'PAGES', amount: number): Application => {
  const fee = { mode, amount, noticedOn: '2026-01-12', payBy: '2026-02-09', paidOn: null, ticketNo: null }
  const a: Partial<Application> = { status: 'fee-noticed', fee }
  return a as Application
}
const at = { how: '', givenOn: null, today: '2026-01-13' }

test('国办函〔2020〕109号: the reckoning shown adds up to the amount noticed, by pages and by count', () => {
  fc.assert(
    fc.property(fc.integer({ min: 31, max: 5000 }), (pages) => {
      const { amount } = feeByPages(pages)
      expect(toFeeView(noticed('PAGES', amount), { ...at, rank: 1 })?.lines[0]).toContain(`提供 ${pages} 页`)
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 11, max: 200 }), (rank) => {
      const { amount } = feeByCount(rank, rank - 1)
      expect(toFeeView(noticed('COUNT', amount), { ...at, rank })?.lines[0]).toContain(`第 ${rank} 件`)
      // 当月的件数后来变了，对不上的不写明细
      expect(toFeeView(noticed('COUNT', amount + 1), { ...at, rank })?.lines).toEqual([])
    }),
  )
})

test('the state of the fee in words', () => {
  const a = noticed('PAGES', 700_00)
  expect(toFeeView(a, { ...at, rank: 1 })?.state).toBe('还没有缴纳')
  expect(toFeeView(a, { ...at, rank: 1, givenOn: '2026-01-13' })?.state).toContain('待机关核对')
  expect(toFeeView(a, { ...at, rank: 1, today: '2026-02-10' })?.state).toContain('期限已过')
  expect(toFeeView({ ...a, status: 'closed' }, { ...at, rank: 1 })).toMatchObject({ state: '没有缴纳，本件已办结', canGive: false })
  expect(toFeeView({ ...a, fee: null }, { ...at, rank: 1 })).toBeNull()
})
