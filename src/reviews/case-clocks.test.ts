import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR, isWorkingDay } from '../statute/calendar.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import { clocksOfReview, clocksOfSuit, currentClock, daysOfClock } from './case-clocks.ts'
import { foldLitigation } from './litigation.ts'
import type { LitigationEvent } from './litigation.ts'
import { foldReview } from './review.ts'
import type { ReviewEvent } from './review.ts'

const facts = (receivedOn: string, procedure: 'ordinary' | 'summary') => ({ caseNo: '1', authority: null, decisionNo: null, ground: null, procedure, receivedOn })
const reviewOf = (...events: ReviewEvent[]) => {
  const state = foldReview(events)
  if (state.status === 'new') throw new Error('没有登记')
  return clocksOfReview(state, BUILT_IN_CALENDAR)
}
const suitOf = (...events: LitigationEvent[]) => {
  const state = foldLitigation(events)
  if (state.status === 'new') throw new Error('没有登记')
  return clocksOfSuit(state, BUILT_IN_CALENDAR)
}
const dues = (clocks: ReturnType<typeof reviewOf>) => clocks.map(({ term, dueOn }) => [term, dueOn])

test('a review: the answer in working days, the decision in calendar days with its extension, then the suit', () => {
  const received: ReviewEvent = { kind: 'received', on: '2025-09-29', facts: facts('2025-09-29', 'summary') }
  // G42
  expect(dues(reviewOf(received))).toEqual([['REVIEW_ANSWER_SUMMARY', '2025-10-13']])
  const ordinary: ReviewEvent = { kind: 'procedure-changed', on: '2025-10-09', procedure: 'ordinary' }
  expect(dues(reviewOf(received, ordinary))).toEqual([['REVIEW_ANSWER_ORDINARY', '2025-10-20']])
  const accepted: ReviewEvent = { kind: 'accepted', on: '2025-09-26' }
  expect(dues(reviewOf(received, accepted)).at(1)).toEqual(['REVIEW_DECISION_SUMMARY', '2025-10-27']) // 10-26 周日
  expect(dues(reviewOf(received, ordinary, accepted)).at(1)).toEqual(['REVIEW_DECISION_ORDINARY', '2025-11-25'])
  expect(dues(reviewOf(received, ordinary, accepted, { kind: 'decision-extended', on: '2025-11-20', days: 30 })).at(1)).toEqual(['REVIEW_DECISION_ORDINARY', '2025-12-25'])
  // G41
  const served = reviewOf(received, { kind: 'decided', on: '2026-01-29', result: 'upheld', documentNo: null }, { kind: 'decision-served', on: '2026-02-01' })
  expect(served.at(-1)).toMatchObject({ term: 'SUIT_AFTER_REVIEW', nominal: '2026-02-16', dueOn: '2026-02-24' })
  expect(currentClock(served)?.term).toBe('SUIT_AFTER_REVIEW')
})

test('a suit: the answer, the first instance by its procedure, the appeal by the kind of judgment', () => {
  const filed: LitigationEvent = { kind: 'filed', on: '2025-09-20', facts: { caseNo: '2', court: null, decisionNo: null, afterReview: false, role: 'original', receivedOn: '2025-09-20' } }
  // G43
  expect(dues(suitOf(filed))).toEqual([['SUIT_ANSWER', '2025-10-09']])
  expect(dues(suitOf(filed, { kind: 'docketed', on: '2025-09-15', trial: 'ordinary' })).at(1)).toEqual(['FIRST_INSTANCE_ORDINARY', '2026-03-16'])
  expect(dues(suitOf(filed, { kind: 'docketed', on: '2025-09-15', trial: 'summary' })).at(1)).toEqual(['FIRST_INSTANCE_SUMMARY', '2025-10-30'])
  const judged = (form: 'judgment' | 'ruling') => suitOf(filed, { kind: 'first-judged', on: '2025-12-01', result: 'revoked', form }, { kind: 'judgment-served', on: '2025-12-05' }).at(-1)?.dueOn
  expect([judged('judgment'), judged('ruling')]).toEqual(['2025-12-22', '2025-12-15']) // 12-20 周六
})

const days = fc.integer({ min: 0, max: 700 }).map((n) => addCalendarDays('2024-02-01', n))

test('every day from the first to the due one is in the account once; those counted are as many as the term', () => {
  fc.assert(
    fc.property(days, fc.constantFrom('ordinary' as const, 'summary' as const), (receivedOn, procedure) => {
      for (const clock of reviewOf({ kind: 'received', on: receivedOn, facts: facts(receivedOn, procedure) }, { kind: 'accepted', on: receivedOn })) {
        const cells = daysOfClock(clock, BUILT_IN_CALENDAR, receivedOn)
        expect(cells.map(({ on }) => on)).toEqual(cells.map((_, i) => addCalendarDays(receivedOn, i)))
        expect(cells.at(-1)).toMatchObject({ on: clock.dueOn, kind: 'due' })
        const counted = cells.filter(({ mark }) => /^\d+$/.test(mark)).map(({ mark }) => Number(mark))
        expect(counted).toEqual(Array.from({ length: clock.n }, (_, i) => i + 1))
        expect(isWorkingDay(clock.dueOn ?? '', BUILT_IN_CALENDAR)).toBe(true)
      }
    }),
  )
})
