import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_OFFSET, parseListQuery, toListSearch } from './list-query.ts'
import { pageWindow } from './table.tsx'

const SPEC = {
  sorts: ['dueOn', 'number'],
  defaultSort: '-dueOn',
  filters: { state: ['open', 'late'], from: 'date', year: 'year', unit: 'text' },
  size: 20,
} as const

test('认得的条件照收，认不得的当作没写', () => {
  const query = parseListQuery('http://x/desk/list?q=+合同+&sort=number&state=late&from=2025-02-30&year=2024&unit=&evil=1&page=3', SPEC)
  expect(query).toMatchObject({ q: '合同', sort: 'number', descending: false, page: 3, offset: 40 })
  expect(query.filters).toEqual({ state: 'late', year: '2024', from: '2025-02-30' })
  expect(parseListQuery('/x?sort=password&state=any&from=x&page=-1', SPEC)).toMatchObject({
    sort: 'dueOn', descending: true, filters: {}, page: 1,
  })
})

test('什么样的地址都有界：页数、字数、游标', () => {
  const text = fc.string({ maxLength: 400, unit: 'binary' })
  fc.assert(
    fc.property(text, text, text, text, (q, sort, page, after) => {
      const search = new URLSearchParams({ q, sort, page, after, state: q }).toString()
      const query = parseListQuery(`/x?${search}`, SPEC)
      expect(query.q.length).toBeLessThanOrEqual(100)
      expect(query.q).not.toMatch(/\p{Cc}/u)
      expect(query.offset).toBeGreaterThanOrEqual(0)
      expect(query.offset + query.size).toBeLessThanOrEqual(MAX_OFFSET)
      expect(SPEC.sorts).toContain(query.sort)
      expect(query.after ?? '').toMatch(/^[\w.~:-]{0,300}$/)
    }),
  )
})

test('由条件写成的地址，读回来是同样的条件', () => {
  const filters = fc.record({ state: fc.constantFrom('open', 'late'), year: fc.constantFrom('2024', '1999') }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.stringMatching(/^[合同a-z&=%]{0,20}$/), filters, fc.integer({ min: 1, max: 500 }), (q, chosen, page) => {
      const query = parseListQuery(`/x?${new URLSearchParams({ q, ...chosen }).toString()}`, SPEC)
      const again = parseListQuery(`/x${toListSearch(query, { page })}`, SPEC)
      expect(again).toEqual({ ...query, page, offset: (page - 1) * 20 })
    }),
  )
})

test('页码只列首末与左右两页', () => {
  expect(pageWindow(1, 1)).toEqual([1])
  expect(pageWindow(1, 50)).toEqual([1, 2, 3, 50])
  expect(pageWindow(25, 50)).toEqual([1, 23, 24, 25, 26, 27, 50])
})
