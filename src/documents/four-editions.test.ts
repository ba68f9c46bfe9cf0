import { strFromU8, unzipSync } from 'fflate'
import * as cheerio from 'cheerio'
import { readXlsx } from 'hucre/xlsx'
import mammoth from 'mammoth'
import { expect, test, vi } from 'vitest'
import type { Document } from './document.ts'
import { documentTexts } from './document-texts.ts'
import { aReport, aReportTable } from './testing.ts'
import { toDocx } from './to-docx.ts'
import { toHtml, toHtmlFragment } from './to-html.tsx'
import { toXlsx } from './to-xlsx.ts'

const figures = { 'R1.N': 12, 'R1.T': 18, 'R3.3.4.N': 1, 'T2.fee.amountWan': 1.25, 'T4.rv.upheld': 2 }
const report = aReport(figures)
const squeeze = (text: string) => text.replace(/\s+/g, '')

test.each([
  ['HTML', async (d: Document) => Buffer.from(toHtml(d))],
  ['DOCX', toDocx],
  ['XLSX', toXlsx],
])('%s: the same record gives the same bytes', async (_, write) => {
  const linked = aReport(figures, { blocks: [...report.blocks, { kind: 'paragraph', spans: ['见', { text: '门户', href: 'https://example.gov.cn/a' }, { text: '信箱', href: 'mailto:a@example.gov.cn' }] }] })
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-03-01T08:00:00Z') })
  const first = await write(linked)
  vi.setSystemTime(new Date('2026-08-09T10:11:12Z'))
  const second = await write(linked)
  vi.useRealTimers()
  expect(second.equals(first)).toBe(true)
})

test('HTML holds every text, in order, and nothing that runs or is fetched', () => {
  const html = toHtml(report)
  const $ = cheerio.load(html)
  $('caption').remove()
  expect(squeeze($('main').text())).toBe(squeeze(documentTexts(report).join('')))
  expect($('html').attr('lang')).toBe('zh-CN')
  expect($('script, link, img, iframe, [onclick]').length).toBe(0)
  expect($('h1').length).toBe(1)
  expect($('h2').toArray().map((h) => $(h).text().slice(0, 2))).toEqual(['一、', '二、', '三、', '四、', '五、', '六、'])
})

test('HTML tables have captions, heads and scopes; their spans fill the grid', () => {
  const $ = cheerio.load(toHtml(report))
  expect($('caption').toArray().map((c) => $(c).text())).toEqual(['主动公开政府信息情况', '收到和处理政府信息公开申请情况', '政府信息公开行政复议、行政诉讼情况'])
  expect($('table').eq(1).find('thead tr').length).toBe(3)
  expect($('th').toArray().every((th) => ['col', 'row'].includes($(th).attr('scope') ?? ''))).toBe(true)
  expect($('th:contains("（三）不予公开")').attr('rowspan')).toBe('8')
  expect($('th:contains("本年制发件数")').attr('scope')).toBe('col')
})

test('text is text: markup is escaped, dangerous links are not links, unseen characters go', () => {
  const html = toHtmlFragment(
    aReport({}, { blocks: [{ kind: 'paragraph', spans: ['<script>a</script>', { text: '点', href: 'javascript:alert(1)' }, '申\u202e请\u0000书'] }] }),
  )
  expect(html).toContain('&lt;script&gt;a&lt;/script&gt;点申请书')
  expect(html).not.toContain('javascript')
})

test('a link into the desk stays on the page, and is left out of the file that leaves the house', () => {
  const table = { ...aReportTable('T4'), rows: aReportTable('T4').rows.map((row) => row.map((cell) => (cell.text === '0' ? { ...cell, href: '/desk/reviews' } : cell))) }
  const document = aReport({}, { blocks: [{ kind: 'table', table }] })
  expect(toHtmlFragment(document)).toContain('href="/desk/reviews"')
  expect(toHtml(document)).not.toContain('/desk')
})

