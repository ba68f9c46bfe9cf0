import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR as calendar } from './calendar.ts'
import { extendedReviewDecision, reviewTerm } from './review-clocks.ts'

test('G42 复议副本 2025-09-29 收到：简易、普通程序的答复截止', () => {
  expect(reviewTerm('REVIEW_ANSWER_SUMMARY', '2025-09-29', calendar).dueOn).toBe('2025-10-13')
  expect(reviewTerm('REVIEW_ANSWER_ORDINARY', '2025-09-29', calendar).dueOn).toBe('2025-10-20')
})

test('G43 起诉状副本 2025-09-20 收到：答辩截止顺延至 2025-10-09', () => {
  expect(reviewTerm('SUIT_ANSWER', '2025-09-20', calendar)).toEqual({ nominal: '2025-10-05', dueOn: '2025-10-09' })
})

test('G41 不服复议决定起诉', () => {
  expect(reviewTerm('SUIT_AFTER_REVIEW', '2026-02-01', calendar).dueOn).toBe('2026-02-24')
})

test('复议决定六十日，可延三十日', () => {
  expect(reviewTerm('REVIEW_DECISION_ORDINARY', '2025-03-03', calendar)).toEqual({ nominal: '2025-05-02', dueOn: '2025-05-06' })
  expect(extendedReviewDecision('2025-03-03', calendar).nominal).toBe('2025-06-01')
})
