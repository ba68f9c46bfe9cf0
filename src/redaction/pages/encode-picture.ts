import { deflateSync } from 'node:zlib'
import type { Canvas } from '@napi-rs/canvas'
import { toRaster, type Raster } from './canvas.ts'

/** 放进 PDF 的一页图。 */
export interface Picture {
  width: number
  height: number
  space: 'DeviceGray' | 'DeviceRGB'
  filter: 'FlateDecode' | 'DCTDecode'
  bytes: Uint8Array
}

/** 无损压得到这么小的不用有损：文字页多在此内 */
const LOSSLESS = 1024 * 1024
const QUALITY = 88

/** 一页的画面 → 图：黑白与灰度的一字节一点；照片太大的才用 JPEG。 */
export function encodePicture(canvas: Canvas): Picture {
  const raster = toRaster(canvas)
  const gray = isGray(raster)
  const bytes = deflateSync(samples(raster, gray), { level: 6 })
  const size = { width: raster.width, height: raster.height }
  if (bytes.length <= LOSSLESS) return { ...size, space: gray ? 'DeviceGray' : 'DeviceRGB', filter: 'FlateDecode', bytes }
  return { ...size, space: 'DeviceRGB', filter: 'DCTDecode', bytes: bareJpeg(canvas.encodeSync('jpeg', QUALITY)) }
}

function isGray({ data }: Raster): boolean {
  for (let i = 0; i < data.length; i += 4) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false
  return true
}

function samples({ data }: Raster, gray: boolean): Uint8Array {
  const out = new Uint8Array((data.length / 4) * (gray ? 1 : 3))
  let at = 0
  for (let i = 0; i < data.length; i += 4) {
    out[at++] = data[i]!
    if (gray) continue
    out[at++] = data[i + 1]!
    out[at++] = data[i + 2]!
  }
  return out
}

/** 去掉 JPEG 里画面以外的各段；缺省只留 JFIF 头，颜色特性、注释等都不留。 */
export function bareJpeg(jpeg: Buffer, isBaggage = isBeside): Buffer {
  const kept: Buffer[] = [jpeg.subarray(0, 2)]
  let at = 2
  while (at + 4 <= jpeg.length) {
    const marker = jpeg.readUInt16BE(at)
    if (marker === 0xffda) break
    const end = at + 2 + jpeg.readUInt16BE(at + 2)
    if (!isBaggage(marker)) kept.push(jpeg.subarray(at, end))
    at = end
  }
  return Buffer.concat([...kept, jpeg.subarray(at)])
}

/** APP1…APP15 与 COM。 */
const isBeside = (marker: number): boolean => (marker >= 0xffe1 && marker <= 0xffef) || marker === 0xfffe
