import { expect, test } from 'vitest'
import { articleOf, isPublicationCode, PUBLICATION_CODES, readPublicationCodes, readSummaryKind, summaryKindOf } from './publication-codes.ts'
import type { PublicationCode } from './publication-codes.ts'

test.each([
  ['A20_05', ['A20_05']],
  ['第二十条第（七）项', ['A20_07']],
  ['二十条（十五）', ['A20_15']],
  ['20条2项', ['A20_02']],
  ['第二十条第（五）、（六）项', ['A20_05', 'A20_06']],
  ['第二十一条公共服务', ['A21_02']],
  ['第二十条第（一）项；第二十一条（社会救助）', ['A20_01', 'A21_07']],
  ['财政预算、决算信息', ['A20_07']],
  ['第二十条第（十六）项', null],
  ['随便', null],
  ['', []],
])('%s is %j', (text, codes) => {
  expect(readPublicationCodes(text)).toEqual(codes)
})

test('the words of every article are read back', () => {
  const codes = Object.keys(PUBLICATION_CODES).filter(isPublicationCode)
  expect(codes).toHaveLength(22)
  for (const code of codes) expect(readPublicationCodes(articleOf(code))).toEqual([code])
})

test('the summary kind follows the first code unless the ledger states one', () => {
  const codes: PublicationCode[] = ['A20_02', 'A20_05']
  expect(summaryKindOf(codes, null)).toBe('overview')
  expect(summaryKindOf(codes, 'service')).toBe('service')
  expect(readSummaryKind('其他')).toBe('service')
  expect(readSummaryKind('概况信息')).toBe('overview')
  expect(readSummaryKind('没有这类')).toBe(null)
})
