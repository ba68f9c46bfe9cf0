import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { LIMITS } from '../limits.ts'
import { Unredactable } from '../unredactable.ts'
import { pdfGlyphs, type Glyph } from './pdf-glyphs.ts'
import type { Box } from './paint-marks.ts'
import type { Word } from '../mark.ts'

/** 页上一个词：所占的像素；起笔处、书写方向（单位向量）、长与字高，均为像素，y 向下。 */
export interface PlacedWord {
  text: string
  box: Box
  x: number
  y: number
  dx: number
  dy: number
  length: number
  size: number
}

/** 一页上画出的词（汉字一字一词，西文、数字相连的为一词），依画出的次序；看得见看不见都在内。 */
export async function pdfWords(page: PDFPageProxy): Promise<PlacedWord[]> {
  const words: { glyphs: Glyph[] }[] = []
  for (const glyph of await pdfGlyphs(page)) {
    const last = words.at(-1)?.glyphs
    if (last && isOneWord(last.at(-1)!, glyph)) last.push(glyph)
    else words.push({ glyphs: [glyph] })
    if (words.length > LIMITS.pageWords) throw new Unredactable('too-large', `一页的文字超过 ${LIMITS.pageWords} 个词，请拆成几份`)
  }
  return words.map(({ glyphs }) => toWord(glyphs))
}

const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u30ff]|[\ud840-\ud8ff][\udc00-\udfff]/u
const GAP = 0.15 // 间隔不足字高的这么多，算相连

// 同向、同行、紧接着的西文与数字
function isOneWord(last: Glyph, next: Glyph): boolean {
  if (CJK.test(last.text) || CJK.test(next.text)) return false
  const [x, y] = [next.x - last.x, next.y - last.y]
  const gap = x * last.dx + y * last.dy - last.length
  const aside = Math.abs(x * last.dy - y * last.dx)
  return last.dx * next.dx + last.dy * next.dy > 0.99 && Math.abs(gap) < GAP * last.size && aside < GAP * last.size && Math.abs(last.size - next.size) < GAP * last.size
}

function toWord(glyphs: readonly Glyph[]): PlacedWord {
  const [first, last] = [glyphs[0]!, glyphs.at(-1)!]
  const length = (last.x - first.x) * first.dx + (last.y - first.y) * first.dy + last.length
  const corners = glyphs.flatMap((glyph) =>
    [0, glyph.length].flatMap((along) => [glyph.above, -glyph.below].map((up) => [glyph.x + glyph.dx * along + glyph.ux * up, glyph.y + glyph.dy * along + glyph.uy * up] as const)),
  )
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const box = { x: left, y: top, w: Math.max(...xs) - left, h: Math.max(...ys) - top }
  return { text: glyphs.map((glyph) => glyph.text).join(''), box, x: first.x, y: first.y, dx: first.dx, dy: first.dy, length, size: first.size }
}

/** 词 → 供勾画的样子，0…1；整个在页面之外的不列。 */
export const toViewWords = (words: readonly PlacedWord[], width: number, height: number): Word[] =>
  words.flatMap(({ text, box }) => {
    const [left, top] = [Math.max(0, box.x / width), Math.max(0, box.y / height)]
    const [right, bottom] = [Math.min(1, (box.x + box.w) / width), Math.min(1, (box.y + box.h) / height)]
    return right > left && bottom > top ? [{ text, x: left, y: top, w: right - left, h: bottom - top }] : []
  })
