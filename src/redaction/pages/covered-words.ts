import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { toRaster } from './canvas.ts'
import { drawPage, clipsByText, withPage } from './pdf-page.ts'
import { pdfWords } from './pdf-words.ts'
import { releaseMemory } from './release-memory.ts'
import { visibleWords } from './visible-words.ts'

/** 一页要画两遍，至多看这么多页。 */
const MOST_PAGES = 60
const MOST_LISTED = 10

/**
 * 画面上看不见、复制得出来的字：黑块盖住的、白的、垫在图下的。中文一句，没有的为 null。
 * 以文字为剪裁的页画不准，不看；扫描件识别所得的隐字也是看不见的字，一样说出来。
 */
export async function describeCovered(document: PDFDocumentProxy): Promise<string | null> {
  let covered = 0
  const pages: number[] = []
  const most = Math.min(document.numPages, MOST_PAGES)
  for (let index = 0; index < most; index++) {
    const here = await withPage(document, index, async (page) => {
      // 标点挤压时框与邻字相叠，分不清谁的笔画；只看字与数字
      const words = (await pdfWords(page)).filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
      if (words.length === 0 || (await clipsByText(page))) return 0
      const seen = visibleWords(words, toRaster(await drawPage(page)), toRaster(await drawPage(page, false)), [])
      return words.length - seen.length
    })
    await releaseMemory()
    covered += here
    if (here > 0) pages.push(index + 1)
  }
  const unchecked = document.numPages > most ? `；${most} 页以后的没有查` : ''
  if (covered === 0) return unchecked === '' ? null : `看不见的文字：前 ${most} 页没有${unchecked}`
  return `盖住的、看不见的文字 ${covered} 处（第 ${pages.slice(0, MOST_LISTED).join('、')}${pages.length > MOST_LISTED ? ' 等' : ''} 页）${unchecked}`
}
