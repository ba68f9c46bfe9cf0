import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('keys in order, no blanks, absent values left out', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '年' }], a: undefined, A: -0 })).toBe('{"A":0,"b":[1,{"c":"年","d":null}]}')
})

test('the same value gives the same text in whatever order it was built, and reads back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      const reversed: unknown = JSON.parse(JSON.stringify(value), (_, v: unknown) =>
        v !== null && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).toReversed()) : v,
      )
      expect(canonicalJson(reversed)).toBe(text)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }),
  )
})

test.each([new Date(), Number.NaN, Infinity, () => 1, new Map(), 1n, Symbol('x'), [undefined]])('%s is refused', (value) => {
  expect(() => canonicalJson({ value })).toThrow(TypeError)
})
