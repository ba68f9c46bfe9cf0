import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import { LABEL_FONT, readyFonts } from './canvas.ts'
import { Unredactable } from '../unredactable.ts'
import type { AreaMark, Mark } from '../mark.ts'

/** 像素矩形，左上起。 */
export interface Box {
  x: number
  y: number
  w: number
  h: number
}

/** 只收落在这些页上的成块的勾画；别的抛 Unredactable。 */
export function areaMarks(marks: readonly Mark[], pages: number): AreaMark[] {
  return marks.map((mark) => {
    if (mark.kind !== 'area') throw new Unredactable('bad-mark', '这类文件须在页面上勾画，不能按段落遮盖')
    const { page, x, y, w, h } = mark
    const fits = Number.isInteger(page) && page >= 0 && page < pages && w > 0 && h > 0 && x < 1 && y < 1 && x + w > 0 && y + h > 0
    if (!fits) throw new Unredactable('bad-mark', `勾画不在页面上（第 ${page + 1} 页）`)
    return mark
  })
}

/** 勾画所占的像素，四边向外取整，不出页面。 */
export function toBox(mark: AreaMark, width: number, height: number): Box {
  const [left, top] = [Math.max(0, Math.floor(mark.x * width)), Math.max(0, Math.floor(mark.y * height))]
  const [right, bottom] = [Math.min(width, Math.ceil((mark.x + mark.w) * width)), Math.min(height, Math.ceil((mark.y + mark.h) * height))]
  return { x: left, y: top, w: Math.max(1, right - left), h: Math.max(1, bottom - top) }
}

/** 涂黑；放得下的写上白字依据。只取决于勾画与画面大小，与原图无关，核验时据此比对。 */
export function paintMarks(canvas: Canvas, marks: readonly AreaMark[]): void {
  readyFonts()
  const context = canvas.getContext('2d')
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalAlpha = 1
  const boxes = marks.map((mark) => ({ box: toBox(mark, canvas.width, canvas.height), ground: mark.ground }))
  context.fillStyle = '#000'
  for (const { box } of boxes) context.fillRect(box.x, box.y, box.w, box.h)
  context.fillStyle = '#fff'
  for (const { box, ground } of boxes) label(context, box, ground)
}

const LARGEST = 24
const SMALLEST = 9
const LONGEST = 40

function label(context: SKRSContext2D, box: Box, ground: string): void {
  const text = ground.slice(0, LONGEST)
  const size = [...sizes(box.h)].find((each) => {
    context.font = `${each}px "${LABEL_FONT}"`
    return context.measureText(text).width <= box.w - 4
  })
  if (size === undefined || text === '') return
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.save()
  // 字不得画出黑块
  context.beginPath()
  context.rect(box.x, box.y, box.w, box.h)
  context.clip()
  context.fillText(text, box.x + box.w / 2, box.y + box.h / 2)
  context.restore()
}

function* sizes(height: number): Iterable<number> {
  for (let size = Math.min(LARGEST, Math.floor(height * 0.8)); size >= SMALLEST; size -= 1) yield size
}
