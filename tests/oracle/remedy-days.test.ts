import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR } from '../../src/statute/calendar.ts'
import { remedyDeadlines } from '../../src/statute/remedies.ts'
import { reviewBy, suitBy } from './answer-letter.ts'
import { daysAfter } from './days.ts'

/* 到期都落在抄了安排的三年里 */
const served = fc.integer({ min: 0, max: 895 }).map((n) => daysAfter('2024-01-02', n))

test('whatever day an answer is served, the last days for review and suit are those the oracle counts day by day', () => {
  fc.assert(
    fc.property(served, (on) => {
      const { review, suit } = remedyDeadlines('EITHER', on, BUILT_IN_CALENDAR)
      expect([on, review?.dueOn, suit?.dueOn]).toEqual([on, reviewBy(on), suitBy(on)])
      expect(remedyDeadlines('PRE_REVIEW', on, BUILT_IN_CALENDAR)).toMatchObject({ review: { dueOn: reviewBy(on) }, suit: null })
    }),
    { numRuns: 900 },
  )
})
