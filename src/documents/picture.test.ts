import { strFromU8, unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, expect, test } from 'vitest'
import { aPng } from '../../tests/support/picture.ts'
import { pictureSize, type Document } from './document.ts'
import { toDocx } from './to-docx.ts'
import { toHtml } from './to-html.tsx'
import { closePdf, toPdf } from './to-pdf.ts'
import { toXlsx } from './to-xlsx.ts'

afterAll(closePdf)

const picture = (alt: string) => ({ kind: 'picture', picture: { bytes: aPng(1200, 600), format: 'png', width: 1200, height: 600, alt } }) as const
const document: Document = {
  title: '示意图',
  creator: '示例机关',
  datedOn: '2026-01-15',
  demo: false,
  blocks: [{ kind: 'paragraph', spans: ['改造范围如下。'] }, picture('改造范围示意图'), picture(''), { kind: 'paragraph', spans: ['以上。'] }],
}

test('a picture fits the page: big ones shrink, small ones stay', () => {
  expect(pictureSize({ width: 1200, height: 600 })).toEqual({ width: 442, height: 221 })
  expect(pictureSize({ width: 100, height: 40 })).toEqual({ width: 75, height: 30 })
  expect(pictureSize({ width: 600, height: 6000 }).height).toBe(560)
})

test('PDF: both pictures are on the page, with what they show', async () => {
  const pdf = await toPdf(document)
  expect((await toPdf(document)).equals(pdf)).toBe(true)
  const loading = getDocument({ data: Uint8Array.from(pdf), verbosity: 0 })
  const opened = await loading.promise
  const tree = JSON.stringify(await (await opened.getPage(1)).getStructTree())
  expect(tree).toContain('改造范围示意图')
  expect(tree).toContain('"alt":"图片"')
  await loading.destroy()
})

test('DOCX: bytes inside, alternative text, the same bytes each time', async () => {
  const first = await toDocx(document)
  expect((await toDocx(document)).equals(first)).toBe(true)
  const parts = unzipSync(first)
  expect(Object.keys(parts).filter((name) => name.startsWith('word/media/'))).toHaveLength(1)
  expect(strFromU8(parts['word/document.xml'] ?? new Uint8Array())).toMatch(/descr="改造范围示意图"/)
})

test('HTML holds the picture itself; XLSX says there is one', async () => {
  expect(toHtml(document)).toMatch(/<img src="data:image\/png;base64,[^"]+" width="1200" height="600" alt="改造范围示意图"/)
  expect((await toXlsx(document)).length).toBeGreaterThan(1000)
  expect(() => toHtml({ ...document, blocks: [{ ...picture('x'), picture: { ...picture('x').picture, width: 0 } }] })).toThrow('图没有尺寸')
})
