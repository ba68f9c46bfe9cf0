import type { Raster } from './canvas.ts'
import type { Box } from './paint-marks.ts'
import type { PlacedWord } from './pdf-words.ts'

const CONTRAST = 24 // 差这么多才算看得见

/**
 * 结果里留哪些字：不画文字则其处画面有变的，才是真看得见的；碰到遮盖处的不留，字位系估算的整段不留。
 * 白字、垫在图下的字、识别扫描件所得的隐字，看不见，故都不留。
 */
export function visibleWords(words: readonly PlacedWord[], full: Raster, bare: Raster, marked: readonly Box[]): PlacedWord[] {
  const touched = words.filter((word) => marked.some((box) => touches(word, box)))
  const gone = new Set(touched)
  const doubtful = new Set(touched.filter((word) => !word.isExact).map((word) => word.run))
  return words.filter((word) => !gone.has(word) && !doubtful.has(word.run) && differs(word.box, full, bare))
}

// 字位准确的须真有重叠：勾画四边向外取了整，会挨着邻字
function touches(word: PlacedWord, box: Box): boolean {
  const slack = word.size * (word.isExact ? -0.1 : 1)
  const [sx, sy] = [Math.abs(word.dx) * slack, Math.abs(word.dy) * slack]
  return word.box.x - sx < box.x + box.w && word.box.x + word.box.w + sx > box.x && word.box.y - sy < box.y + box.h && word.box.y + word.box.h + sy > box.y
}

function differs(box: Box, full: Raster, bare: Raster): boolean {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))]
  const [right, bottom] = [Math.min(full.width, Math.ceil(box.x + box.w)), Math.min(full.height, Math.ceil(box.y + box.h))]
  for (let y = top; y < bottom; y++)
    for (let at = (y * full.width + left) * 4, end = (y * full.width + right) * 4; at < end; at++)
      if (Math.abs(full.data[at]! - bare.data[at]!) > CONTRAST) return true
  return false
}
