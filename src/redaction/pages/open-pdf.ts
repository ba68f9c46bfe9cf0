import { join } from 'node:path'
import { getDocument, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { root } from '../../platform/paths.ts'
import { LIMITS } from '../limits.ts'
import { damaged, Unredactable } from '../unredactable.ts'
import { readyFonts } from './canvas.ts'

const LIBRARY = join(root, 'node_modules/pdfjs-dist')

/** 打开 PDF，做完即关。加密的、过长的、坏的抛 Unredactable。 */
export async function withPdf<T>(bytes: Uint8Array, work: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  readyFonts()
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${join(LIBRARY, 'cmaps')}/`,
    standardFontDataUrl: `${join(LIBRARY, 'standard_fonts')}/`,
    wasmUrl: `${join(LIBRARY, 'wasm')}/`,
    iccUrl: `${join(LIBRARY, 'iccs')}/`,
    disableFontFace: true,
    useSystemFonts: true,
    maxImageSize: LIMITS.imagePixels,
    canvasMaxAreaInBytes: 4 * LIMITS.imagePixels,
    isOffscreenCanvasSupported: false,
    enableXfa: false,
  })
  try {
    return await work(await settle(task.promise))
  } finally {
    await task.destroy()
  }
}

async function settle(opening: Promise<PDFDocumentProxy>): Promise<PDFDocumentProxy> {
  const document = await opening.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'PasswordException') throw new Unredactable('encrypted', '文件已加密，请取消密码后再交')
    throw damaged('PDF 文件')
  })
  if (document.numPages > LIMITS.pages) throw new Unredactable('too-many-pages', `文件有 ${document.numPages} 页，超过 ${LIMITS.pages} 页，请拆成几份`)
  return document
}
