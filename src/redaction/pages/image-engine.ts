import { loadImage, type Canvas } from '@napi-rs/canvas'
import { LIMITS } from '../limits.ts'
import { damaged, Unredactable } from '../unredactable.ts'
import { verifyImage } from '../verify/verify-image.ts'
import { blankCanvas } from './canvas.ts'
import { bareJpeg } from './encode-picture.ts'
import { imageHidden, readImageParts, type ImageParts } from './image-file.ts'
import { areaMarks, paintMarks } from './paint-marks.ts'
import type { Engine } from '../engine.ts'

const QUALITY = 92

/** 图片只有一页；EXIF 的方向照办，然后连同其余的一并丢掉。 */
export const imageEngine = (type: 'png' | 'jpeg'): Engine => ({
  open: async (bytes) => {
    const parts = readImageParts(bytes, type)
    const { width, height } = shownSize(parts)
    return { view: { shape: 'pages', pages: [{ width, height, words: [] }] }, hidden: imageHidden(parts) }
  },
  picture: async (bytes, page) => {
    if (page !== 0) throw new Unredactable('bad-mark', `图片没有第 ${page + 1} 页`)
    return (await draw(bytes, readImageParts(bytes, type))).encodeSync('png')
  },
  redact: async (bytes, all) => {
    const marks = areaMarks(all, 1)
    const canvas = await draw(bytes, readImageParts(bytes, type))
    paintMarks(canvas, marks)
    return type === 'png' ? barePng(canvas.encodeSync('png')) : bareJpeg(canvas.encodeSync('jpeg', QUALITY))
  },
  verify: async (original, marks, result) => verifyImage(type, shownSize(readImageParts(original, type)), areaMarks(marks, 1), result),
})

/** 摆正、缩到上限之内以后的大小。 */
function shownSize({ width, height, orientation }: ImageParts): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(LIMITS.pagePixels / (width * height)))
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  return orientation >= 5 ? { width: h, height: w } : { width: w, height: h }
}

// EXIF 方向 1…8 的变换：原图单位方格 → 摆正后的单位方格
const TURNS: readonly (readonly [number, number, number, number, number, number])[] = [
  [1, 0, 0, 1, 0, 0],
  [-1, 0, 0, 1, 1, 0],
  [-1, 0, 0, -1, 1, 1],
  [1, 0, 0, -1, 0, 1],
  [0, 1, 1, 0, 0, 0],
  [0, 1, -1, 0, 1, 0],
  [0, -1, -1, 0, 1, 1],
  [0, -1, 1, 0, 0, 1],
]

async function draw(bytes: Uint8Array, parts: ImageParts): Promise<Canvas> {
  const image = await loadImage(withoutTurn(bytes, parts)).catch(() => {
    throw damaged('图片')
  })
  const { width, height } = shownSize(parts)
  const canvas = blankCanvas(width, height)
  const context = canvas.getContext('2d')
  const [a, b, c, d, e, f] = TURNS[parts.orientation - 1] ?? [1, 0, 0, 1, 0, 0]
  context.setTransform(a * width, b * height, c * width, d * height, e * width, f * height)
  context.drawImage(image, 0, 0, 1, 1)
  return canvas
}

// 解码器若也照 EXIF 转，就转了两次：先把 EXIF 去掉，方向只由我们来定
function withoutTurn(bytes: Uint8Array, { orientation, parts }: ImageParts): Buffer {
  const file = Buffer.from(bytes)
  if (orientation === 1) return file
  return parts.some((part) => part.name === 'IHDR') ? barePng(file) : bareJpeg(file, (marker) => marker === EXIF)
}
const EXIF = 0xffe1

/** 去掉 PNG 里画面以外的块。 */
function barePng(png: Buffer): Buffer {
  const kept: Buffer[] = [png.subarray(0, 8)]
  for (let at = 8; at + 12 <= png.length; ) {
    const end = at + 12 + png.readUInt32BE(at)
    if (/^(?:IHDR|PLTE|IDAT|IEND|tRNS)$/.test(png.toString('latin1', at + 4, at + 8))) kept.push(png.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}
