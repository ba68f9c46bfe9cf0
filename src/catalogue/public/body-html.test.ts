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

test('a picture leads to its full size, a small one or one already a link does not', () => {
  const [big, small] = ['a'.repeat(64), 'b'.repeat(64)]
  const pictures = [{ key: big, name: '一图读懂.png', mediaType: 'image/png', bytes: 9 }, { key: small, name: '标.png', mediaType: 'image/png', bytes: 9 }]
  const sizes = new Map([[big, { width: 1600, height: 900 }], [small, { width: 40, height: 40 }]])
  const html = pageBody({ itemId: 'x', pictures, sizes, html: `<figure><img src="file:${big}" alt="一图读懂"></figure><p><img src="file:${small}"></p><p><a href="/a"><img src="file:${big}" alt="甲"></a></p>` })
  const address = `/item-files/x/${big}/${encodeURIComponent('一图读懂.png')}`
  expect(html).toContain(`<figure><a href="${address}" aria-label="看原图：一图读懂"><img src="${address}"`)
  expect(html.match(/<a /g)).toHaveLength(2)
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
