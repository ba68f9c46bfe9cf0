import fc from 'fast-check'
import { expect, test } from 'vitest'
import { depthOf } from './json-body.ts'

const trueDepth = (value: unknown): number => (typeof value !== 'object' || value === null ? 0 : 1 + Math.max(0, ...Object.values(value).map(trueDepth)))

test('the depth counted in the text is the depth of the value, whatever stands in its strings', () => {
  const hostile = fc.oneof(fc.string(), fc.constantFrom('[[[', '}"{', '\\"[', '"', '\\', '{"a":['))
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ maxDepth: 6 }, hostile, fc.integer(), fc.constant(null), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(hostile, tie('tree'), { maxKeys: 3 })),
  }))
  fc.assert(
    fc.property(tree, fc.boolean(), (value, pretty) => {
      expect(depthOf(JSON.stringify(value, null, pretty ? 2 : 0))).toBe(trueDepth(value))
    }),
    { numRuns: 300 },
  )
})
