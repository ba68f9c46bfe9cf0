import { byteReader } from './byte-reader.ts'
import { SealBroken, sealBytes, unsealBytes } from './crypto.ts'
import type { FieldKeys } from './crypto.ts'

const FRAME = 1024 * 1024
const LONGEST = FRAME + 1024
const placeOf = (place: string, n: number, last: boolean): string => `${place}/${n}${last ? '/last' : ''}`

/**
 * 加密一串很长的字节，逐块：每块各自加密、校验，写明第几块、是不是末块，故不能调换、截短、拼接。
 * 内存里只有一块。
 */
export async function* sealStream(keys: FieldKeys, source: AsyncIterable<Uint8Array>, place: string): AsyncIterable<Buffer> {
  let n = 0
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    for (let from = 0; from < chunk.byteLength; ) {
      if (size === FRAME) {
        yield* frame(keys, Buffer.concat(held), placeOf(place, n++, false))
        ;[held, size] = [[], 0]
      }
      const part = Buffer.from(chunk.buffer, chunk.byteOffset + from, Math.min(FRAME - size, chunk.byteLength - from))
      held.push(part)
      size += part.length
      from += part.length
    }
  }
  yield* frame(keys, Buffer.concat(held), placeOf(place, n, true))
}

function* frame(keys: FieldKeys, plain: Buffer, place: string): Iterable<Buffer> {
  const sealed = sealBytes(keys, plain, place)
  const head = Buffer.alloc(4)
  head.writeUInt32BE(sealed.length)
  yield head
  yield sealed
}

/** 解开 `sealStream` 所得，逐块；打不开、截短了、后面还有的抛 `SealBroken` 或 `CutShort`。 */
export async function* unsealStream(keys: FieldKeys, source: AsyncIterable<Uint8Array>, place: string): AsyncIterable<Buffer> {
  const reader = byteReader(source)
  for (let n = 0; ; n += 1) {
    const length = (await reader.take(4)).readUInt32BE()
    if (length > LONGEST) throw new SealBroken('不是本系统的密文')
    const sealed = await reader.take(length)
    const last = await reader.atEnd()
    yield unsealBytes(keys, sealed, placeOf(place, n, last))
    if (last) return
  }
}
