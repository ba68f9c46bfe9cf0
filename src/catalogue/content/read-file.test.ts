import { strToU8, zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { toDocx, toPdf, toXlsx, closePdf } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { cleanHtml } from './clean-html.ts'
import { cleanBody, closeFileReader, examineFile, readWordBody } from './read-file.ts'
import { cleanName } from './sniff-file.ts'

afterAll(() => Promise.all([closeFileReader(), closePdf()]))

const document: Document = {
  title: '部门预算公开', creator: '示例', datedOn: '2024-02-01', demo: false,
  blocks: [
    { kind: 'heading', level: 1, text: '一、部门概况' },
    { kind: 'paragraph', spans: ['主要职能为城市运行监测。'] },
    { kind: 'table', table: { caption: '支出', widths: [2, 1], headRows: 1, rows: [[{ text: '科目' }, { text: '万元' }], [{ text: '一般公共服务' }, { text: '1200' }]] } },
  ],
}
const aWordFile = (body: string, styles = ''): Uint8Array => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
  return zipSync({
    '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
    '_rels/.rels': strToU8('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
    'word/document.xml': strToU8(`<w:document ${W}><w:body>${body}</w:body></w:document>`),
    'word/styles.xml': strToU8(`<w:styles ${W}>${styles}</w:styles>`),
  })
}
const GB = Buffer.from([0xd6, 0xd0, 0xc4, 0xcf, 0xc2, 0xb7]) // 中南路
const ofd = (pages: readonly string[]): Uint8Array =>
  zipSync({ 'OFD.xml': strToU8('<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'), ...Object.fromEntries(pages.map((page, i) => [`Doc_0/Pages/Page_${i}/Content.xml`, strToU8(page)])) })
const object = (top: number, ...words: string[]) => `<ofd:TextObject ID="1" Boundary="10 ${top} 100 5">${words.map((word) => `<ofd:TextCode X="0" Y="4" DeltaX="3">${word}</ofd:TextCode>`).join('')}</ofd:TextObject>`

describe('text is read from', () => {
  test('DOCX, PDF, XLSX', async () => {
    const pdf = await toPdf(document)
    for (const [bytes, name, type] of [[await toDocx(document), '预算.docx', 'docx'], [pdf, '预算.pdf', 'pdf'], [await toXlsx(document), '预算.xlsx', 'xlsx']] as const) {
      const examined = await examineFile(bytes, name)
      expect(examined).toMatchObject({ ok: true, type, text: { state: 'read', note: null } })
      const text = examined.ok ? examined.text.text : ''
      for (const words of ['一、部门概况', '主要职能为城市运行监测。', '一般公共服务', '1200']) expect(text, type).toContain(words)
    }
  })

  test('OFD: the text codes of its pages, line by line', async () => {
    const file = ofd([`<ofd:Page>${object(20, '武昌区', '信息公开')}${object(20.4, '指南')}${object(30, '第&#x4e00;条 &lt;总则&gt;')}</ofd:Page>`, `<ofd:Page>${object(20, '第二页')}</ofd:Page>`])
    expect(await examineFile(file, '指南.ofd')).toEqual({ ok: true, type: 'ofd', text: { state: 'read', text: '武昌区信息公开指南\n第一条 <总则>\n第二页', note: null } })
    expect(await examineFile(ofd(['<ofd:Page/>']), '扫描.ofd')).toMatchObject({ ok: true, text: { state: 'no-text', note: expect.stringContaining('扫描件') } })
  })

  test('DOCX: text boxes, headers and footers too, once each, and not what a revision deleted', async () => {
    const paragraph = (words: string) => `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`
    const box = `<w:txbxContent>${paragraph('框里：张三 13800001234')}</w:txbxContent>`
    const file = zipSync({
      '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
      '_rels/.rels': strToU8('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
      'word/document.xml': strToU8(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${paragraph('正文')}<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:del><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p></w:body></w:document>`),
      'word/footer1.xml': strToU8(`<w:ftr xmlns:w="w">${paragraph('内部资料 &amp; 不得外传')}</w:ftr>`),
    })
    const examined = await examineFile(file, '框.docx')
    const lines = examined.ok ? examined.text.text.split('\n') : []
    for (const line of ['正文', '框里：张三 13800001234', '内部资料 & 不得外传']) expect(lines.filter((each) => each === line), line).toHaveLength(1)
    expect(lines.join()).not.toContain('删去的')
  })

  test('slides, web pages, GB18030 and UTF-8 text', async () => {
    const slides = zipSync({ 'ppt/presentation.xml': strToU8('<p/>'), 'ppt/slides/slide2.xml': strToU8('<a:p><a:t>第二</a:t></a:p>'), 'ppt/slides/slide1.xml': strToU8('<a:p><a:r><a:t>第</a:t></a:r><a:r><a:t>一</a:t></a:r></a:p>') })
    expect(await examineFile(slides, '解读.pptx')).toMatchObject({ ok: true, type: 'pptx', text: { text: '第一\n第二' } })
    expect(await examineFile(Buffer.from('<html><body><script>x</script><p>甲</p><p style="display:none">藏着的</p><table><tr><td>1</td><td>2</td></tr></table>'), '页.html')).toMatchObject({ ok: true, type: 'html', text: { text: '甲\n藏着的\n1\t2' } })
    expect(await examineFile(GB, '地址.txt')).toMatchObject({ ok: true, type: 'txt', text: { text: '中南路' } })
    expect(await examineFile(Buffer.from('\ufeff事项,数\n许可,3'), '表.csv')).toMatchObject({ ok: true, type: 'csv', text: { text: '事项,数\n许可,3' } })
  })
})

describe('what cannot be looked into is not taken, with words that say what to do', () => {
  test.each([
    ['空文件', Buffer.alloc(0), 'x.txt', '空的'],
    ['旧版 Word', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'x.doc', '另存为 DOCX'],
    ['可执行文件', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), '通知.pdf', '认不出'],
    ['压缩包', Buffer.from(zipSync({ '密.txt': strToU8('甲') })), 'x.zip', '解开'],
    ['外部实体', Buffer.from(zipSync({ 'OFD.xml': strToU8('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>') })), 'x.ofd', '实体'],
    ['膨胀的压缩包', Buffer.from(zipSync({ 'OFD.xml': new Uint8Array(60 * 1024 * 1024) })), 'x.ofd', '膨胀'],
  ])('%s', async (_, bytes, name, words) => {
    expect(await examineFile(bytes, name)).toEqual({ ok: false, message: expect.stringContaining(words) })
  })

  test('a damaged PDF is known as unreadable', async () => {
    expect(await examineFile(Buffer.from('%PDF-1.7\nbroken'), '坏.pdf')).toMatchObject({ ok: true, type: 'pdf', text: { state: 'unreadable', note: expect.stringContaining('损坏') } })
  })
})

test('a Word file becomes body text', async () => {
  const read = await readWordBody(await toDocx(document), '预算.docx')
  const cleaned = cleanHtml(read.ok ? read.html : '')
  expect(cleaned).toMatchObject({ ok: true, notes: [] })
  expect(cleaned.ok ? cleaned.html : '').toContain('<p>主要职能为城市运行监测。</p>')
  expect(cleaned.ok ? cleaned.html : '').toContain('<td>一般公共服务</td>')
  expect(await readWordBody(Buffer.from('%PDF-1.4'), 'x.docx')).toMatchObject({ ok: false, message: expect.stringContaining('DOCX') })
})

test('hidden text of a Word file is left out and told, however it is hidden; comments and revisions are told', async () => {
  const run = (words: string, style = '') => `<w:r>${style === '' ? '' : `<w:rPr>${style}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`
  const file = aWordFile(
    `<w:p>${run('看得见。')}${run('直接藏的', '<w:vanish/>')}${run('样式藏的', '<w:rStyle w:val="Inner"/>')}${run('又露出的。', '<w:rStyle w:val="Inner"/><w:vanish w:val="0"/>')}</w:p>
     <w:p><w:pPr><w:pStyle w:val="HiddenP"/></w:pPr>${run('整段藏的')}</w:p><w:p><w:ins w:id="1" w:author="a">${run('添的。')}</w:ins><w:r><w:commentReference w:id="0"/></w:r></w:p>`,
    `<w:style w:type="character" w:styleId="Inner"><w:basedOn w:val="Base"/></w:style><w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="HiddenP"><w:rPr><w:vanish/></w:rPr></w:style>`,
  )
  const read = await readWordBody(file, '藏.docx')
  expect(read.ok ? read.notes : []).toEqual(['去掉了 3 处看不见的文字', expect.stringContaining('修订'), expect.stringContaining('批注')])
  const text = read.ok ? read.html : ''
  for (const words of ['看得见。', '又露出的。', '添的。']) expect(text).toContain(words)
  expect(text).not.toMatch(/藏的/)
  // 附件的文字供审查，藏着的也读
  expect(await examineFile(file, '藏.docx')).toMatchObject({ ok: true, text: { text: expect.stringContaining('直接藏的') } })
})

test.each([
  ['..\\..\\预算 公开?.PDF', 'pdf', '预算 公开.pdf'],
  ['表.doc', 'docx', '表.docx'],
  ['\u202efdp.exe', 'pdf', 'fdp.pdf'],
  ['.htaccess', 'txt', '附件.txt'],
  ['', 'png', '附件.png'],
] as const)('file name %j', (given, type, name) => {
  expect(cleanName(given, type)).toBe(name)
})

test('a long paste is cleaned in the child, with the same result, its pictures too', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000, 7)])
  const html = `<p class="MsoNormal">甲<o:p></o:p></p><img alt="示意图" src="data:image/png;base64,${png.toString('base64')}">`
  const cleaned = await cleanBody(html)
  expect(cleaned).toEqual(cleanHtml(html))
  expect(cleaned.ok && cleaned.pictures[0]?.bytes.equals(png)).toBe(true)
  expect(await cleanBody('<p>'.repeat(70_000))).toMatchObject({ ok: false, message: expect.stringContaining('附件') })
})
