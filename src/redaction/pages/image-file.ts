import { LIMITS } from '../limits.ts'
import { damaged, Unredactable } from '../unredactable.ts'

/** 图片文件的段：PNG 的块、JPEG 的段；末尾之后多出的字节另计。 */
export interface ImageParts {
  width: number
  height: number
  /** EXIF 的方向，1…8；别处用不到其余的 EXIF */
  orientation: number
  parts: readonly { name: string; body: Buffer }[]
  trailing: number
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** 解码之前先看：是不是这种图，多大，带着哪些段。过大、不是、坏的抛 Unredactable。 */
export function readImageParts(bytes: Uint8Array, type: 'png' | 'jpeg'): ImageParts {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const isPng = file.subarray(0, 8).equals(PNG)
  const isJpeg = file[0] === 0xff && file[1] === 0xd8
  if (type === 'png' ? !isPng : !isJpeg) throw new Unredactable('wrong-type', `文件不是 ${type.toUpperCase()} 图片`)
  try {
    const parts = isPng ? pngParts(file) : jpegParts(file)
    if (!(parts.width > 0 && parts.height > 0)) throw damaged('图片')
    if (parts.width * parts.height > LIMITS.imagePixels) throw new Unredactable('too-large', `图片有 ${parts.width}×${parts.height} 点，过大，请缩小后再交`)
    return parts
  } catch (error) {
    throw error instanceof RangeError ? damaged('图片') : error
  }
}

function pngParts(file: Buffer): ImageParts {
  const parts: { name: string; body: Buffer }[] = []
  let at = 8
  while (parts.at(-1)?.name !== 'IEND') {
    const length = file.readUInt32BE(at)
    if (at + 12 + length > file.length) throw damaged('图片')
    parts.push({ name: file.toString('latin1', at + 4, at + 8), body: file.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  if (parts[0]?.name !== 'IHDR') throw damaged('图片')
  const exif = parts.find((part) => part.name === 'eXIf')
  return { width: parts[0].body.readUInt32BE(0), height: parts[0].body.readUInt32BE(4), orientation: exif ? orientationIn(exif.body) : 1, parts, trailing: file.length - at }
}

function jpegParts(file: Buffer): ImageParts {
  const parts: { name: string; body: Buffer }[] = []
  let [at, width, height, orientation] = [2, 0, 0, 1]
  while (at < file.length) {
    const marker = file.readUInt16BE(at)
    if (marker < 0xff00 || marker === 0xffda) break
    const body = file.subarray(at + 4, at + 2 + file.readUInt16BE(at + 2))
    parts.push({ name: jpegName(marker), body })
    if (isFrame(marker)) [height, width] = [body.readUInt16BE(1), body.readUInt16BE(3)]
    if (marker === 0xffe1 && body.toString('latin1', 0, 4) === 'Exif') orientation = orientationIn(body.subarray(6))
    at += 2 + file.readUInt16BE(at + 2)
  }
  const end = file.lastIndexOf(Buffer.from([0xff, 0xd9]))
  return { width, height, orientation, parts, trailing: end < 0 ? 0 : file.length - end - 2 }
}

const isFrame = (marker: number): boolean => marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
const jpegName = (marker: number): string => (marker >= 0xffe0 && marker <= 0xffef ? `APP${marker - 0xffe0}` : marker === 0xfffe ? 'COM' : marker.toString(16))

// TIFF 头，第一目录里的 0x0112
function orientationIn(tiff: Buffer): number {
  if (tiff.length < 12) return 1
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const [u16, u32] = [(at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)), (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))]
  const directory = u32(4)
  if (directory + 2 > tiff.length) return 1
  for (let i = 0; i < u16(directory); i++) {
    const entry = directory + 2 + i * 12
    if (entry + 12 > tiff.length) return 1
    if (u16(entry) === 0x0112) return u16(entry + 8) >= 1 && u16(entry + 8) <= 8 ? u16(entry + 8) : 1
  }
  return 1
}

/** 图片在画面之外还带着什么，中文逐条。 */
export function imageHidden({ parts, trailing }: ImageParts): string[] {
  const has = (name: string, start = '') => parts.filter((part) => part.name === name && part.body.toString('latin1', 0, start.length) === start)
  const exif = [...has('APP1', 'Exif'), ...has('eXIf')]
  const frames = has('fcTL').length
  return [
    exif.length > 0 ? '拍摄信息（EXIF，可含时间、地点、设备）' : '',
    exif.some((part) => part.body.indexOf(Buffer.from([0xff, 0xd8, 0xff])) >= 0) || has('APP0', 'JFXX').length > 0 ? '缩略图' : '',
    has('APP1', 'http').length > 0 || has('iTXt', 'XML:com.adobe.xmp').length > 0 ? 'XMP 元数据' : '',
    has('APP13').length > 0 ? '图片说明（IPTC）' : '',
    has('COM').length + has('tEXt').length + has('zTXt').length + has('iTXt').length > 0 ? '附注文字' : '',
    frames > 1 ? `动画的其余 ${frames - 1} 帧` : '',
    trailing > 0 ? `图片末尾之后的 ${trailing} 字节` : '',
  ].filter((each) => each !== '')
}
