import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { LIMITS } from '../limits.ts'
import { Unredactable } from '../unredactable.ts'
import { verifyPdf, type ExpectedPage } from '../verify/verify-pdf.ts'
import { toRaster } from './canvas.ts'
import { encodePicture } from './encode-picture.ts'
import { describeCovered } from './covered-words.ts'
import { withPdf } from './open-pdf.ts'
import { areaMarks, paintMarks, toBox, type Box } from './paint-marks.ts'
import { pdfHidden } from './pdf-hidden.ts'
import { clipsByText, drawPage, viewportOf, withPage } from './pdf-page.ts'
import { pdfWords, toViewWords, type PlacedWord } from './pdf-words.ts'
import { visibleWords } from './visible-words.ts'
import { releaseMemory } from './release-memory.ts'
import { pictureWriter, type PicturePage } from './write-pdf.ts'
import type { Engine } from '../engine.ts'
import type { AreaMark, Mark, OpenedSource, Page } from '../mark.ts'

export const pdfEngine: Engine = {
  open: (bytes) => withPdf(bytes, (document) => openPdf(document, bytes)),
  picture: (bytes, page) => withPdf(bytes, (document) => picturePdf(document, page)),
  redact: (bytes, marks) => withPdf(bytes, (document) => redactPdf(document, marks)),
  verify: (original, marks, result) => withPdf(original, async (document) => verifyPdf(await expectedPages(document, marks), result)),
}

/** 画面上看不见、复制得出来的字；没有的为 null。 */
export const coveredInPdf = (bytes: Uint8Array): Promise<string | null> => withPdf(bytes, describeCovered)

async function openPdf(document: PDFDocumentProxy, bytes: Uint8Array): Promise<OpenedSource> {
  const pages: Page[] = []
  const annotations = { comments: 0, fields: 0 }
  let words = 0
  for (let index = 0; index < document.numPages; index++) {
    await withPage(document, index, async (page) => {
      const { width, height } = viewportOf(page)
      const listed = toViewWords(await pdfWords(page), width, height)
      words += listed.length
      if (words > LIMITS.words) throw new Unredactable('too-large', '文件的文字过多，请拆成几份')
      pages.push({ width, height, words: listed })
      for (const { subtype } of (await page.getAnnotations()) as { subtype?: string }[])
        if (subtype === 'Widget') annotations.fields += 1
        else if (subtype !== 'Link' && subtype !== 'Popup') annotations.comments += 1
    })
  }
  return { view: { shape: 'pages', pages }, hidden: await pdfHidden(document, bytes, annotations) }
}

async function picturePdf(document: PDFDocumentProxy, index: number): Promise<Uint8Array> {
  if (!Number.isInteger(index) || index < 0 || index >= document.numPages) throw new Unredactable('bad-mark', `没有第 ${index + 1} 页`)
  return withPage(document, index, async (page) => (await drawPage(page)).encodeSync('png'))
}

async function redactPdf(document: PDFDocumentProxy, all: readonly Mark[]): Promise<Buffer> {
  const marks = areaMarks(all, document.numPages)
  const writer = pictureWriter()
  for (let index = 0; index < document.numPages; index++) {
    writer.add(await redactPage(document, index, marks.filter((mark) => mark.page === index)))
    await releaseMemory()
    if (writer.size() > LIMITS.resultBytes) throw new Unredactable('too-large', `遮盖后的文件超过 ${LIMITS.resultBytes / 1024 / 1024} MB，请拆成几份再遮盖`)
  }
  return writer.finish()
}

const redactPage = (document: PDFDocumentProxy, index: number, marks: readonly AreaMark[]): Promise<PicturePage> =>
  withPage(document, index, async (page) => {
    const words = await pdfWords(page)
    const canvas = await drawPage(page)
    const { width, height } = canvas
    const boxes = marks.map((mark) => toBox(mark, width, height))
    const seen = words.length > 0 && !(await clipsByText(page)) ? visibleWords(words, toRaster(canvas), toRaster(await drawPage(page, false)), boxes) : []
    paintMarks(canvas, marks)
    const { viewport } = viewportOf(page)
    const points = viewport.scale > 0 ? 1 / viewport.scale : 1
    return { width: width * points, height: height * points, picture: encodePicture(canvas), words: seen }
  })

async function expectedPages(document: PDFDocumentProxy, all: readonly Mark[]): Promise<ExpectedPage[]> {
  const marks = areaMarks(all, document.numPages)
  const pages: (ExpectedPage & { left: string })[] = []
  for (let index = 0; index < document.numPages; index++)
    await withPage(document, index, async (page) => {
      const { width, height } = viewportOf(page)
      const own = marks.filter((mark) => mark.page === index)
      const boxes = own.map((mark) => toBox(mark, width, height))
      const words = await pdfWords(page)
      const covered = new Set(words.filter((word) => boxes.some((box) => isInside(word.box, box))))
      const left = words.filter((word) => !covered.has(word)).map((word) => word.text).join('')
      pages.push({ width, height, marks: own, covered: joinRuns(words, covered), left })
    })
  // 别处没有遮的同样的字，留着是应当的
  const left = pages.map((page) => page.left).join('\n')
  return pages.map((page) => ({ ...page, covered: page.covered.filter((text) => !left.includes(text)) }))
}

const isInside = (word: Box, box: Box): boolean => {
  const [x, y] = [word.x + word.w / 2, word.y + word.h / 2]
  return x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h
}

// 依次画出、相连的字连成一串，串才有辨识的意义
function joinRuns(words: readonly PlacedWord[], covered: ReadonlySet<PlacedWord>): string[] {
  const runs: string[] = ['']
  for (const word of words) {
    if (covered.has(word)) runs.push(`${runs.pop() ?? ''}${word.text}`)
    else if (runs.at(-1) !== '') runs.push('')
  }
  return runs.filter((text) => text.length > 1)
}
