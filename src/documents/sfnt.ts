import { closeSync, openSync, readSync } from 'node:fs'

const MAX_FACES = 64

/** 文件或目录不在、无权读：别人的字体目录里常有，跳过即可。 */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR'].includes(String(error.code))

/**
 * TTF、OTF、TTC 里各套字的某一张表，一套一张；没有这张表的、大过 maxBytes 的不列。
 * 读不到、不是字体或已损坏的，得空表。
 */
export function readTables(file: string, tag: string, maxBytes: number): Buffer[] {
  try {
    return readFile(file, tag, maxBytes)
  } catch (error) {
    if (isUnreadable(error)) return []
    throw error
  }
}

function readFile(file: string, tag: string, maxBytes: number): Buffer[] {
  const fd = openSync(file, 'r')
  try {
    const head = readAt(fd, 0, 12)
    const isCollection = head.toString('latin1', 0, 4) === 'ttcf'
    const count = isCollection ? Math.min(head.readUInt32BE(8), MAX_FACES) : 1
    const offsets = isCollection ? readAt(fd, 12, 4 * count) : Buffer.alloc(4)
    return Array.from({ length: count }, (_, i) => readTable(fd, offsets.readUInt32BE(4 * i), tag, maxBytes)).filter((table) => table !== null)
  } catch (error) {
    // 越界即文件残缺；读盘出错则照常上报
    if (error instanceof RangeError) return []
    throw error
  } finally {
    closeSync(fd)
  }
}

function readAt(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  if (readSync(fd, buffer, 0, length, position) < length) throw new RangeError('字体文件残缺')
  return buffer
}

const SFNT_TAGS = new Set(['\0\x01\0\0', 'OTTO', 'true'])

function readTable(fd: number, at: number, tag: string, maxBytes: number): Buffer | null {
  const head = readAt(fd, at, 12)
  if (!SFNT_TAGS.has(head.toString('latin1', 0, 4))) return null
  const count = head.readUInt16BE(4)
  const directory = readAt(fd, at + 12, 16 * count)
  const entry = Array.from({ length: count }, (_, i) => 16 * i).find((i) => directory.toString('latin1', i, i + 4) === tag)
  if (entry === undefined) return null
  const length = directory.readUInt32BE(entry + 12)
  return length > maxBytes ? null : readAt(fd, directory.readUInt32BE(entry + 8), length)
}
