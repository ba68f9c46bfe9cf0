import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodyText, cleanHtml, countWithoutAlt, picturesIn, renderBody, textToHtml } from './clean-html.ts'

const clean = (html: string): string => {
  const result = cleanHtml(html)
  if (!result.ok) throw new Error(result.message)
  return result.html
}
const notes = (html: string): readonly string[] => {
  const result = cleanHtml(html)
  return result.ok ? result.notes : [result.message]
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const KEY = createHash('sha256').update(PNG).digest('hex')

describe('pasted from Word', () => {
  const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>文档</title><style>p.MsoNormal{margin:0}</style><xml><w:WordDocument/></xml></head><body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center'><b><span lang=EN-US style='font-size:22.0pt;font-family:方正小标宋'>2024</span></b><b><span style='font-size:22.0pt'>年工作方案</span></b><o:p></o:p></p>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>　　为贯彻落实
政务公开要求，<span lang=EN-US><span style='mso-spacerun:yes'>&nbsp;</span></span>制定本方案。<o:p></o:p></span></p>
<p class=MsoListParagraph style='margin-left:21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>公开目录</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>年度更新</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.</span><![endif]>公开指南</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>（一）</span><![endif]>加强领导</p>
<table class=MsoTableGrid border=1><thead><tr><td colspan=2 style='border:solid'><p align=center style='text-align:center'><b>事项</b></p></td></tr></thead><tr><td rowspan=2><p class=MsoNormal>一类</p></td><td><p>甲</p><p>乙</p></td></tr><tr><td>丙</td></tr></table>
<!--[if gte vml 1]><v:shape/><![endif]--><img width=1 src="file:///C:/Temp/clip_image001.png" alt=图片1><!--EndFragment--></body></html>`

  test('keeps what was written, and nothing of how Word wrote it', () => {
    expect(clean(WORD).split('\n')).toEqual([
      '<p data-align="center"><strong>2024年工作方案</strong></p>',
      '<p>为贯彻落实政务公开要求， 制定本方案。</p>',
      '<ol><li>公开目录<ul><li>年度更新</li></ul></li><li>公开指南</li></ol>',
      '<p>（一）加强领导</p>',
      '<table><thead><tr><th scope="col" colspan="2" data-align="center"><strong>事项</strong></th></tr></thead><tbody><tr><td rowspan="2">一类</td><td>甲<br>乙</td></tr><tr><td>丙</td></tr></tbody></table>',
    ])
    expect(notes(WORD)).toEqual([expect.stringContaining('1 张图片没有随文字一起来')])
  })

  test('struck revisions and unseen text do not come along, and the officer is told', () => {
    expect(clean('<p>甲<del>旧</del><ins>新</ins><span style="display:none">密</span></p>')).toBe('<p>甲新</p>')
    expect(notes('<p>甲<del>旧</del><span style="mso-hide:all">密</span></p>')).toEqual(['去掉了 1 处看不见的文字', '去掉了 1 处修订时已删除的文字'])
  })
})

describe('pasted from the web', () => {
  test.each([
    ['first-level headings move down one', '<h1>甲</h1><h2>乙</h2><h6>丙</h6>', '<h2>甲</h2>\n<h3>乙</h3>\n<h4>丙</h4>'],
    ['loose text and blank lines become paragraphs', '甲<br><br>乙<br>　　丙<br>丁', '<p>甲</p>\n<p>乙</p>\n<p>丙<br>丁</p>'],
    ['divs unwrap', '<div><div>甲</div><section>乙<p>丙</p></section></div>', '<p>甲</p>\n<p>乙</p>\n<p>丙</p>'],
    ['fonts and spans go, meaning stays', '<p><font color=red>甲</font><span style="font-weight:700">乙</span><span style="text-decoration:underline">丙</span><b style="font-weight:normal">丁</b></p>', '<p>甲<strong>乙</strong><u>丙</u>丁</p>'],
    ['a list inside a list', '<ul><li>甲</li><ul><li>乙</li></ul><li>丙<ol start=3><li>丁</ol></li></ul>', '<ul><li>甲<ul><li>乙</li></ul></li><li>丙<ol start="3"><li>丁</li></ol></li></ul>'],
    ['text astray in a table is not lost', '<table><tr>甲<table><tr><td>乙</td><td>丙</td></tr></table></tr></table>', '<p>甲</p>\n<table><tbody><tr><td>乙</td><td>丙</td></tr></tbody></table>'],
    ['rows that only others fill shrink what fills them', '<table><tr><td rowspan=3>甲</td><td>乙</td></tr><tr></tr><tr><td>丙</td></tr></table>', '<table><tbody><tr><td rowspan="2">甲</td><td>乙</td></tr><tr><td>丙</td></tr></tbody></table>'],
    ['a table of one cell is only layout', '<table><tr><td><p>甲</p><p>乙</p></td></tr></table>', '<p>甲</p>\n<p>乙</p>'],
    ['links go to the web, mail, telephone and this site', '<p><a href="https://www.wuhan.gov.cn/a?b=1&amp;c=2" onclick="x()">甲</a><a href="javascript:alert(1)">乙</a><a href="/items/1">丙</a><a href="//evil.cn">丁</a></p>', '<p><a href="https://www.wuhan.gov.cn/a?b=1&amp;c=2">甲</a>乙<a href="/items/1">丙</a>丁</p>'],
    ['scripts, styles, comments, handlers are gone', '<p onclick=x>甲<!--密--><script>alert(1)</script><style>p{}</style><svg><script>1</script></svg><iframe src=x>乙</iframe></p>', '<p>甲</p>'],
    ['a heading row stays a heading row', '<table><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr></table>', '<table><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>'],
    ['nothing left is the empty string', '<p>&nbsp;</p><p><br></p>', ''],
  ])('%s', (_, html, expected) => {
    expect(clean(html)).toBe(expected)
  })

  test('a picture comes along by its content, with its words', () => {
    const html = `<p>图示<img src="data:image/png;base64,${PNG.toString('base64')}" alt="交通组织示意图">如下</p>`
    const result = cleanHtml(html)
    expect(result).toMatchObject({ ok: true, html: `<p>图示</p>\n<figure><img src="file:${KEY}" alt="交通组织示意图"></figure>\n<p>如下</p>`, pictures: [{ key: KEY, mediaType: 'image/png' }], notes: [] })
    expect(picturesIn(clean(html))).toEqual([{ key: KEY, alt: '交通组织示意图' }])
  })

  test('a picture without words is counted; what is no picture is not taken', () => {
    expect(countWithoutAlt(clean(`<img src="data:image/png;base64,${PNG.toString('base64')}" alt="IMG_2561.png">`))).toBe(1)
    expect(clean(`<p>甲</p><img src="data:image/svg+xml;base64,${Buffer.from('<svg onload=x>').toString('base64')}">`)).toBe('<p>甲</p>')
  })

  test('shown again, a picture has its address, and is left out when it has none', () => {
    const stored = `<figure><img src="file:${KEY}" alt="甲"></figure>`
    expect(renderBody(stored, (key) => `/item-files/x/${key}/a.png`)).toBe(`<figure><img src="/item-files/x/${KEY}/a.png" alt="甲"></figure>`)
    expect(renderBody(stored, () => null)).toBe('<figure></figure>')
    // 在编辑框里改过再交回来，又成为键
    expect(clean(renderBody(stored, (key) => `/desk/items/0199c0de-0000-7000-8000-000000000001/files/${key}`))).toBe(stored)
  })
})

test('too much is refused in words, not cut off', () => {
  expect(cleanHtml('<p>'.repeat(70_000))).toMatchObject({ ok: false, message: expect.stringContaining('附件') })
  expect(cleanHtml(`<p>${'字'.repeat(1_000_100)}</p>`)).toMatchObject({ ok: false, message: expect.stringContaining('100 万字') })
  expect(clean(`${'<div>'.repeat(5000)}甲${'</div>'.repeat(5000)}`)).toBe('<p>甲</p>')
})

test('plain text from the box without script', () => {
  expect(textToHtml('第一段\r\n\n  第二段 < 10\n')).toBe('<p>第一段</p>\n<p>第二段 &lt; 10</p>')
  expect(bodyText('<h2>标题</h2>\n<table><tbody><tr><td>甲</td><td>乙<br>丙</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>')).toBe('标题\n甲\t乙 丙\n1\t2')
})

/** 随意嵌套的网页：合法与不合法的标签、属性、文字混在一起。 */
const tag = fc.constantFrom('p', 'div', 'span', 'b', 'i', 'u', 'sub', 'sup', 's', 'a href="https://a.cn"', 'a href="javascript:1"', 'h1', 'h2', 'h5', 'ul', 'ol', 'ol start="4"', 'li', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'td colspan="2" rowspan="3"', 'th rowspan="2"', 'blockquote', 'figure', 'figcaption', 'caption', 'pre', 'center', 'font color="red"', 'p align="right"', 'p style="text-align:center"', 'p style="mso-list:l0 level1 lfo1"', 'p style="mso-list:l0 level2 lfo1"', 'span style="mso-list:Ignore"', 'del', 'ins', 'script', 'style', 'o:p', 'span style="display:none"')
const leaf = fc.oneof(
  fc.constantFrom('甲', '乙丙', ' ', '\n', '　', '　　', '&nbsp;', '&nbsp;&nbsp;&nbsp;&nbsp;', 'a b', '1.', '·', '（一）', '&lt;b&gt;', '&amp;amp;', '"', '\u200b', '\ud800', '<br>', '<br><br>', '<hr>', '<!--x-->', '<![if !x]>', `<img src="file:${KEY}" alt="甲 &quot;乙">`, '<img src=x onerror=y>'),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
)
const { html: anyHtml } = fc.letrec<{ html: string }>((tie) => ({
  html: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, fc.tuple(tag, fc.array(tie('html'), { maxLength: 4 }), fc.boolean()).map(([name, inside, closed]) => `<${name}>${inside.join('')}${closed ? `</${name.split(' ')[0]}>` : ''}`), fc.array(tie('html'), { maxLength: 4 }).map((parts) => parts.join(''))),
}))

test('cleaning what is clean changes nothing; only what the house writes comes out', () => {
  const allowed = /<(?!\/?(?:h[2-4]|p|strong|em|u|s|sub|sup|ul|ol|li|table|caption|thead|tbody|tr|th|td|blockquote|hr|br|a|img|figure|figcaption)(?: (?:data-align="(?:center|right)"|start="\d+"|scope="(?:col|row)"|colspan="\d+"|rowspan="\d+"|href="[^"<>]*"|src="file:[0-9a-f]{64}"|alt="[^"<>]*"))*>)/
  fc.assert(
    fc.property(fc.array(anyHtml, { maxLength: 6 }), (parts) => {
      const once = clean(parts.join(''))
      expect(once).not.toMatch(allowed)
      expect(clean(once)).toBe(once)
      expect(notes(once)).toEqual([])
    }),
    { numRuns: 800 },
  )
})
