import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentTexts, toHtml } from '../../documents/index.ts'
import type { Table } from '../content/body-blocks.ts'
import { readBody } from '../content/clean-html.ts'
import { toItemDocument } from './to-item-document.ts'
import type { ItemText } from './to-item-document.ts'

const KEY = 'a'.repeat(64)
const write = (html: string, more: Partial<ItemText> = {}) =>
  toItemDocument({ title: '题名', body: readBody(html), creator: '示例机关', formedOn: '2026-01-05', attachments: [], source: '出处', demo: false, pictures: new Map(), ...more })

test('each kind of block has its place in the document', () => {
  const document = write(
    `<h2>一、总则</h2><p>甲<strong>乙</strong><br>丙</p><ul><li>子<ul><li>丑</li></ul></li></ul><ol start="3"><li>寅</li></ol><blockquote><p>卯</p></blockquote><hr><p data-align="right">辰</p><figure><img src="file:${KEY}" alt="示意图"><figcaption>图一</figcaption></figure>`,
    { attachments: ['表'] },
  )
  expect(documentTexts(document)).toEqual(['题名', '一、总则', '甲乙', '丙', '·子', '·丑', '3.寅', '卯', '辰', '（图：示意图，请看网页）', '图一', '表', '（出处）'])
  expect(document.blocks).toContainEqual({ kind: 'paragraph', spans: ['甲', { text: '乙', strong: true }] })
  expect(document.blocks).toContainEqual({ kind: 'paragraph', spans: ['辰'], align: 'right' })
})

test('a picture the document can hold is in it', () => {
  const picture = { bytes: Buffer.from('x'), format: 'png', width: 10, height: 5 } as const
  expect(write(`<p>前<img src="file:${KEY}" alt="图">后</p>`, { pictures: new Map([[KEY, picture]]) }).blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'picture', 'paragraph', 'note'])
})

const cell = fc.record({ header: fc.boolean(), colspan: fc.integer({ min: 1, max: 70 }), rowspan: fc.integer({ min: 1, max: 6 }), align: fc.constantFrom('left' as const, 'center' as const), content: fc.constant([]) })
const table = fc.record({ kind: fc.constant('table' as const), caption: fc.constant([]), headRows: fc.integer({ min: 0, max: 2 }), rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }) })

test('whatever its spans, a table becomes a whole grid', () => {
  fc.assert(
    fc.property(table, (given: Table) => {
      const document = toItemDocument({ title: '表', body: [given], creator: '示例', formedOn: '2026-01-05', attachments: [], source: '出处', demo: false, pictures: new Map() })
      expect(() => toHtml(document)).not.toThrow()
    }),
  )
})
