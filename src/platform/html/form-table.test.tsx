import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { root } from '../paths.ts'
import { COLUMN_STYLE, FormTable } from './index.ts'

test('格中的字原样显示，写什么都成不了标记', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '/', 'a', '件') }), (text) => {
      const written = renderToStaticMarkup(<FormTable caption="表" headRows={0} rows={[[{ text }]]} />)
      const inside = /<td>(.*)<\/td>/.exec(written)?.[1]
      // React 自己写这段文字的样子
      expect(inside).toBe(renderToStaticMarkup(<td>{text}</td>).slice(4, -5))
    }),
  )
})

test('属性里的引号也出不去；链接只通往站内', () => {
  const of = (href: string) => renderToStaticMarkup(<FormTable caption="表" headRows={0} rows={[[{ text: '1', href }]]} />)
  expect(of('/a"onclick="x')).toContain('<a href="/a&quot;onclick=&quot;x">1</a>')
  expect(of('#finding-1')).toContain('<a href="#finding-1">')
  for (const away of ['javascript:alert(1)', '//evil.example', 'https://evil.example']) expect(of(away)).toContain('<td>1</td>')
})

test('表头、跨行跨列、标记', () => {
  const written = renderToStaticMarkup(
    <FormTable
      caption="甲 & 乙"
      headRows={1}
      widths={[1, 3]}
      rows={[
        [{ text: '项目', head: true, colspan: 2 }],
        [{ text: '一', head: true, align: 'left' }, { text: '2', align: 'center', mark: 'bad', id: 'R1.N' }],
      ]}
    />,
  )
  expect(written).toContain('<caption class="vh">甲 &amp; 乙</caption><colgroup><col class="w25"/><col class="w75"/></colgroup>')
  expect(written).toContain('<thead><tr><th scope="col" colspan="2">项目</th></tr></thead>')
  expect(written).toContain('<tbody><tr><th class="left" scope="row">一</th><td class="center bad" id="R1.N">2<span class="vh">（有误）</span></td></tr></tbody>')
})

test('the stylesheet has the width of every column', () => {
  expect(readFileSync(join(root, 'src/platform/html/style.css'), 'utf8')).toContain(COLUMN_STYLE)
})
