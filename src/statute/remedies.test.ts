import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR as calendar } from './calendar.ts'
import { checkRemedyText, remedyDeadlines, remedyOn, remedyText, suitAfterReview } from './remedies.ts'

const names = { reviewAuthority: '武昌区人民政府', court: '某人民法院' }

test.each([
  ['G37', '2025-08-02', '2025-10-01', '2025-10-09'],
  ['G38', '2025-12-17', '2026-02-15', '2026-02-24'],
  ['G38', '2025-12-16', '2026-02-14', '2026-02-14'],
])('%s 不予公开 %s 送达，复议截止名义 %s、顺延 %s', (_, served, nominal, dueOn) => {
  expect(remedyDeadlines('PRE_REVIEW', served, calendar)).toEqual({ review: { nominal, dueOn }, suit: null })
})

test('G37 前置模板没有六个月直接起诉', () => {
  const text = remedyText('PRE_REVIEW', names)
  expect(text).toContain('先向武昌区人民政府申请行政复议')
  expect(text).not.toContain('6个月')
})

test.each([
  ['G39', '2025-04-01', '2025-10-01', '2025-10-09'],
  ['G40', '2025-08-31', '2026-02-28', '2026-02-28'],
  ['G40', '2025-08-15', '2026-02-15', '2026-02-24'],
])('%s %s 送达，直接起诉名义 %s、顺延 %s', (_, served, nominal, dueOn) => {
  expect(remedyDeadlines('EITHER', served, calendar).suit).toEqual({ nominal, dueOn })
  expect(remedyText('EITHER', names)).toContain('6个月')
})

test('G41 复议决定收到后十五日起诉', () => {
  expect(suitAfterReview('2026-02-01', calendar)).toEqual({ nominal: '2026-02-16', dueOn: '2026-02-24' })
})

test('G44 按作出之日取法', () => {
  expect(remedyOn('PRE_REVIEW', '2023-12-20')).toBe('EITHER')
  expect(remedyOn('PRE_REVIEW', '2024-01-02')).toBe('PRE_REVIEW')
  expect(remedyOn('EITHER', '2024-01-02')).toBe('EITHER')
})

test('G45 2024 年后写“向上级主管部门申请行政复议”为错误', () => {
  const old = '如不服本答复，可以自收到之日起60日内向上级主管部门申请行政复议，或者6个月内向人民法院提起行政诉讼。'
  const rules = (remedy: 'EITHER' | 'PRE_REVIEW', decidedOn: string) => checkRemedyText(old, { remedy, decidedOn }).map((f) => f.rule)
  expect(rules('EITHER', '2025-03-01')).toEqual(['LT-08'])
  expect(rules('PRE_REVIEW', '2025-03-01')).toEqual(['LT-08', 'LT-03'])
  expect(rules('EITHER', '2023-03-01')).toEqual([])
})

test('自己的模板不被自己的核对拦下；程序性文书不附', () => {
  for (const remedy of ['PRE_REVIEW', 'EITHER', 'NONE'] as const) {
    expect(checkRemedyText(remedyText(remedy, names), { remedy, decidedOn: '2025-03-01' })).toEqual([])
  }
  expect(remedyDeadlines('NONE', '2025-03-01', calendar)).toEqual({ review: null, suit: null })
  expect(checkRemedyText(remedyText('EITHER', names), { remedy: 'NONE', decidedOn: '2025-03-01' })).toMatchObject([{ rule: 'LT-06' }])
})
