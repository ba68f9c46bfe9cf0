import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR as calendar } from './calendar.ts'
import { isPublishedLate, publicationDue } from './publication.ts'

test.each([
  ['2024-12-31', '2025-02-05'],
  ['2025-09-28', '2025-10-31'],
  ['2026-01-30', '2026-03-05'],
])('G46 信息 %s 形成，最迟 %s 公开', (formed, nominal) => {
  expect(publicationDue(formed, calendar)).toEqual({ nominal, internal: nominal })
})

test('G47 部门预算 2025-01-20 批复：名义日为周日，内部线为前一日（周六上班）', () => {
  expect(publicationDue('2025-01-20', calendar, 'BUDGET')).toEqual({ nominal: '2025-02-09', internal: '2025-02-08' })
})

test('G48 采购合同 2025-09-30 签订，两个工作日', () => {
  expect(publicationDue('2025-09-30', calendar, 'PROCUREMENT_CONTRACT').nominal).toBe('2025-10-10')
})

test('最后一日公开不算迟', () => {
  const due = publicationDue('2024-12-31', calendar)
  expect(isPublishedLate(due, '2025-02-05', '2025-03-01')).toBe(false)
  expect(isPublishedLate(due, '2025-02-06', '2025-03-01')).toBe(true)
  expect(isPublishedLate(due, null, '2025-02-06')).toBe(true)
})
