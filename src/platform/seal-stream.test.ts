import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldKeys } from './crypto.ts'
import { sealStream, unsealStream } from './seal-stream.ts'

const keys = fieldKeys('a key for tests, long enough to be one')
async function* inPieces(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}
async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}
const MB = 1024 * 1024

test.each([0, MB, MB + 1])('%i bytes come back as they were, however they arrive', async (size) => {
  const plain = Buffer.alloc(size, 'ab')
  const sealed = await collect(sealStream(keys, inPieces(plain, 300_000), 'x'))
  expect((await collect(unsealStream(keys, inPieces(sealed, 70_001), 'x'))).equals(plain)).toBe(true)
  await expect(collect(unsealStream(keys, inPieces(sealed, 70_001), 'y'))).rejects.toThrow('挪了地方')
})

test('a frame left out, exchanged or changed is noticed', async () => {
  const sealed = await collect(sealStream(keys, inPieces(Buffer.alloc(2 * MB + 5, 'ab'), MB), 'x'))
  const frames: Buffer[] = []
  for (let at = 0; at < sealed.length; ) {
    const end = at + 4 + sealed.readUInt32BE(at)
    frames.push(sealed.subarray(at, end))
    at = end
  }
  const [a, b, c] = frames as [Buffer, Buffer, Buffer]
  for (const wrong of [[a, b], [b, a, c], [a, c], [a, b, c, c], [a, b, c.subarray(0, -1)]])
    await expect(collect(unsealStream(keys, inPieces(Buffer.concat(wrong), MB), 'x'))).rejects.toThrow()
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), async (at) => {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(collect(unsealStream(keys, inPieces(changed, MB), 'x'))).rejects.toThrow()
    }),
    { numRuns: 5 },
  )
})
