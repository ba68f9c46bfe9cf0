/** 一帧：四字节长度（大端）接内容。 */
export function toFrame(content: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(content.length)
  return Buffer.concat([head, content])
}

/** 一帧宣称的长度超过上限；还没有收下内容就抛出。 */
class FrameTooLarge extends Error {
  override name = 'FrameTooLarge'
}

/** 把一段段字节拼成帧。 */
export class FrameReader {
  #parts: Buffer[] = []
  #held = 0
  readonly #max: number
  constructor(max: number) {
    this.#max = max
  }

  /** 收下一段，返回由此凑齐的帧。 */
  push(chunk: Buffer): Buffer[] {
    this.#parts.push(chunk)
    this.#held += chunk.length
    const frames: Buffer[] = []
    for (let size = this.#size(); size !== null && this.#held >= size + 4; size = this.#size()) {
      const all = this.#joined()
      frames.push(all.subarray(4, size + 4))
      this.#parts = [all.subarray(size + 4)]
      this.#held -= size + 4
    }
    return frames
  }

  #size(): number | null {
    if (this.#held < 4) return null
    if ((this.#parts[0]?.length ?? 0) < 4) this.#joined()
    const size = this.#parts[0]?.readUInt32BE() ?? 0
    if (size > this.#max) throw new FrameTooLarge(`${size} > ${this.#max}`)
    return size
  }

  #joined(): Buffer {
    const all = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts)
    this.#parts = [all]
    return all
  }
}
