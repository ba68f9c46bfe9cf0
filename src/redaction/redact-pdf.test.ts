import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { pdfEngine } from './pages/pdf-engine.ts'
import { closeRedaction, openSource, pagePicture, redact, Unredactable, verifyRedaction } from './index.ts'
import { aLine, aPdf, aStream, aTextPdf, markWords, textOf } from './testing.ts'
import type { Mark, Page, View, Word } from './index.ts'

afterAll(() => closeRedaction())

const pagesOf = async (bytes: Uint8Array): Promise<readonly Page[]> => {
  const { view } = await openSource(bytes, 'pdf')
  if (view.shape !== 'pages') throw new Error('PDF 应按页打开')
  return view.pages
}

const FIRST = [aLine('申请人张三丰身份证号', 240), aLine('联系电话13800138000请勿外传', 200)].join('\n')
const source = aTextPdf([FIRST, aLine('第二页的正文', 240)])
const marksOn = async (): Promise<Mark[]> => markWords((await pagesOf(source))[0]!.words, '张三丰')

test('marked words are gone, the rest can still be searched; a clean result has no findings', async () => {
  const pages = await pagesOf(source)
  expect(pages).toMatchObject([{ width: 833, height: 625 }, {}])
  expect(textOf(pages[0]!)).toContain('申请人张三丰身份证号')
  const marks = await marksOn()
  expect(marks).toHaveLength(3)
  const result = await redact(source, 'pdf', marks)
  expect(await verifyRedaction(source, 'pdf', marks, result.bytes)).toEqual([])
  const after = await pagesOf(result.bytes)
  expect(after.map(textOf)).toEqual(['申请人身份证号联系电话13800138000请勿外传', '第二页的正文'])
  expect(await openSource(result.bytes, 'pdf')).toMatchObject({ hidden: ['文件属性（标题）'] })
  expect((await redact(source, 'pdf', marks)).bytes).toEqual(result.bytes)
})

test('what cannot be seen is not carried over: text under a box, white text, text of a scan', async () => {
  const hidden = aTextPdf([[aLine('看得见的字', 240), aLine('盖住的字', 200), '0 g 30 190 200 30 re f', '1 g', aLine('白色的字', 160), '0 g BT 3 Tr ET', aLine('识别所得', 120)].join('\n')])
  const { bytes } = await redact(hidden, 'pdf', [])
  expect((await pagesOf(hidden)).map(textOf)).toEqual(['看得见的字盖住的字白色的字识别所得'])
  expect((await pagesOf(bytes)).map(textOf)).toEqual(['看得见的字'])
})

test('what a file carries beside its pages is told, and left behind', async () => {
  const carrying = aTextPdf([FIRST], {
    catalog: '/Names << /EmbeddedFiles << /Names [(a.txt) 6 0 R] >> >> /Outlines 8 0 R /AcroForm << /Fields [] >>',
    page: '/Annots [10 0 R]',
    more: [
      '<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>',
      aStream('内部', '/Type /EmbeddedFile'),
      '<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>',
      '<< /Title (Secret) /Parent 8 0 R >>',
      '<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (inner note) >>',
      '<< /Author (Zhang) /Title (Draft) >>',
    ],
    trailer: '/Info 11 0 R',
  })
  const { hidden } = await openSource(carrying, 'pdf')
  expect(hidden).toEqual(['附件 1 个', '批注 1 处', '书签 1 条', '文件属性（标题、作者）'])
  const { bytes } = await redact(carrying, 'pdf', [])
  expect((await openSource(bytes, 'pdf')).hidden).toEqual(['文件属性（标题）'])
  expect(await verifyRedaction(carrying, 'pdf', [], bytes)).toEqual([])
})

test('a number in the midst of a line is found just where it is drawn', async () => {
  const [page] = await pagesOf(source)
  const number = page!.words.find((word) => word.text === '13800138000')
  expect(number?.x).toBeCloseTo((40 + 4 * 16) / 400, 3)
  expect(number?.w).toBeCloseTo((11 * 16) / 400, 3)
})

test.each([
  ['turned page', { page: '/Rotate 90' }],
  ['page whose corner is not at nought', { mediaBox: '-100 -50 350 280' }],
  ['page with a crop box', { page: '/CropBox [20 20 380 290]' }],
  ['page in larger units', { page: '/UserUnit 2' }],
])('on a %s the words stay where they are drawn', async (_, how) => {
  const turned = aTextPdf([FIRST], how)
  const [before] = await pagesOf(turned)
  const marks = markWords(before!.words, '张三丰')
  const { bytes } = await redact(turned, 'pdf', marks)
  expect(await verifyRedaction(turned, 'pdf', marks, bytes)).toEqual([])
  const [after] = await pagesOf(bytes)
  expect([after?.width, after?.height]).toEqual([before?.width, before?.height])
  const kept = before!.words.filter((word) => !'张三丰'.includes(word.text))
  expect(after!.words.map((word) => word.text)).toEqual(kept.map((word) => word.text))
  for (const [index, word] of after!.words.entries()) {
    expect(word.x + word.w / 2).toBeCloseTo(kept[index]!.x + kept[index]!.w / 2, 1)
    expect(word.y + word.h / 2).toBeCloseTo(kept[index]!.y + kept[index]!.h / 2, 1)
  }
})

