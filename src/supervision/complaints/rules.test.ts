import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR as calendar } from '../../statute/calendar.ts'
import { complaintDueOn } from './complaint-term.ts'
import { SMALLEST, maskCells, maskShare } from './public/mask-cells.ts'
import { guessMatter } from './mail/guess-matter.ts'
import { routeComplaint } from './route-complaint.ts'

const accounts = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e'))

test('whoever is left to handle and to decide is not complained of; otherwise it goes up', () => {
  fc.assert(
    fc.property(fc.constantFrom('A47' as const, 'A51' as const), fc.boolean(), accounts, accounts, accounts, accounts, (basis, toOwn, barred, handlers, deciders, heads) => {
      const route = routeComplaint({ basis, toOwn, barred: new Set(barred), handlers, deciders, heads })
      const free = (all: readonly string[]) => all.filter((each) => !barred.includes(each))
      if (basis === 'A51') expect(route).toBe('infringed')
      if (route === 'own') expect([toOwn, free(handlers).length > 0, free(deciders).length > 0, heads.every((head) => !barred.includes(head))]).toEqual([true, true, true, true])
    }),
  )
})

test('no small cell is shown, nor is it the only one hidden beside a sum', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 12 }), (counts) => {
      const shown = maskCells(counts)
      const hidden = shown.flatMap((text, index) => (text === String(counts[index]) ? [] : [index]))
      counts.forEach((count, index) => {
        if (count > 0 && count < SMALLEST) expect(hidden).toContain(index)
      })
      // 只藏了一格的，除它之外没有大于零的格可藏
      if (hidden.length === 1) expect(counts.filter((count) => count > 0)).toHaveLength(1)
    }),
  )
})

test('shares of few are not told', () => {
  expect([maskShare(1, 4), maskShare(3, 40), maskShare(0, 8), maskShare(8, 8), maskShare(6, 8)]).toEqual(['—', '少于 5 件', '0.0%', '100.0%', '75.0%'])
})

test('fifteen working days from the day after, over 清明; an extension is added; no calendar, no day', () => {
  const term = { receivedOn: '2025-03-24', days: 15, extension: null }
  expect(complaintDueOn(term, calendar)).toBe('2025-04-15')
  expect(complaintDueOn({ ...term, extension: { on: '2025-04-01', days: 5, reason: '' } }, calendar)).toBe('2025-04-22')
  expect(complaintDueOn({ ...term, receivedOn: '2031-03-24' }, calendar)).toBeNull()
})

test.each([
  ['申请公开的事项一直不答复', { basis: 'A47', matter: 'unlawful-reply' }],
  ['预算没有公开', { basis: 'A47', matter: 'not-published' }],
  ['我要投诉：专栏打不开', { basis: 'A51', matter: 'broken-column' }],
  ['电话写错了', { basis: 'A47', matter: 'wrong-content' }],
  ['请问几点上班', { basis: 'A47', matter: 'other' }],
])('a mail saying %s', (text, guessed) => {
  expect(guessMatter(text)).toEqual(guessed)
})
