import { Buffer } from 'node:buffer'

/** 压缩包里的一项：只存不压，故写法唯一，同样的内容得到逐字节相同的包。 */
export interface ZipItem {
  path: string
  size: number
  crc: number
  /** 在包里自第几字节起 */
  offset: number
}

/** 文件名以 UTF-8 写；不用的各栏一律为零，时间为 1980-01-01。 */
const UTF8 = 0x0800
const VERSION = 20
const DAY = 0x0021
export const LOCAL_HEAD = 30
export const LOCAL_MARK = 0x04034b50
export const LONGEST_NAME = 400

/** 一项之前的头，连同文件名。 */
export function localHeader({ path, size, crc }: Omit<ZipItem, 'offset'>): Buffer {
  const name = Buffer.from(path, 'utf8')
  const head = Buffer.alloc(LOCAL_HEAD)
  head.writeUInt32LE(LOCAL_MARK, 0)
  writeCommon(head, 4, { size, crc, name })
  return Buffer.concat([head, name])
}

/** 全部各项之后的目录与结尾。 */
export function zipEnd(items: readonly ZipItem[], from: number): Buffer {
  const entries = items.map(({ path, size, crc, offset }) => {
    const name = Buffer.from(path, 'utf8')
    const head = Buffer.alloc(46)
    head.writeUInt32LE(0x02014b50, 0)
    head.writeUInt16LE(VERSION, 4)
    writeCommon(head, 6, { size, crc, name })
    head.writeUInt32LE(offset, 42)
    return Buffer.concat([head, name])
  })
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(items.length, 8)
  end.writeUInt16LE(items.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(from, 16)
  return Buffer.concat([directory, end])
}

// 两种头里相同的一段：版本、标志、压法（0 为不压）、时间、校验、大小、名长
function writeCommon(head: Buffer, at: number, { size, crc, name }: { size: number; crc: number; name: Buffer }): void {
  head.writeUInt16LE(VERSION, at)
  head.writeUInt16LE(UTF8, at + 2)
  head.writeUInt16LE(DAY, at + 8)
  head.writeUInt32LE(crc, at + 10)
  head.writeUInt32LE(size, at + 14)
  head.writeUInt32LE(size, at + 18)
  head.writeUInt16LE(name.length, at + 22)
}
