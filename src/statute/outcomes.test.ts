import { expect, test } from 'vitest'
import { letterOf, missingEvidence, OUTCOME_NAMES, outcomeRemedy, outcomeRule } from './outcomes.ts'

const LEAF_ROWS = [
  'R3.1', 'R3.2',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `R3.3.${n}`),
  ...[1, 2, 3].map((n) => `R3.4.${n}`),
  ...[1, 2, 3, 4, 5].map((n) => `R3.5.${n}`),
  ...[1, 2, 3].map((n) => `R3.6.${n}`),
] // prettier-ignore

test('二十一种情形恰好各有结果可归，不多不少', () => {
  expect([...new Set(OUTCOME_NAMES.map((name) => outcomeRule(name).row))].toSorted()).toEqual(LEAF_ROWS.toSorted())
})

test('不予公开与部分公开自 2024 年起复议前置，其余可复议或诉讼', () => {
  for (const name of OUTCOME_NAMES) {
    const denied = name === 'PARTIAL' || name.startsWith('DENY_')
    expect(outcomeRemedy(name, '2024-01-01'), name).toBe(denied ? 'PRE_REVIEW' : 'EITHER')
    expect(outcomeRemedy(name, '2023-12-31'), name).toBe('EITHER')
  }
  expect(outcomeRemedy('ADMIN_QUERY', '2025-01-01', { adminQueryRemedy: 'PRE_REVIEW' })).toBe('PRE_REVIEW')
})

test('信息不存在须有检索记录；不属本机关负责则须有理由，机关能确定才写', () => {
  const keys = (given: Record<string, string>) => missingEvidence('UNABLE_NOT_HELD', given).map((e) => e.key)
  expect(keys({})).toEqual(['notHeld'])
  expect(keys({ notHeld: 'NOT_EXIST' })).toEqual(['searchedBy', 'searchedOn', 'searchScope', 'searchTerms', 'searchResult'])
  expect(keys({ notHeld: 'NOT_RESPONSIBLE' })).toEqual(['notResponsible'])
  expect(letterOf('UNABLE_NOT_HELD', { notHeld: 'NOT_RESPONSIBLE' })).toBe('L19')
  expect(letterOf('UNABLE_NOT_HELD', { notHeld: 'NOT_EXIST' })).toBe('L18')
})

test('只能择一的，所选须在其列；空白不算', () => {
  const given = { internal: 'STAFF', reason: '属于人事任免的内部讨论' }
  expect(missingEvidence('DENY_INTERNAL', given)).toEqual([])
  expect(missingEvidence('DENY_INTERNAL', { ...given, internal: 'SECRET' }).map((e) => e.key)).toEqual(['internal'])
  expect(missingEvidence('DENY_INTERNAL', { ...given, reason: '  ' }).map((e) => e.key)).toEqual(['reason'])
})
