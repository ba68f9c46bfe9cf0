import { expect, test } from 'vitest'
import { readOldPage } from './read-old-page.ts'

const none = { title: '', date: '', body: '', docNo: '' }

test('a page made to bring the reader down is refused, or read in no more than its own length', () => {
  const misnested = Array.from({ length: 20_000 }, (_, i) => `<b class="${i}"><p>`).join('')
  expect(() => readOldPage('<div>'.repeat(5000), none)).toThrow('太繁')
  expect(() => readOldPage(misnested, none)).toThrow('太繁')
  const article = readOldPage(`<h1>题</h1><div class="content"><p title="${'<img '.repeat(100_000)}">发布时间：2024-05-06，正文正文正文正文正文正文正文</p></div>`, none)
  expect(article).toMatchObject({ kind: 'article', title: '题', publishedOn: '2024-05-06' })
})

test('a page without body or closed paragraphs', () => {
  expect(readOldPage('<h1>题</h1><p>发布时间：2024-05-06<div id=zoom><p>第一段第一段第一段第一段<p>第二段第二段第二段第二段<table><tr><td>格<td>格</table></div>', none)).toMatchObject({ title: '题', publishedOn: '2024-05-06', html: expect.stringContaining('第二段') as unknown })
})
