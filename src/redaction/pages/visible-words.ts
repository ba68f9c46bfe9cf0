import type { Raster } from './canvas.ts'
import type { Box } from './paint-marks.ts'
import type { PlacedWord } from './pdf-words.ts'

const CONTRAST = 24 // 差这么多才算看得见
const LEGIBLE = 4 // 字高不足四点（像素）的，画面上认不出是什么字

/**
 * 结果里留哪些字：不画文字则其处画面有变的，才是真看得见的；碰到遮盖处的不留。
 * 白字、垫在图下的字、识别扫描件所得的隐字，看不见，故都不留。
 * 与别的字叠在一处的（如盖住姓名再写上「某某」），画面有变也说不出是谁的笔画，一概不留。
 */
export function visibleWords(words: readonly PlacedWord[], full: Raster, bare: Raster, marked: readonly Box[]): PlacedWord[] {
  const { crowded, besides } = overlapping(words)
  return words.filter((word) => word.size >= LEGIBLE && !crowded.has(word) && !marked.some((box) => touches(word, box)) && differs(word.box, { full, bare, besides: besides.get(word) ?? [] }))
}

/**
 * 写着别的字而占着同一块地方的：压到字身的（crowded）；只碰到边的，所碰的框（besides）。
 * 自上而下扫一遍，只比上下相交的。
 */
function overlapping(words: readonly PlacedWord[]): { crowded: ReadonlySet<PlacedWord>; besides: ReadonlyMap<PlacedWord, readonly Box[]> } {
  const sorted = words.toSorted((a, b) => a.box.y - b.box.y)
  const crowded = new Set<PlacedWord>()
  const besides = new Map<PlacedWord, Box[]>()
  const meetWith = (word: PlacedWord, other: PlacedWord): void => {
    const known = besides.get(word)
    if (known === undefined) besides.set(word, [other.box])
    else known.push(other.box)
    if (meet(coreOf(word), other.box) || (known?.length ?? 0) > MOST_BESIDES) crowded.add(word)
  }
  for (const [i, word] of sorted.entries())
    for (let j = i + 1, other = sorted[j]; other !== undefined && other.box.y < word.box.y + word.box.h; other = sorted[++j]) {
      // 同样的字描两遍（加粗、投影）是同一个字
      if (other.text === word.text || !meet(word.box, other.box)) continue
      if (!crowded.has(word)) meetWith(word, other)
      if (!crowded.has(other)) meetWith(other, word)
    }
  return { crowded, besides }
}
const MOST_BESIDES = 50

const CORE = 0.2 // 邻行、邻字的框本来就略有相叠，四边各让出字高的这么多

function coreOf({ box, size }: PlacedWord): Box {
  const [dx, dy] = [Math.min(size * CORE, box.w / 4), Math.min(size * CORE, box.h / 4)]
  return { x: box.x + dx, y: box.y + dy, w: box.w - 2 * dx, h: box.h - 2 * dy }
}

const meet = (a: Box, b: Box): boolean => a.x < b.x + b.w && a.x + a.w > b.x && a.y < b.y + b.h && a.y + a.h > b.y

const MARGIN = 0.1 // 勾画四边向外取了整，会挨着邻字：重叠不足字高的这么多不算

function touches({ box: word, size }: PlacedWord, box: Box): boolean {
  const [dx, dy] = [Math.min(size * MARGIN, word.w / 4), Math.min(size * MARGIN, word.h / 4)]
  return word.x + dx < box.x + box.w && word.x + word.w - dx > box.x && word.y + dy < box.y + box.h && word.y + word.h - dy > box.y
}

/** 框内、别的字的框外，有一点不同。 */
function differs(box: Box, { full, bare, besides }: { full: Raster; bare: Raster; besides: readonly Box[] }): boolean {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))]
  const [right, bottom] = [Math.min(full.width, Math.ceil(box.x + box.w)), Math.min(full.height, Math.ceil(box.y + box.h))]
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++)
      if (isChanged((y * full.width + x) * 4, full.data, bare.data) && !besides.some((other) => x + 1 > other.x && x < other.x + other.w && y + 1 > other.y && y < other.y + other.h)) return true
  return false
}

// 三色都看：红头文件的红字与白底，红的一色是一样的
const isChanged = (at: number, full: Raster['data'], bare: Raster['data']): boolean =>
  Math.abs(full[at]! - bare[at]!) > CONTRAST || Math.abs(full[at + 1]! - bare[at + 1]!) > CONTRAST || Math.abs(full[at + 2]! - bare[at + 2]!) > CONTRAST
