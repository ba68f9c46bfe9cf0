import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPictureSize } from './picture-size.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
const JPEG = hex('ffd8 ffe1 0008 457869660000 fffe 0004 6869 ffc2 0011 08 0258 0320 03 012200 021101 031101 ffda')

test.each([
  ['PNG', hex('89504e470d0a1a0a 0000000d 49484452 000004b0 00000258 0802000000')],
  ['GIF', Buffer.concat([Buffer.from('GIF89a'), hex('b004 5802 f70000')])],
  ['WebP VP8X', Buffer.concat([Buffer.from('RIFF....WEBPVP8X'), hex('0a000000 10000000 af0400 570200')])],
  ['WebP VP8L', Buffer.concat([Buffer.from('RIFF....WEBPVP8L'), hex('00000000 2f'), hex('afc49500'), Buffer.alloc(8)])],
  ['WebP VP8', Buffer.concat([Buffer.from('RIFF....WEBPVP8 '), hex('00000000 000000 9d012a b004 5802')])],
])('%s', (_, bytes) => {
  expect(readPictureSize(bytes)).toEqual({ width: 1200, height: 600 })
})

test('JPEG: past what cameras write first', () => {
  expect(readPictureSize(JPEG)).toEqual({ width: 800, height: 600 })
})

test('anything else, cut short or made up: no size, no error', () => {
  for (const text of ['', 'GIF89a', '<svg/>', '%PDF-1.7']) expect(readPictureSize(Buffer.from(text))).toBeNull()
  for (let length = 0; length < 30; length++) expect(() => readPictureSize(JPEG.subarray(0, length))).not.toThrow()
  const heads = [Buffer.alloc(0), hex('ffd8'), hex('89504e470d0a1a0a'), Buffer.from('RIFF....WEBPVP8X'), Buffer.from('RIFF....WEBPVP8 '), Buffer.from('GIF89a')]
  fc.assert(fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, rest) => void readPictureSize(Buffer.concat([head, rest]))))
})
