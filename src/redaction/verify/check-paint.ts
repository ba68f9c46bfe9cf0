import { loadImage } from '@napi-rs/canvas'
import { bareJpeg } from '../pages/encode-picture.ts'
import { blankCanvas, toRaster } from '../pages/canvas.ts'
import { paintMarks, toBox, type Box } from '../pages/paint-marks.ts'
import type { AreaMark } from '../mark.ts'

/** 结果里读出的像素。 */
export interface Samples {
  width: number
  height: number
  channels: 1 | 3 | 4
  data: Uint8Array | Uint8ClampedArray
  /** 有损压缩过，黑块的边缘会有杂色 */
  lossy: boolean
}

const EXACT = 2
const LOSSY = 48
const LOSSY_MEAN = 6
const LOSSY_EDGE = 8

/** 涂黑处的像素须与「只按勾画画出的」相同：既是如此，其中就没有原件的任何东西。 */
export function checkPaint(marks: readonly AreaMark[], samples: Samples): string[] {
  if (marks.length === 0) return []
  const canvas = blankCanvas(samples.width, samples.height)
  paintMarks(canvas, marks)
  const wanted = toRaster(canvas)
  const wrong = marks.filter((mark) => !isPainted(toBox(mark, samples.width, samples.height), samples, wanted.data))
  return wrong.length > 0 ? [`有 ${wrong.length} 处没有涂黑，或黑块下仍透出内容`] : []
}

function isPainted(box: Box, { width, channels, data, lossy }: Samples, wanted: Uint8ClampedArray): boolean {
  const edge = lossy ? Math.min(LOSSY_EDGE, Math.floor(Math.min(box.w, box.h) / 4)) : 0
  let [sum, count] = [0, 0]
  for (let y = box.y + edge; y < box.y + box.h - edge; y++)
    for (let x = box.x + edge; x < box.x + box.w - edge; x++) {
      const at = y * width + x
      for (let c = 0; c < 3; c++) {
        const off = Math.abs(data[at * channels + (channels === 1 ? 0 : c)]! - wanted[at * 4 + c]!)
        if (off > (lossy ? LOSSY : EXACT)) return false
        sum += off
        count += 1
      }
    }
  return !lossy || sum <= LOSSY_MEAN * count
}

/** JPEG 里只有画面：没有别的段，结尾之后没有别的字节。 */
export function isBareJpeg(jpeg: Buffer): boolean {
  const end = Buffer.from([0xff, 0xd9])
  return jpeg.length > 4 && bareJpeg(jpeg).length === jpeg.length && jpeg.indexOf(end) === jpeg.length - 2
}

/** 解 JPEG；解不开为 null。 */
export async function decodeJpeg(bytes: Buffer): Promise<Samples | null> {
  try {
    const image = await loadImage(bytes)
    const canvas = blankCanvas(image.width, image.height)
    canvas.getContext('2d').drawImage(image, 0, 0)
    return { ...toRaster(canvas), channels: 4, lossy: true }
  } catch {
    return null
  }
}
