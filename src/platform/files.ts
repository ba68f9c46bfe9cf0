/** 按内容寻址的文件库：同样的内容只存一份，键即 SHA-256。 */
export interface FileStore {
  /** 存入，落盘（fsync）后返回键与字节数。超过 maxBytes 抛 FileTooLarge，不留残片。 */
  put(content: AsyncIterable<Uint8Array> | Uint8Array, options: { maxBytes: number }): Promise<StoredFile>
  /** 读出；没有则抛 NotFound。 */
  get(key: string): Promise<Buffer>
  stream(key: string): NodeJS.ReadableStream
  has(key: string): Promise<boolean>
  /** 最近一次存入的时刻；没有为 null */
  storedAt(key: string): Promise<Date | null>
  /** 开头的几个字节；没有则抛 NotFound */
  head(key: string, bytes: number): Promise<Uint8Array>
  /** 删去；没有的不报错。只可删加密的（密文各不相同，不会有别处也指着它），与查过没有记录写着的（sweep-files.ts） */
  remove(key: string): Promise<void>
  /** 逐个列出全部文件，备份用。 */
  list(): AsyncIterable<StoredFile>
}

export interface StoredFile {
  key: string
  size: number
}

/** 超过允许的字节数；边界上答 413。 */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge'
  readonly maxBytes: number
  constructor(maxBytes: number) {
    super(`文件超过 ${maxBytes} 字节`)
    this.maxBytes = maxBytes
  }
}
