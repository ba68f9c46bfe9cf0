import { inflateSync } from 'node:zlib'
import { readImageParts } from '../pages/image-file.ts'
import { Unredactable } from '../unredactable.ts'
import { checkPaint, decodeJpeg, isBareJpeg, type Samples } from './check-paint.ts'
import type { AreaMark } from '../mark.ts'

/** 结果只许有画面：PNG 的四种块、JPEG 的画面各段；涂黑处的像素逐点核对。 */
export async function verifyImage(type: 'png' | 'jpeg', size: { width: number; height: number }, marks: readonly AreaMark[], result: Uint8Array): Promise<string[]> {
  try {
    const { parts, trailing } = readImageParts(result, type)
    const findings: string[] = []
    if (parts.some((part) => (type === 'png' ? !/^(?:IHDR|PLTE|IDAT|IEND)$/.test(part.name) : /^(?:APP[1-9]\d?|COM)$/.test(part.name)))) findings.push('图片里还带着拍摄信息、缩略图或附注')
    if (parts.some((part) => part.name === 'APP0' && (part.body.length > 14 || part.body.toString('latin1', 0, 4) !== 'JFIF'))) findings.push('图片里还带着缩略图')
    if (type === 'jpeg' && findings.length === 0 && trailing === 0 && !isBareJpeg(Buffer.from(result))) findings.push('图片里夹带别的数据')
    if (trailing > 0) findings.push('图片末尾之后另有数据')
    const samples = type === 'png' ? decodePng(parts) : await decodeJpeg(Buffer.from(result))
    if (!samples) return [...findings, '图片读不出，或夹带别的数据']
    if (samples.width !== size.width || samples.height !== size.height) findings.push('图片的大小与原件不同，可能只是裁切')
    else findings.push(...checkPaint(marks, samples))
    return findings
  } catch (error) {
    if (error instanceof Unredactable) return [`遮盖后的图片读不出：${error.message}`]
    throw error
  }
}

/** 自己解 PNG：只认八位、不交错、RGB 或 RGBA。数据多一字节也不认。 */
function decodePng(parts: readonly { name: string; body: Buffer }[]): Samples | null {
  const head = parts.find((part) => part.name === 'IHDR')?.body
  if (!head || head.length !== 13 || head[8] !== 8 || head[12] !== 0) return null
  const channels = head[9] === 2 ? 3 : head[9] === 6 ? 4 : null
  if (channels === null) return null
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const packed = Buffer.concat(parts.filter((part) => part.name === 'IDAT').map((part) => part.body))
  const stride = width * channels
  const raw = unpack(packed, (stride + 1) * height)
  if (!raw) return null
  const data = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) unfilter(raw, y, stride, channels, data)
  return { width, height, channels, data, lossy: false }
}

function unpack(packed: Buffer, size: number): Buffer | null {
  try {
    const done = inflateSync(packed, { info: true, maxOutputLength: size + 1 }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
    return done.buffer.length === size && done.engine.bytesWritten === packed.length ? done.buffer : null
  } catch {
    return null
  }
}

function unfilter(raw: Buffer, y: number, stride: number, step: number, data: Uint8Array): void {
  const filter = raw[y * (stride + 1)]!
  const from = y * (stride + 1) + 1
  const to = y * stride
  for (let i = 0; i < stride; i++) {
    const left = i >= step ? data[to + i - step]! : 0
    const above = y > 0 ? data[to - stride + i]! : 0
    const corner = y > 0 && i >= step ? data[to - stride + i - step]! : 0
    const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0
    data[to + i] = (raw[from + i]! + guess) & 0xff
  }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? above : corner
}
