import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas'
import { afterAll, expect, test } from 'vitest'
import { bareJpeg } from './pages/encode-picture.ts'
import { closeRedaction, openSource, pagePicture, redact, verifyRedaction } from './index.ts'
import type { Mark } from './index.ts'

afterAll(() => closeRedaction())

/** 左上角一块红、其余灰的图；宽 300 高 200。 */
function aPicture(): Canvas {
  const canvas = createCanvas(300, 200)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ccc'
  context.fillRect(0, 0, 300, 200)
  context.fillStyle = '#f00'
  context.fillRect(0, 0, 60, 40)
  return canvas
}
const png = aPicture().encodeSync('png')
const jpeg = aPicture().encodeSync('jpeg', 95)

/** EXIF：方向，与一张缩略图。 */
function exif(orientation: number): Buffer {
  const tiff = Buffer.from(`4d4d002a00000008000101120003000000010000000000000000${Buffer.from([0xff, 0xd8, 0xff, 0xd9]).toString('hex')}`, 'hex')
  tiff.writeUInt16BE(orientation, 18)
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
}
const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(marker, 0)
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
const withSegment = (file: Buffer, marker: number, body: Buffer): Buffer => Buffer.concat([file.subarray(0, 2), segment(marker, body), file.subarray(2)])
const photo = withSegment(withSegment(jpeg, 0xffe1, exif(6)), 0xfffe, Buffer.from('张三拍摄'))

const MARK: Mark = { kind: 'area', page: 0, x: 0, y: 0, w: 0.5, h: 0.5, ground: '条例第十五条' }
const pixel = async (bytes: Uint8Array, x: number, y: number) => {
  const image = await loadImage(Buffer.from(bytes))
  const canvas = createCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  const [r = 0, g = 0, b = 0] = canvas.getContext('2d').getImageData(x, y, 1, 1).data
  return [r > 128, g > 128, b > 128]
}

test.each([['png', png], ['jpeg', jpeg]] as const)('a marked %s is painted over, the rest stays', async (type, source) => {
  expect(await openSource(source, type)).toMatchObject({ view: { shape: 'pages', pages: [{ width: 300, height: 200, words: [] }] } })
  const { bytes } = await redact(source, type, [MARK])
  expect(await verifyRedaction(source, type, [MARK], bytes)).toEqual([])
  expect(await pixel(bytes, 10, 10)).toEqual([false, false, false])
  expect(await pixel(bytes, 200, 150)).toEqual([true, true, true])
  expect((await openSource(bytes, type)).hidden).toEqual([])
  expect((await redact(source, type, [MARK])).bytes).toEqual(bytes)
})

test('a photograph is turned upright; what it carries is told and left behind', async () => {
  const { view, hidden } = await openSource(photo, 'jpeg')
  expect(view).toMatchObject({ pages: [{ width: 200, height: 300 }] })
  expect(hidden).toEqual(['拍摄信息（EXIF，可含时间、地点、设备）', '缩略图', '附注文字'])
  const shown = await pagePicture(photo, 'jpeg', 0)
  expect(await pixel(shown, 190, 10)).toEqual([true, false, false])
  const { bytes } = await redact(photo, 'jpeg', [MARK])
  expect(await verifyRedaction(photo, 'jpeg', [MARK], bytes)).toEqual([])
  expect(await pixel(bytes, 190, 10)).toEqual([true, false, false])
  expect((await openSource(bytes, 'jpeg')).hidden).toEqual([])
})

/** 涂得半透的：原图还看得出。 */
function halfPainted(): Buffer {
  const canvas = aPicture()
  const context = canvas.getContext('2d')
  context.fillStyle = 'rgba(0,0,0,0.7)'
  context.fillRect(0, 0, 150, 100)
  return bareJpeg(canvas.encodeSync('jpeg', 90))
}
const FAKES: Record<string, [(clean: Buffer) => Uint8Array | Promise<Uint8Array>, RegExp]> = {
  'a thumbnail of the original': [(clean) => withSegment(clean, 0xffe1, exif(1)), /拍摄信息、缩略图/],
  'a JFXX thumbnail': [(clean) => withSegment(clean, 0xffe0, Buffer.from('JFXX\0\x10\xff\xd8\xff\xd9', 'latin1')), /缩略图/],
  'the original after the end': [(clean) => Buffer.concat([clean, jpeg]), /夹带别的数据/],
  'a box one can see through': [halfPainted, /透出/],
  'nothing painted': [() => bareJpeg(aPicture().encodeSync('jpeg', 90)), /没有涂黑/],
  'a cropped picture': [() => bareJpeg(createCanvas(300, 100).encodeSync('jpeg', 90)), /裁切/],
  'no picture': [() => Buffer.from('x'), /读不出/],
}
test.each(Object.keys(FAKES))('%s is found out', async (name) => {
  const [fake, finding] = FAKES[name]!
  const { bytes } = await redact(jpeg, 'jpeg', [MARK])
  expect((await verifyRedaction(jpeg, 'jpeg', [MARK], await fake(Buffer.from(bytes)))).join('\n')).toMatch(finding)
})

test('a PNG with a text chunk, or with data after its pixels, is found out', async () => {
  const { bytes } = await redact(png, 'png', [MARK])
  const at = 33
  const chunk = Buffer.concat([Buffer.from([0, 0, 0, 6]), Buffer.from('tEXtA\0Zhang', 'latin1').subarray(0, 10), Buffer.alloc(4)])
  expect(await verifyRedaction(png, 'png', [MARK], Buffer.concat([bytes.subarray(0, at), chunk, bytes.subarray(at)]))).toContain('图片里还带着拍摄信息、缩略图或附注')
  expect(await verifyRedaction(png, 'png', [MARK], Buffer.concat([bytes, Buffer.from('x')]))).toContain('图片末尾之后另有数据')
})

test('hopeless pictures end in a clear message', async () => {
  const huge = Buffer.from(png)
  huge.writeUInt32BE(100_000, 16)
  huge.writeUInt32BE(100_000, 20)
  await expect(openSource(huge, 'png')).rejects.toMatchObject({ code: 'too-large' })
  await expect(openSource(png, 'jpeg')).rejects.toMatchObject({ code: 'wrong-type' })
  await expect(openSource(png.subarray(0, 50), 'png')).rejects.toMatchObject({ code: 'damaged' })
  await expect(redact(png, 'png', [{ ...MARK, page: 1 }])).rejects.toMatchObject({ code: 'bad-mark' })
})