const lines = fc.array(fc.string({ unit: fc.constantFrom(...'甲乙丙丁戊己庚辛，。A1'), minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 4 })

test('whatever is marked: it is gone by either reader, the rest remains in order', async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(), { maxLength: 6 }), async (texts, wanted) => {
      const bytes = aTextPdf([texts.map((text, index) => aLine(text, 250 - index * 50)).join('\n')])
      const before = wordsOf((await pdfEngine.open(bytes)).view)
      const chosen = new Set(wanted.map((each) => each % before.length))
      const marks = [...chosen].map((index): Mark => ({ kind: 'area', page: 0, ...boxOf(before[index]!), ground: '条例第十五条' }))
      const result = await pdfEngine.redact(bytes, marks)
      expect(await pdfEngine.verify(bytes, marks, result)).toEqual([])
      const after = wordsOf((await pdfEngine.open(result)).view)
      expect(after.map((word) => word.text).join('')).toBe(before.filter((_, index) => !chosen.has(index)).map((word) => word.text).join(''))
    }),
    { numRuns: 15 },
  )
})
const wordsOf = (view: View): readonly Word[] => (view.shape === 'pages' ? view.pages.flatMap((page) => page.words) : [])
const boxOf = ({ x, y, w, h }: Word) => ({ x, y, w, h })

const box = (x: number, y: number) => `0 g ${x} ${y} 48 18 re f`
/** 假遮盖：各以不同的手法留着张三丰。 */
const FAKES: Record<string, [() => Promise<Uint8Array> | Uint8Array, RegExp]> = {
  'a black box over live text': [() => aTextPdf([`${FIRST}\n${box(88, 236)}`, aLine('第二页的正文', 240)]), /黑块只是画在上面.*|可以复制/],
  'an annotation as cover': [() => aTextPdf([FIRST, aLine('第二页的正文', 240)], { page: '/Annots [6 0 R]', more: ['<< /Type /Annot /Subtype /Redact /Rect [88 236 136 254] /IC [0 0 0] >>'] }), /批注/],
  'a cropped page': [() => aTextPdf([FIRST, aLine('第二页的正文', 240)], { page: '/CropBox [0 0 400 235]' }), /裁切/],
  'an old revision kept': [async () => Buffer.concat([source, (await redact(source, 'pdf', await marksOn())).bytes]), /旧版本/],
  'a new revision over our own': [async () => Buffer.concat([(await redact(source, 'pdf', await marksOn())).bytes, Buffer.from('9 0 obj\n<< /Type /Page >>\nendobj\nstartxref\n0\n%%EOF\n')]), /旧版本/],
  'an attachment put in': [() => swap('/Type /Catalog', '/Type /Catalog /AF [99 0 R]'), /附件/],
  'a page left out': [() => aTextPdf([FIRST]), /原件 2 页，遮盖后 1 页/],
  'words in the title': [() => swap('<feff5df2906e76d6>', '<feff5f204e094e30>'), /文件属性里有文字|还在文件里/],
  'data between objects': [() => swap('endobj\n2 0 obj', 'endobj\n% 5f204e09\n2 0 obj'), /夹带/],
  'nothing painted': [async () => (await redact(source, 'pdf', [])).bytes, /没有涂黑/],
  'another place painted': [async () => (await redact(source, 'pdf', [{ kind: 'area', page: 0, x: 0.5, y: 0.5, w: 0.1, h: 0.1, ground: '条例第十五条' }])).bytes, /没有涂黑/],
}
async function swap(from: string, to: string): Promise<Uint8Array> {
  const { bytes } = await redact(source, 'pdf', await marksOn())
  const text = Buffer.from(bytes).toString('latin1')
  expect(text).toContain(from)
  return Buffer.from(text.replace(from, to), 'latin1')
}

test.each(Object.keys(FAKES))('%s is found out', async (name) => {
  const [make, finding] = FAKES[name]!
  const findings = await verifyRedaction(source, 'pdf', await marksOn(), await make())
  expect(findings.join('\n')).toMatch(finding)
})

test('hostile and hopeless files end in a clear message', async () => {
  const refusal = async (bytes: Uint8Array) => await openSource(bytes, 'pdf').catch((error: unknown) => error)
  expect(await refusal(Buffer.from('%PDF-1.7\nnothing'))).toMatchObject({ code: 'damaged' })
  expect(await refusal(Buffer.alloc(21 * 1024 * 1024))).toMatchObject({ code: 'too-large' })
  expect(await refusal(aTextPdf(Array.from({ length: 201 }, () => '')))).toMatchObject({ code: 'too-many-pages', message: expect.stringContaining('201 页') })
  const locked = aPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>', `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`], `/Encrypt 3 0 R /ID [<${'11'.repeat(16)}> <${'11'.repeat(16)}>]`)
  expect(await refusal(locked)).toMatchObject({ code: 'encrypted' })
  await expect(redact(source, 'pdf', [{ kind: 'area', page: 2, x: 0, y: 0, w: 1, h: 1, ground: '' }])).rejects.toBeInstanceOf(Unredactable)
  await expect(redact(source, 'pdf', [{ kind: 'text', block: 0, from: 0, to: 1, ground: '' }])).rejects.toMatchObject({ code: 'bad-mark' })
  await expect(pagePicture(source, 'pdf', 2)).rejects.toMatchObject({ code: 'bad-mark' })
  expect(Buffer.from(await pagePicture(source, 'pdf', 1)).subarray(1, 4).toString()).toBe('PNG')
})
