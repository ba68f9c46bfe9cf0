import type { Raster } from './canvas.ts'
import type { Box } from './paint-marks.ts'
import type { PlacedWord } from './pdf-words.ts'

const CONTRAST = 24 // 差这么多才算看得见

/**
 * 结果里留哪些字：不画文字则其处画面有变的，才是真看得见的；碰到遮盖处的不留。
 * 白字、垫在图下的字、识别扫描件所得的隐字，看不见，故都不留。
 */
export const visibleWords = (words: readonly PlacedWord[], full: Raster, bare: Raster, marked: readonly Box[]): PlacedWord[] =>
  words.filter((word) => !marked.some((box) => touches(word, box)) && differs(word.box, full, bare))

const MARGIN = 0.1 // 勾画四边向外取了整，会挨着邻字：重叠不足字高的这么多不算

function touches({ box: word, size }: PlacedWord, box: Box): boolean {
  const [dx, dy] = [Math.min(size * MARGIN, word.w / 4), Math.min(size * MARGIN, word.h / 4)]
  return word.x + dx < box.x + box.w && word.x + word.w - dx > box.x && word.y + dy < box.y + box.h && word.y + word.h - dy > box.y
}

function differs(box: Box, full: Raster, bare: Raster): boolean {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))]
  const [right, bottom] = [Math.min(full.width, Math.ceil(box.x + box.w)), Math.min(full.height, Math.ceil(box.y + box.h))]
  for (let y = top; y < bottom; y++)
    for (let at = (y * full.width + left) * 4, end = (y * full.width + right) * 4; at < end; at++)
      if (Math.abs(full.data[at]! - bare.data[at]!) > CONTRAST) return true
  return false
}
