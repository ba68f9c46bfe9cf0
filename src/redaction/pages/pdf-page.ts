import { OPS, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Canvas } from '@napi-rs/canvas'
import { LIMITS } from '../limits.ts'
import { damaged, Unredactable } from '../unredactable.ts'
import { blankCanvas } from './canvas.ts'

export type Viewport = ReturnType<PDFPageProxy['getViewport']>

/** 依次（或单独）用一页，用完即释放。 */
export async function withPage<T>(document: PDFDocumentProxy, index: number, work: (page: PDFPageProxy) => Promise<T>): Promise<T> {
  let page: PDFPageProxy | undefined
  try {
    page = await document.getPage(index + 1)
    return await work(page)
  } catch (error) {
    throw error instanceof Unredactable ? error : damaged(`PDF 第 ${index + 1} 页`)
  } finally {
    page?.cleanup()
  }
}

/** 150 dpi 的视口；过大的页缩到像素上限之内，宽高取整，至少一点。 */
export function viewportOf(page: PDFPageProxy): { viewport: Viewport; width: number; height: number } {
  const plain = page.getViewport({ scale: 1 })
  const wanted = LIMITS.dpi / 72
  const scale = Math.min(wanted, Math.sqrt(LIMITS.pagePixels / (plain.width * plain.height)), MOST_SIDE / Math.max(plain.width, plain.height))
  if (!Number.isFinite(scale) || scale <= 0) throw damaged('PDF 的页面大小')
  const viewport = page.getViewport({ scale })
  return { viewport, width: Math.max(1, Math.round(viewport.width)), height: Math.max(1, Math.round(viewport.height)) }
}
const MOST_SIDE = 16_000

/** 把一页画出来；texts 为假则不画文字，用来辨别哪些字真的看得见。 */
export async function drawPage(page: PDFPageProxy, texts = true): Promise<Canvas> {
  const { viewport, width, height } = viewportOf(page)
  const canvas = blankCanvas(width, height)
  const operations = texts ? null : (await page.getOperatorList()).fnArray
  await page.render({
    // 类型写的是浏览器的画布，Node 上即 @napi-rs/canvas 的
    canvas: canvas,
    viewport,
    background: '#fff',
    ...(operations && { operationsFilter: (index: number) => !SHOWS_TEXT.has(operations[index] ?? -1) }),
  }).promise
  return canvas
}
const SHOWS_TEXT = new Set<number>([OPS.showText, OPS.showSpacedText, OPS.nextLineShowText, OPS.nextLineSetSpacingShowText])

/** 以文字的轮廓裁切其后所画：不画文字则裁切也没有了，辨别不出哪些字看得见。 */
export async function clipsByText(page: PDFPageProxy): Promise<boolean> {
  const { fnArray, argsArray } = await page.getOperatorList()
  return fnArray.some((operation, index) => operation === OPS.setTextRenderingMode && Number((argsArray[index] as unknown[])[0]) >= CLIPPING)
}
const CLIPPING = 4
