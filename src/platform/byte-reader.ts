/** 依次读一串字节，每次恰好若干；不把全部读进内存。 */
export interface ByteReader {
  /** 恰好读 n 字节；剩下的不够抛 `CutShort` */
  take: (n: number) => Promise<Buffer>
  /** 依次给出共 n 字节，逐块；不够抛 `CutShort` */
  each: (n: number) => AsyncIterable<Buffer>
  /** 后面一个字节都没有了 */
  atEnd: () => Promise<boolean>
}

/** 还没有读到所说的字节数就完了。 */
export class CutShort extends Error {
  override name = 'CutShort'
}

/** 由逐块到来的字节造一个依次读的。 */
export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  // 手上没有了就取下一块；空块略过
  async function fill(): Promise<boolean> {
    while (held.length === 0) {
      const { value, done } = await chunks.next()
      if (done === true) return false
      held = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
    return true
  }
  async function* each(n: number): AsyncIterable<Buffer> {
    for (let left = n; left > 0; ) {
      if (!(await fill())) throw new CutShort(`还差 ${left} 字节`)
      const part = held.subarray(0, left)
      held = held.subarray(part.length)
      left -= part.length
      yield part
    }
  }
  async function take(n: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of each(n)) parts.push(part)
    return Buffer.concat(parts)
  }
  return { take, each, atEnd: async () => !(await fill()) }
}
