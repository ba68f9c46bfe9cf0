import { strFromU8, unzipSync } from 'fflate'
import * as cheerio from 'cheerio'
import mammoth from 'mammoth'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, expect, test } from 'vitest'
import type { Document } from './document.ts'
import { letterheadSize } from './document.ts'
import { documentTexts } from './document-texts.ts'
import { chooseFaces } from './faces.ts'
import { toDocx } from './to-docx.ts'
import { toHtml } from './to-html.tsx'
import { closePdf, toPdf } from './to-pdf.ts'

const faces = chooseFaces(undefined, [])
afterAll(closePdf)

const aLetter = (paragraphs: number, changes: Partial<Document> = {}): Document => ({
  issuer: '武昌区城市运行管理中心',
  letterhead: { number: '武城运公开答〔2025〕7号' },
  title: '政府信息予以公开答复书',
  creator: '武昌区城市运行管理中心',
  datedOn: '2025-03-28',
  demo: false,
  blocks: [
    { kind: 'paragraph', spans: ['胡某某：'], indent: false },
    ...Array.from({ length: paragraphs }, (_, i) => ({ kind: 'paragraph' as const, spans: [`正文${i}。`] })),
    { kind: 'attachments', names: ['甲合同', '乙合同'] },
    { kind: 'signature', name: '武昌区城市运行管理中心', on: '2025-03-28' },
    { kind: 'note', text: '联系人：某机构，电话：027-00000000' },
  ],
  ...changes,
})

const squeeze = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')
interface Line {
  text: string
  x: number
  y: number
}
async function pagesOf(document: Document): Promise<Line[][]> {
  const pdf = await getDocument({ data: new Uint8Array(await toPdf(document, faces)), verbosity: 0 }).promise
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, i) => {
      const { items } = await (await pdf.getPage(i + 1)).getTextContent()
      return items.flatMap((item) => ('str' in item && item.str.trim() ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]) }] : []))
    }),
  )
}
const textOf = (lines: readonly Line[] = []) => squeeze(lines.map((line) => line.text).join(''))

test('PDF: head, number, title, then the text; no page number on the first page', async () => {
  const [first = [], second = []] = await pagesOf(aLetter(20))
  expect(textOf(first)).toMatch(/^武昌区城市运行管理中心武城运公开答〔2025〕7号政府信息予以公开答复书胡某某:正文0。/)
  expect(textOf(first)).not.toContain('—1—')
  expect(textOf(second)).toContain('—2—')
  const number = first.filter((line) => line.y === first[1]?.y)
  expect(Math.min(...number.map((line) => line.x))).toBeGreaterThan(300)
})

test('PDF: attachments and signature never stand without text, nor the note without the signature', async () => {
  for (const paragraphs of [5, 6, 7, 8, 9, 10, 11, 12]) {
    const pages = await pagesOf(aLetter(paragraphs))
    expect(textOf(pages.at(-1)), `${paragraphs} 段`).toMatch(/正文\d+。附件:1\.甲合同2\.乙合同武昌区城市运行管理中心2025年3月28日\(联系人:某机构,电话:027-00000000\)/)
  }
})

test('a long name is set small enough for one line', () => {
  expect(letterheadSize('武昌区城市运行管理中心')).toBe(36)
  expect(letterheadSize('武'.repeat(28)) * 28).toBeLessThanOrEqual(482)
})

test('DOCX: a first page of its own with the red lines, then pages numbered; every text once', async () => {
  const document = aLetter(3)
  const bytes = await toDocx(document)
  const parts = unzipSync(bytes)
  const all = Object.keys(parts).filter((name) => /(header|footer)\d*\.xml$/.test(name)).map((name) => strFromU8(parts[name] ?? new Uint8Array()))
  const head = all.find((xml) => xml.includes('武昌区城市运行管理中心')) ?? ''
  expect(head).toContain('w:val="thickThinSmallGap"')
  expect(head).toContain('w:color w:val="C00000"')
  expect(all.some((xml) => xml.includes('thinThickSmallGap'))).toBe(true)
  expect(strFromU8(parts['word/document.xml'] ?? new Uint8Array())).toContain('<w:titlePg')
  const { value } = await mammoth.convertToHtml({ buffer: bytes })
  const inBody = documentTexts(document).slice(1) // 机关名在页眉
  expect(squeeze(cheerio.load(value).text())).toBe(squeeze(inBody.join('').replace('甲合同', '附件：1.甲合同').replace('乙合同', '2.乙合同')))
  expect((await toDocx(document)).equals(bytes)).toBe(true)
})

test('HTML: head and number before the one h1; the note in brackets', () => {
  const $ = cheerio.load(toHtml(aLetter(2)))
  expect($('h1').text()).toBe('政府信息予以公开答复书')
  expect($('.letterhead .mark').text()).toBe('武昌区城市运行管理中心')
  expect($('.letterhead .number').text()).toBe('武城运公开答〔2025〕7号')
  expect($('.note').text()).toBe('（联系人：某机构，电话：027-00000000）')
  expect(squeeze($('main').text())).toMatch(/^武昌区城市运行管理中心武城运公开答〔2025〕7号政府信息予以公开答复书胡某某/)
})

test('without a number the head stands alone; the demonstration says so above it', async () => {
  const document = aLetter(2, { letterhead: { number: null }, demo: true })
  const [first = []] = await pagesOf(document)
  expect(textOf(first)).toContain('演示数据')
  expect(textOf(first)).not.toContain('号政府')
  expect(cheerio.load(toHtml(document))('.letterhead .number').length).toBe(0)
})

test('a form with room to write in is taller by as many lines', async () => {
  const form = (lines: number): Document => aLetter(0, { letterhead: undefined, blocks: [{ kind: 'table', table: { caption: '回执', widths: [1, 3], headRows: 0, rows: [[{ text: '理由', head: true }, { text: '', lines }], [{ text: '日期', head: true }, { text: '' }]] } }] })
  const bottom = async (lines: number) => (await pagesOf(form(lines)))[0]?.find((line) => line.text.includes('日'))?.y ?? 0
  expect((await bottom(1)) - (await bottom(6))).toBeGreaterThan(60)
  expect(strFromU8(unzipSync(await toDocx(form(6)))['word/document.xml'] ?? new Uint8Array())).toContain('w:hRule="atLeast"')
})
