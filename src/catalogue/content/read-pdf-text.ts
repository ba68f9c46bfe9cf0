import { join } from 'node:path'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { root } from '../../platform/paths.ts'
import { plainHan } from '../../platform/plain-han.ts'
import { toFileText } from './file-text.ts'
import { FILE_LIMITS } from './file-limits.ts'
import type { FileText } from './file-text.ts'

const LIBRARY = join(root, 'node_modules/pdfjs-dist')
const unreadable = (note: string): FileText => ({ state: 'unreadable', text: '', note })

/** PDF 的文字，逐页逐行；扫描件没有文字，加了密码、已损坏的读不出。 */
export async function readPdfText(bytes: Buffer): Promise<FileText> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${join(LIBRARY, 'cmaps')}/`,
    standardFontDataUrl: `${join(LIBRARY, 'standard_fonts')}/`,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    maxImageSize: 1,
    isOffscreenCanvasSupported: false,
  })
  try {
    const document = await task.promise
    if (document.numPages > FILE_LIMITS.pdfPages) return unreadable(`有 ${document.numPages} 页，超过 ${FILE_LIMITS.pdfPages} 页，没有读取文字`)
    let text = ''
    for (let number = 1; number <= document.numPages && text.length <= FILE_LIMITS.text; number++) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      for (const item of items) if ('str' in item) text += item.str + (item.hasEOL ? '\n' : '')
      text += '\n'
      page.cleanup()
    }
    return toFileText(plainHan(text), '扫描件，没有文字层；其中的内容检索不到，看不见的人也读不到')
  } catch (error) {
    const locked = error instanceof Error && error.name === 'PasswordException'
    return unreadable(locked ? 'PDF 加了密码，打不开；请取消密码再上传' : 'PDF 已损坏或者不完整，请重新导出一份')
  } finally {
    await task.destroy()
  }
}