test('DOCX, read back: every text, headings, heads of tables, spans', async () => {
  const bytes = await toDocx(report)
  const { value: html } = await mammoth.convertToHtml({ buffer: bytes })
  const $ = cheerio.load(html)
  expect(squeeze($.text())).toBe(squeeze(documentTexts(report).join('')))
  expect($('h1').toArray().map((h) => $(h).text())).toContain('三、收到和处理政府信息公开申请情况')
  expect($('table').eq(1).find('thead tr').length).toBe(3)
  expect($('table').eq(1).find('tr').length).toBe(28)
  expect($('[rowspan=22]').text()).toBe('三、本年度办理结果')
  expect($('table').eq(1).find('tr').eq(3).find('td').toArray().map((td) => $(td).text())).toEqual(['一、本年新收政府信息公开申请数量', '12', '0', '0', '0', '0', '0', '18'])
})

test('DOCX: fonts of the standard, page of GB/T 9704, page numbers odd and even, rows whole, date fixed', async () => {
  const parts = unzipSync(await toDocx(aReport(figures, { demo: true })))
  const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array())
  const body = part('word/document.xml')
  for (const font of ['仿宋_GB2312', '楷体_GB2312', '黑体', '方正小标宋简体', '宋体']) expect(body).toContain(`w:eastAsia="${font}"`)
  expect(body).toMatch(/w:pgMar[^>]*w:top="2098"/)
  expect(body.match(/<w:tr>|<w:tr /g)).toHaveLength(14 + 28 + 4)
  expect(body.match(/<w:cantSplit/g)).toHaveLength(14 + 28 + 4)
  expect(body.match(/<w:tblHeader/g)).toHaveLength(6)
  expect(body.match(/<w:tblCaption w:val="[^"]+"/g)).toHaveLength(3)
  expect(part('word/settings.xml')).toContain('w:evenAndOddHeaders')
  expect(part('docProps/core.xml')).toMatch(/<dcterms:created[^>]*>2025-01-09T00:00:00Z</)
  expect(part('docProps/core.xml')).toContain('2024年政府信息公开工作年度报告')
  expect(Object.keys(parts).filter((name) => /header/.test(name) && part(name).includes('演示')).length).toBeGreaterThan(0)
})

test('XLSX, read back: figures are numbers, everything else is text, spans are merged', async () => {
  const book = await readXlsx(await toXlsx(report))
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['正文', '主动公开政府信息情况', '收到和处理政府信息公开申请情况', '政府信息公开行政复议、行政诉讼情况'])
  const t3 = book.sheets[2]
  expect(t3?.rows[3]).toEqual(['一、本年新收政府信息公开申请数量', null, null, 12, 0, 0, 0, 0, 0, 18])
  expect(t3?.merges).toContainEqual({ startRow: 5, startCol: 0, endRow: 26, endCol: 0 })
  expect(book.sheets[1]?.rows.flat()).toContain(1.25)
  expect(book.sheets[0]?.rows.flat()).toContain('一、总体情况')
})

test('XLSX: what looks like a formula, a code or a date stays what was written', async () => {
  const tricks = ['=1+1', '+86', '@SUM(A1)', '-2+3', '007', '1e5', '2024-01-02', '１２']
  const table = { caption: '清单', widths: [1], headRows: 0, rows: tricks.map((text) => [{ text }]) }
  const bytes = await toXlsx(aReport({}, { blocks: [{ kind: 'table', table }] }))
  expect((await readXlsx(bytes)).sheets[1]?.rows.flat()).toEqual(tricks)
  expect(Object.entries(unzipSync(bytes)).some(([name, part]) => name.startsWith('xl/worksheets') && strFromU8(part).includes('<f>'))).toBe(false)
})

test('a table that does not fill its grid, or a date that is none, is refused by every edition', async () => {
  const broken = aReport({}, { blocks: [{ kind: 'table', table: { caption: '缺', widths: [1, 1], headRows: 0, rows: [[{ text: 'a' }]] } }] })
  expect(() => toHtml(broken)).toThrow('第 1 行缺格')
  await expect(toDocx(broken)).rejects.toThrow('第 1 行缺格')
  await expect(toXlsx(broken)).rejects.toThrow('第 1 行缺格')
  expect(() => toHtml(aReport({}, { datedOn: '2024-02-30' }))).toThrow('成文日不是日期')
})
