import { join } from 'node:path'
import { getDocument, VerbosityLevel, type PDFDocumentLoadingTask, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { root } from '../../platform/paths.ts'
import { plainHan } from '../../platform/plain-han.ts'
import { LIMITS } from './limits.ts'
import { joinParagraphs, withoutRunning, type PageLine } from './pdf-paragraphs.ts'
import { toPageLines } from './pdf-page-lines.ts'
import { toRules } from './pdf-rules.ts'
import { UnreadableReport } from './unreadable.ts'
import type { PdfText } from './pdf-grid.ts'
import type { SourceLine } from './source-line.ts'

const LIBRARY = join(root, 'node_modules/pdfjs-dist')
/** 全文少于这些字的，视为没有文字层 */
const FEWEST = 20

/** PDF → 行：有划线的表按格，其余折行的接成段。 */
export async function fromPdf(file: Uint8Array): Promise<SourceLine[]> {
  const task = open(file)
  try {
    const document = await settle(task)
    if (document.numPages > LIMITS.pdfPages)
      throw new UnreadableReport('too-many-pages', `文件有 ${document.numPages} 页，超过 ${LIMITS.pdfPages} 页，不像一份年度报告`)
    return await readPages(document)
  } finally {
    await task.destroy()
  }
}

const open = (file: Uint8Array): PDFDocumentLoadingTask =>
  getDocument({
    data: new Uint8Array(file),
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${join(LIBRARY, 'cmaps')}/`,
    standardFontDataUrl: `${join(LIBRARY, 'standard_fonts')}/`,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    maxImageSize: 1,
    isOffscreenCanvasSupported: false,
  })

async function settle(task: PDFDocumentLoadingTask): Promise<PDFDocumentProxy> {
  try {
    return await task.promise
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') throw new UnreadableReport('encrypted', '文件已加密，请取消密码后再交')
    throw damaged()
  }
}

const damaged = (): UnreadableReport => new UnreadableReport('damaged', 'PDF 文件已损坏，请重新导出一份')

async function readPages(document: PDFDocumentProxy): Promise<SourceLine[]> {
  const lines: PageLine[] = []
  let items = 0
  let letters = 0
  for (let number = 1; number <= document.numPages; number++) {
    const { texts, pageLines } = await readPage(document, number)
    items += texts.length
    letters += texts.reduce((sum, each) => sum + each.text.trim().length, 0)
    if (items > LIMITS.pdfItems || lines.length + pageLines.length > LIMITS.lines)
      throw new UnreadableReport('too-large', 'PDF 的文字过多，不像一份年度报告')
    for (const line of pageLines) lines.push(line)
  }
  if (letters < FEWEST) throw new UnreadableReport('scanned', '扫描件，没有文字层；请提交可复制文字的 PDF，或原 DOCX')
  return joinParagraphs(withoutRunning(lines))
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<{ texts: PdfText[]; pageLines: PageLine[] }> {
  let page: PDFPageProxy | undefined
  try {
    page = await document.getPage(number)
    const [, bottom = 0, , top = 0] = page.view
    const texts = await toTexts(page)
    const rules = toRules(await page.getOperatorList())
    return { texts, pageLines: toPageLines(texts, rules, { bottom, top }) }
  } catch (error) {
    throw error instanceof UnreadableReport ? error : damaged()
  } finally {
    page?.cleanup()
  }
}

async function toTexts(page: PDFPageProxy): Promise<PdfText[]> {
  const { items } = await page.getTextContent()
  if (items.length > LIMITS.pdfItems) throw new UnreadableReport('too-large', 'PDF 的文字过多，不像一份年度报告')
  return items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return []
    const [a = 0, b = 0, , , x = 0, y = 0]: number[] = item.transform
    const size = Math.hypot(a, b) || item.height
    return [{ text: plainHan(item.str), x, y, width: item.width, size }]
  })
}
