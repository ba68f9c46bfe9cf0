import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageBody, textOf } from './body-html.ts'

const bodyOf = (html: string): string => pageBody({ itemId: 'x', html, pictures: [], sizes: new Map() })

test('numeric dates in table cells do not break; elsewhere and other numbers as they were', () => {
  const html = bodyOf('<p>2025-12</p><table><tr><th>2024/1</th><td>自2025-12-31起 &lt;b&gt; 至<strong>2026.1.5</strong>止</td><td>2025-123</td></tr></table>')
  expect(html).toContain('<p>2025-12</p>')
  expect(html).toContain('<th><span class="whole">2024/1</span></th>')
  expect(html).toContain('<td>自<span class="whole">2025-12-31</span>起 &lt;b&gt; 至<strong><span class="whole">2026.1.5</span></strong>止</td>')
  expect(html).toContain('<td>2025-123</td>')
})

test('whatever a cell says, it says the same on the page', () => {
  const piece = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('2025-12', '2025-12-31', '2024/1/2', '<', '&', '1999.10'))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const said = pieces.join('').replaceAll(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'))
      const html = `<table><tr><td>${said}</td></tr></table>`
      expect(textOf(bodyOf(html), 10_000)).toBe(textOf(html, 10_000))
    }),
  )
})
